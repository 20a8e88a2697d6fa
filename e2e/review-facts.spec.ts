import { askApi, propose } from "./api";
import { openDecision } from "./decide";
import { expect, test } from "./fixtures";

test("the dialog of an approval begins with its facts, however long they are", async ({ pageOf }) => {
	const rules = Array.from(
		{ length: 14 },
		(_, index) => `Never send the report ${index + 1} to partner ${index + 1}.`,
	);
	const proposal = await propose({
		current_prompt: `You help.\n${rules.join("\n")}\n`,
		proposed_prompt: "You help.\n",
	});
	const page = await pageOf("owner");
	await page.goto(`/deployments/${proposal.id}`);
	const dialog = await openDecision(page, "Approve & ship");
	await expect(dialog.getByText("goes live at once for the whole project")).toBeInViewport();
	await expect(dialog.getByLabel("Reason")).toBeFocused();
	await page.keyboard.type("Rules: asked for.");
	await expect(dialog.getByLabel("Reason")).toHaveValue("Rules: asked for.");
});

test("a deployment that has regressed says so ahead of what its test had shown", async ({ pageOf }) => {
	const { body } = await askApi<{ items: { id: string; regression_metric: number }[] }>(
		"viewer",
		"GET",
		"/v1/prompts/deployments?status=regressed&limit=1",
	);
	const page = await pageOf("viewer");
	await page.goto(`/deployments/${body.items[0]?.id}`);
	const verdict = page.getByRole("region", { name: "Verdict" });
	await expect(verdict).toContainText(/^Verdict\s*Regressed in production: −0\.\d+ on the rolling metric\./);
	await expect(verdict).toContainText("In the test before it shipped:");
});

test("of a long rationale the beginning is shown, and all of it when asked", async ({ pageOf }) => {
	const rationale = "It names the refund desk and the day on which it answers. ".repeat(60).trim();
	const proposal = await propose({ rationale });
	const page = await pageOf("viewer");
	await page.setViewportSize({ width: 390, height: 844 });
	await page.goto(`/deployments/${proposal.id}`);
	const heading = page.getByRole("heading", { level: 1 });
	await expect(heading).toHaveText(rationale);
	await expect(page.getByRole("region", { name: "Verdict" })).toBeInViewport();
	const height = async () => (await heading.boundingBox())?.height ?? 0;
	const short = await height();
	await page.getByRole("button", { name: /Show the whole rationale, 3,\d+ characters/ }).click();
	expect(await height()).toBeGreaterThan(short * 3);
});

test("who may not decide has no bar of buttons over the page on a narrow screen", async ({ pageOf }) => {
	const proposal = await propose();
	for (const [name, isInSight] of [
		["viewer", false],
		["owner", true],
	] as const) {
		const page = await pageOf(name);
		await page.setViewportSize({ width: 390, height: 844 });
		await page.goto(`/deployments/${proposal.id}`);
		const button = page.getByRole("button", { name: "Reject", exact: true });
		await expect(button).toBeVisible();
		if (isInSight) await expect(button).toBeInViewport();
		else await expect(button).not.toBeInViewport();
	}
});

test("the list of keys names to a reader only those that do something for them", async ({ pageOf }) => {
	for (const [name, count] of [
		["viewer", 0],
		["owner", 1],
	] as const) {
		const page = await pageOf(name);
		await page.goto("/audit");
		await page.keyboard.press("?");
		const keys = page.getByRole("dialog").getByRole("region", { name: "On a review page" });
		await expect(keys.getByText("Next change", { exact: true })).toBeVisible();
		await expect(keys.getByText("Approve & ship")).toHaveCount(count);
	}
});
