import type { Page } from "@playwright/test";
import { askApi, propose } from "./api";
import { ship } from "./decide";
import { expect, test } from "./fixtures";

const checksOf = (page: Page) => page.getByRole("region", { name: "Checks" });

test("a finding is listed beside the diff, marked in it, and takes the reader there", async ({ pageOf }) => {
	const filler = Array.from(
		{ length: 80 },
		(_, index) => `Rule ${index + 1}: answer in full sentences.`,
	).join("\n");
	const proposal = await propose({
		current_prompt: `You help {{customer_name}}.\n${filler}\nNever promise a refund.\n`,
		proposed_prompt: `You help the customer.\n${filler}\nAvoid promising a refund.\n`,
	});
	const page = await pageOf("viewer");
	await page.goto(`/deployments/${proposal.id}`);
	const checks = checksOf(page);
	await expect(checks.getByRole("listitem").filter({ hasText: "customer_name" })).toContainText("Severe:");
	const softened = checks.getByRole("listitem").filter({ hasText: "refund" });
	await softened.getByText("Side by side").click();
	await expect(softened.getByText("Never promise a refund.", { exact: true })).toBeVisible();
	await expect(softened.getByText("Avoid promising a refund.", { exact: true })).toBeVisible();

	const diff = page.getByRole("region", { name: "Prompt diff" });
	await expect(diff.locator("mark").filter({ hasText: "customer_name" })).toHaveAttribute(
		"title",
		/customer_name/,
	);
	await softened.getByRole("link", { name: "Line 82 of the current prompt" }).click();
	await expect(page.locator("tr", { has: page.locator("#C82") })).toBeInViewport();
});

test("the length is said in tokens, with the tokenizer's name and where a cache breaks", async ({
	pageOf,
}) => {
	const proposal = await propose();
	const page = await pageOf("viewer");
	await page.goto(`/deployments/${proposal.id}`);
	await expect(checksOf(page)).toContainText(/\d+ → \d+ tokens \(\+\d+, o200k_base\)/);
});

test("a proposal whose base is no longer live says so and shows all three prompts", async ({ pageOf }) => {
	const base = "Answer questions about billing.\nNever promise a refund.\n";
	const stale = await propose({
		current_prompt: base,
		proposed_prompt: `${base}Say when you are not sure.\n`,
	});
	const other = await askApi<{ id: string }>("owner", "POST", "/v1/prompts/deployments", {
		project_id: stale.projectId,
		cluster_signature: "sha256:other",
		current_prompt: base,
		proposed_prompt: `${base}Answer in the customer's language.\n`,
		status: "proposed",
	});
	await askApi("owner", "POST", `/v1/prompts/deployments/${other.body.id}/approve`);

	const page = await pageOf("owner");
	await page.goto(`/deployments/${stale.id}`);
	const checks = checksOf(page);
	await expect(checks).toContainText("approving would overwrite it");
	const diff = page.getByRole("region", { name: "Prompt diff" });
	await expect(diff).toContainText("Say when you are not sure.");
	await expect(diff).not.toContainText("Answer in the customer's language.");
	await checks.getByRole("radio", { name: "Against live" }).click();
	await expect(diff.locator("del")).toContainText("Answer in the customer's language.");
	await expect(diff.locator("ins")).toContainText("Say when you are not sure.");
	await checks.getByRole("radio", { name: "Gone live since" }).click();
	await expect(diff.locator("ins")).toContainText("Answer in the customer's language.");
	await expect(diff.locator("del")).toHaveCount(0);

	await checks.getByRole("link", { name: /of the proposed prompt/ }).click();
	await expect(checks.getByRole("radio", { name: "As proposed" })).toBeChecked();
	await expect(page.locator("tr:target, tr:has(:target)")).toContainText("Say when you are not sure.");
});

test("what was proposed for the same cluster before is told with its end and the reason", async ({
	pageOf,
}) => {
	const first = await propose({ cluster_signature: `sha256:again${Date.now()}` });
	const row = await askApi<{ cluster_signature: string }>(
		"owner",
		"GET",
		`/v1/prompts/deployments/${first.id}`,
	);
	await askApi("owner", "POST", `/v1/prompts/deployments/${first.id}/reject`, {
		reason: "It softens the refund rule.",
	});
	const second = await askApi<{ id: string }>("owner", "POST", "/v1/prompts/deployments", {
		project_id: first.projectId,
		cluster_signature: row.body.cluster_signature,
		current_prompt: "You answer questions about billing.\nNever promise a refund.\nAnswer in {{language}}.\n",
		proposed_prompt:
			"You answer questions about billing.\nAvoid promising a refund.\nAnswer in {{language}}.\nSay when you are not sure.\n",
		rationale: "The same once more.",
		status: "proposed",
	});
	const page = await pageOf("owner");
	await page.goto(`/deployments/${second.body.id}`);
	await expect(checksOf(page)).toContainText(
		/the very prompt of .* rejected, with the reason “It softens the refund rule\.”/,
	);
	const earlier = page.getByRole("region", { name: "Earlier candidates" });
	await expect(earlier.getByRole("listitem")).toContainText("Rejected");
	await expect(earlier.getByRole("listitem")).toContainText("It softens the refund rule.");
});

test("checks never block: an owner ships with severe findings on screen", async ({ pageOf }) => {
	const proposal = await propose({
		current_prompt: "Answer in {{language}}.\n",
		proposed_prompt: "Answer in German.\n",
	});
	const page = await pageOf("owner");
	await page.goto(`/deployments/${proposal.id}`);
	await expect(checksOf(page)).toContainText("Severe:");
	await ship(page, "The variables are gone: this desk answers in German only.");
	await expect(page.getByRole("region", { name: "Record" })).toContainText("Shipped");
});
