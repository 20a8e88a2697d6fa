import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { expect, test } from "@playwright/test";
import { personNames, storageStateOf } from "./people";
import { signInAs } from "./sign-in-form";

for (const name of personNames) {
	test(`${name} signs in through Clerk's form`, async ({ page }) => {
		await page.goto("/deployments");
		await signInAs(page, name);
		await expect(page.getByRole("navigation", { name: "Main" })).toBeVisible();
		const state = await page.context().storageState();
		// Without its token of a minute: every test then begins with a fresh one, not with what is left of this.
		const cookies = state.cookies.filter((cookie) => !cookie.name.startsWith("__session"));
		await mkdir(dirname(storageStateOf(name)), { recursive: true });
		await writeFile(storageStateOf(name), JSON.stringify({ ...state, cookies }));
	});
}
