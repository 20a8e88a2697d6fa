import type { Page } from "@playwright/test";
import { askApi, propose } from "./api";
import { expect, test } from "./fixtures";

const entries = (page: Page) => page.getByRole("region", { name: "Timeline" }).getByRole("listitem");

test("a rejected proposal tells that it was proposed, replayed and rejected, by whom and why", async ({
	pageOf,
}) => {
	const proposal = await propose();
	const reason = "It <b>promises</b> refunds.";
	await askApi("owner", "POST", `/v1/prompts/deployments/${proposal.id}/reject`, { reason });
	const page = await pageOf("owner");
	await page.goto(`/deployments/${proposal.id}`);
	await expect(entries(page)).toHaveCount(3);
	await expect(entries(page).nth(0)).toContainText(/^Proposed\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2} UTC/);
	await expect(entries(page).nth(1)).toHaveText("Replayed: A/B passedwhen is not recorded");
	await expect(entries(page).nth(2)).toContainText("Rejected by Olive Owner (you)");
	await expect(entries(page).nth(2)).toContainText(reason);
	expect(await page.getByRole("region", { name: "Timeline" }).locator("b").count()).toBe(0);
});

test("a rollback stands behind the approval, each once, and another reader sees who it was", async ({
	pageOf,
}) => {
	const proposal = await propose({ status: "proposed", ab_report: undefined });
	await askApi("owner", "POST", `/v1/prompts/deployments/${proposal.id}/approve`);
	await askApi("owner2", "POST", `/v1/prompts/deployments/${proposal.id}/rollback`, {
		reason: "Complaints.",
	});
	const page = await pageOf("viewer");
	await page.goto(`/deployments/${proposal.id}`);
	await expect(entries(page)).toHaveCount(3);
	await expect(entries(page).nth(1)).toContainText("Approved and shipped by Olive Owner");
	await expect(entries(page).nth(2)).toContainText("Rolled back by Oscar Owner");
	await expect(entries(page).nth(2)).toContainText("Complaints.");
});

test("a decision appears while the page is open", async ({ pageOf }) => {
	const proposal = await propose();
	const page = await pageOf("member");
	await page.goto(`/deployments/${proposal.id}`);
	await expect(entries(page)).toHaveCount(2);
	await askApi("owner", "POST", `/v1/prompts/deployments/${proposal.id}/reject`, { reason: "Not proven." });
	await expect(entries(page)).toHaveCount(3, { timeout: 15_000 });
	await expect(entries(page).nth(2)).toContainText("Not proven.");
});

test("an action that was executed from here is told with its type and state, one from elsewhere is not", async ({
	pageOf,
}) => {
	const proposal = await propose();
	const ask = { project_id: proposal.projectId, payload: {} };
	const here = await askApi("owner", "POST", "/v1/control/execute", {
		...ask,
		action_type: "retry",
		deployment_id: proposal.id,
	});
	const elsewhere = await askApi("owner", "POST", "/v1/control/execute", {
		...ask,
		action_type: "agent_action",
	});
	expect([here.status, elsewhere.status]).toEqual([201, 201]);
	const page = await pageOf("viewer");
	await page.goto(`/deployments/${proposal.id}`);
	const action = entries(page).filter({ hasText: "Control action" });
	await expect(action).toHaveCount(1);
	await expect(action).toContainText(/Control action: retry, (executed|failed), by whom is not recorded/);
});
