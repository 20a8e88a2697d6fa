import { askApi, propose } from "./api";
import { openDecision, reasonToShip } from "./decide";
import { expect, test } from "./fixtures";

interface Deployment {
	status: string;
	approved_by: string | null;
	rejection_reason: string;
	shipped_at: string | null;
	rolled_back_at: string | null;
}
interface AuditPage {
	entries: {
		event: string;
		actor_id: string;
		resource_id: string | null;
		metadata: Record<string, unknown>;
	}[];
}
interface Decisions {
	decisions: {
		decision: string;
		actor_id: string;
		reason: string | null;
		from_status: string;
		to_status: string;
	}[];
}

/** What the API itself holds of a deployment: the row, its decisions and its audit entries. */
async function holdings(id: string) {
	const [row, decisions, audit] = await Promise.all([
		askApi<Deployment>("owner", "GET", `/v1/prompts/deployments/${id}`),
		askApi<Decisions>("owner", "GET", `/v1/prompts/deployments/${id}/decisions`),
		askApi<AuditPage>("owner", "GET", "/v1/audit-log"),
	]);
	return {
		row: row.body,
		decisions: decisions.body.decisions,
		audit: audit.body.entries.filter((entry) => entry.resource_id === id),
	};
}

test("an owner filters the queue, reads the evidence and rejects with a reason", async ({ pageOf }) => {
	const proposal = await propose();
	const page = await pageOf("owner");
	await page.goto("/deployments");
	await page.getByLabel("Project", { exact: true }).selectOption(proposal.projectName);
	await page.getByLabel("Status", { exact: true }).selectOption("A/B passed");
	await expect(page).toHaveURL(/status=ab_passed/);
	await expect(page.getByText("1 deployment", { exact: true })).toBeVisible();

	const row = page.getByRole("row", { name: new RegExp(proposal.rationale) });
	await expect(row).toContainText("A/B passed");
	await expect(row).toContainText("better+0.29");
	await page.getByRole("link", { name: new RegExp(proposal.rationale) }).focus();
	await page.keyboard.press("Enter");
	await expect(page).toHaveURL(`/deployments/${proposal.id}`);

	await expect(page.getByRole("heading", { level: 1 })).toHaveText(proposal.rationale);
	const diff = page.getByRole("region", { name: "Prompt diff" });
	await expect(diff.getByText("Never promise a refund.")).toBeVisible();
	await expect(diff.getByText("Say when you are not sure.")).toBeVisible();
	const report = page.getByRole("region", { name: "A/B report" });
	await expect(report.getByRole("row", { name: "correctness 0.42 0.71 +0.29" })).toBeVisible();
	await expect(report).toContainText("80 cases in each arm, compared as if");
	await expect(report).toContainText("judge_model");
	await expect(report).toContainText("atlas-2");

	const reason = "The softer rule lets it promise refunds; bring back “never”.";
	await page.getByRole("button", { name: "Reject", exact: true }).click();
	const dialog = page.getByRole("dialog", { name: "Reject this prompt" });
	await dialog.getByRole("button", { name: "Reject", exact: true }).click();
	await expect(dialog.getByRole("alert")).toContainText("Say why");
	await dialog.getByLabel("Reason").fill(reason);
	await dialog.getByRole("button", { name: "Reject", exact: true }).click();
	await expect(page.getByText("Rejected. The API confirmed it.")).toBeVisible();
	await expect(page.getByRole("region", { name: "Record" })).toContainText(reason);
	await expect(page.getByRole("button", { name: "Approve & ship" })).toBeDisabled();

	await page.getByRole("link", { name: "Deployments" }).first().click();
	await page.getByRole("navigation", { name: "Views" }).getByRole("link", { name: /^All/ }).click();
	await page.getByLabel("Project", { exact: true }).selectOption(proposal.projectName);
	await expect(page.getByRole("row", { name: new RegExp(proposal.rationale) })).toContainText("Rejected");

	const { row: stored, decisions, audit } = await holdings(proposal.id);
	expect(stored).toMatchObject({ status: "rejected", rejection_reason: reason });
	expect(decisions.at(-1)).toMatchObject({
		decision: "reject",
		actor_id: "user_sampleOwner",
		reason,
		from_status: "ab_passed",
		to_status: "rejected",
	});
	expect(audit.map(({ event }) => event)).toContain("deployment.rejected");
});

