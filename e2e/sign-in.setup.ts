import { expect, test } from "@playwright/test";
import { personNames, storageStateOf } from "./people";
import { signInAs } from "./sign-in-form";

for (const name of personNames) {
	test(`${name} signs in through Clerk's form`, async ({ page }) => {
		await page.goto("/deployments");
		await signInAs(page, name);
		await expect(page.getByRole("navigation", { name: "Main" })).toBeVisible();
		await page.context().storageState({ path: storageStateOf(name) });
	});
}
