import { askApi, propose } from "./api";
import { expect, test } from "./fixtures";

test("a decision taken elsewhere shows up without a reload", async ({ pageOf }) => {
	const proposal = await propose();
	const page = await pageOf("member");
	await page.goto(`/deployments?project=${proposal.projectId}`);
	const row = page.getByRole("row", { name: new RegExp(proposal.rationale) });
	await expect(row).toContainText("A/B passed");
	await askApi("owner", "POST", `/v1/prompts/deployments/${proposal.id}/approve`);
	await expect(row).toContainText("Shipped", { timeout: 15_000 });
	await expect(page.getByRole("link", { name: /^Shipped 1$/ })).toBeVisible();
});

test("the list comes in pages of 50 with the total, and the page is in the URL", async ({ pageOf }) => {
	const page = await pageOf("viewer");
	await page.goto("/deployments");
	await expect(page.getByRole("row")).toHaveCount(51);
	await expect(page.getByText(/^1–50 of \d+ deployments$/)).toBeVisible();
	await page.getByRole("button", { name: "Older" }).click();
	await expect(page).toHaveURL("/deployments?page=2");
	await expect(page.getByText(/^51–\d+ of \d+ deployments$/)).toBeVisible();
	await page.goBack();
	await expect(page.getByText(/^1–50 of \d+ deployments$/)).toBeVisible();
});

test("a row opens with the mouse anywhere on it, and the counts name every state", async ({ pageOf }) => {
	const proposal = await propose();
	const page = await pageOf("viewer");
	await page.goto(`/deployments?project=${proposal.projectId}`);
	for (const label of [
		"All 1",
		"Proposed 0",
		"A/B running 0",
		"A/B passed 1",
		"A/B failed 0",
		"Shipped 0",
		"Monitoring 0",
		"Regressed 0",
		"Rolled back 0",
		"Rejected 0",
	]) {
		await expect(page.getByRole("link", { name: label, exact: true })).toBeVisible();
	}
	await page.getByRole("row", { name: new RegExp(proposal.rationale) }).click({ position: { x: 20, y: 20 } });
	await expect(page).toHaveURL(`/deployments/${proposal.id}`);
});

test("the sample data shows every state and the regression banner leads to what regressed", async ({
	pageOf,
}) => {
	const page = await pageOf("viewer");
	for (const status of [
		"proposed",
		"ab_running",
		"ab_passed",
		"ab_failed",
		"shipped",
		"monitoring",
		"regressed",
		"rolled_back",
		"rejected",
	]) {
		await page.goto(`/deployments?status=${status}`);
		await expect(page.getByRole("row").nth(1), status).toBeVisible();
	}
	await page.getByRole("link", { name: /^Look/ }).first().click();
	await expect(page.getByText("Regressed", { exact: true }).last()).toBeVisible();
	await expect(page.getByRole("region", { name: "Record" })).toContainText("Rolling metric");
});

test("colours follow the choice, which outlives a reload", async ({ pageOf }) => {
	const page = await pageOf("viewer");
	await page.goto("/deployments");
	const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
	expect(await background()).toBe("rgb(255, 255, 255)");
	await page.getByRole("button", { name: "Colours" }).click();
	await page.getByRole("menuitemradio", { name: "Dark" }).click();
	expect(await background()).toBe("rgb(17, 18, 21)");
	await page.reload();
	expect(await background()).toBe("rgb(17, 18, 21)");
	await page.emulateMedia({ colorScheme: "light" });
	expect(await background()).toBe("rgb(17, 18, 21)");
	await page.getByRole("button", { name: "Colours" }).click();
	await page.getByRole("menuitemradio", { name: "As the system" }).click();
	expect(await background()).toBe("rgb(255, 255, 255)");
});