test("an owner approves a proposal and rolls it back", async ({ pageOf }) => {
	const proposal = await propose();
	const page = await pageOf("owner");
	await page.goto(`/deployments/${proposal.id}`);
	const dialog = await openDecision(page, "Approve & ship");
	await expect(dialog).toContainText(
		`live at once for the whole project ${proposal.projectName}, for all traffic`,
	);
	await expect(dialog).toContainText("What rolling back would restore is not known");
	await expect(dialog.getByRole("listitem").first()).toContainText("Severe (rules): ");
	await expect(dialog).toContainText("Better: correctness rose by 0.29 (95 % interval +0.13 to +0.42");
	await dialog.getByLabel("Reason").fill(reasonToShip);
	await dialog.getByRole("button", { name: "Approve & ship" }).click();
	await expect(page.getByText("Approved and shipped. The API confirmed it.")).toBeVisible();
	await expect(page.getByRole("region", { name: "Record" })).toContainText("Olive Owner (you)");
	expect((await holdings(proposal.id)).row).toMatchObject({
		status: "shipped",
		approved_by: "user_sampleOwner",
	});

	await page.getByRole("button", { name: "Roll back" }).click();
	const rollBack = page.getByRole("dialog", { name: "Roll this prompt back" });
	await rollBack.getByLabel("Reason").fill("Complaints about refunds doubled.");
	await rollBack.getByRole("button", { name: "Roll back" }).click();
	await expect(page.getByText("Rolled back. The API confirmed it.")).toBeVisible();

	const { row, decisions, audit } = await holdings(proposal.id);
	expect(row.status).toBe("rolled_back");
	expect(row.rolled_back_at).not.toBeNull();
	expect(decisions.map(({ decision }) => decision)).toEqual(expect.arrayContaining(["approve", "rollback"]));
	expect(audit.map(({ event }) => event)).toEqual(
		expect.arrayContaining(["deployment.approved", "deployment.rolled_back"]),
	);
});

test("a double click decides once and says so", async ({ pageOf }) => {
	const proposal = await propose();
	const page = await pageOf("owner");
	await page.goto(`/deployments/${proposal.id}`);
	const sent: string[] = [];
	page.on("request", (request) => {
		if (request.headers()["next-action"] !== undefined) sent.push(request.url());
	});
	const dialog = await openDecision(page, "Approve & ship");
	await dialog.getByLabel("Reason").fill(reasonToShip);
	await dialog.getByRole("button", { name: "Approve & ship" }).dblclick();
	await expect(page.getByText("Approved and shipped. The API confirmed it.")).toBeVisible();
	await expect(page.getByRole("dialog")).toBeHidden();
	expect(sent).toHaveLength(1);
});

test("approving what was never tested says so first", async ({ pageOf }) => {
	const proposal = await propose({ status: "proposed", ab_report: undefined });
	const page = await pageOf("owner");
	await page.goto(`/deployments/${proposal.id}`);
	await expect(page.getByRole("region", { name: "A/B report" })).toContainText("Not tested yet");
	await page.getByRole("button", { name: "Approve & ship" }).click();
	await expect(page.getByRole("dialog")).toContainText("never tested against the current one");
	await page.keyboard.press("Escape");
	await expect(page.getByRole("dialog")).toBeHidden();
});

test("the diff is read split and unified, and the choice is remembered", async ({ pageOf }) => {
	const proposal = await propose();
	const page = await pageOf("viewer");
	await page.goto(`/deployments/${proposal.id}`);
	const diff = page.getByRole("region", { name: "Prompt diff" });
	await expect(diff.locator("table")).toBeVisible();
	await expect(diff.getByText("Current and proposed")).toBeHidden();
	await diff.getByRole("radio", { name: "Unified" }).click();
	await expect(diff.getByText("Current and proposed")).toBeVisible();
	await page.reload();
	await expect(diff.getByText("Current and proposed")).toBeVisible();
	await diff.getByRole("radio", { name: "Split" }).click();
	await expect(diff.getByText("Current and proposed")).toBeHidden();
});

test("text from a model stays text, and what cannot be seen is written out", async ({ pageOf }) => {
	const rationale = "Adds <b>care</b> <img src=x onerror=alert(1)> [link](javascript:alert(1)) re\u202efund.";
	const proposal = await propose({
		rationale,
		current_prompt: "Refund nothing.\n",
		proposed_prompt: "Refund\u200b nothing.\n<script>alert(1)</script>\n",
	});
	const page = await pageOf("owner");
	await page.goto(`/deployments/${proposal.id}`);
	const hidden = page.getByRole("heading", { level: 1 }).locator(".hidden-mark");
	await expect(hidden).toHaveAttribute("title", /U\+202E/);
	const diff = page.getByRole("region", { name: "Prompt diff" });
	await expect(diff.locator(".hidden-mark")).toHaveAttribute("title", /U\+200B/);
	await expect(page.getByRole("region", { name: "Checks" })).toContainText("zero width space");
	await expect(diff).toContainText("<script>alert(1)</script>");
	expect(await page.locator("main script, main img, main b").count()).toBe(0);
});
