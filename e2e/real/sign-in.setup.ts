import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { watchFaults } from "./page-faults";
import { readRunSettings } from "./run-settings";

test("the owner signs in through the form", async ({ page }) => {
	const faults = watchFaults(page);
	await page.goto("/sign-in");
	await page.getByLabel("Email address").fill("owner@example.com");
	const proceed = page.getByRole("button", { name: "Continue", exact: true });
	await proceed.click();
	await page.locator("input[name=password]").fill("countersign");
	await proceed.click();
	await page.waitForURL("**/deployments");
	await expect(page.getByRole("main")).toBeVisible();
	await page.context().storageState({ path: join(readRunSettings().folder, "signed-in.json") });
	expect(faults).toEqual([]);
});
