import type { Page } from "@playwright/test";
import { askApi, type Proposal, propose } from "./api";
import { expect, test } from "./fixtures";
import { holdScripts } from "./hold-scripts";

const reason = "Superseded by the batch of this week.";
const decisionsOf = async (id: string) =>
	(
		await askApi<{ decisions: { decision: string; reason: string }[] }>(
			"owner",
			"GET",
			`/v1/prompts/deployments/${id}/decisions`,
		)
	).body.decisions;

/** Opens the queue of these proposals' project, selects them all and opens the dialog. */
async function openReject(page: Page, proposals: Proposal[]) {
	await page.goto(`/deployments?view=all&project=${proposals[0]?.projectId}`);
	for (const { rationale } of proposals) {
		await page.getByRole("checkbox", { name: `Select ${rationale}` }).check();
	}
	await expect(page.getByText(`${proposals.length} selected`)).toBeVisible();
	await page.getByRole("button", { name: "Reject…" }).click();
	await expect(page.getByRole("dialog")).toBeVisible();
	return page.getByRole("dialog");
}

async function proposeThree(): Promise<Proposal[]> {
	const first = await propose();
	const others = [
		await propose({ project_id: first.projectId }),
		await propose({ project_id: first.projectId }),
	];
	return [first, ...others];
}

test("several are rejected for one reason; what somebody decided first is told and stays selected", async ({
	pageOf,
}) => {
	const proposals = await proposeThree();
	const page = await pageOf("owner");
	const dialog = await openReject(page, proposals);
	await dialog.getByRole("button", { name: "Reject 3" }).click();
	await expect(dialog.getByRole("alert")).toContainText("Say why");
	await expect(dialog.getByLabel("Reason (required)")).toBeFocused();

	await dialog.getByLabel("Reason (required)").fill(reason);
	await page.keyboard.press("Escape");
	await page.getByRole("button", { name: "Reject…" }).click();
	await expect(dialog.getByLabel("Reason (required)")).toHaveValue(reason);

	const [taken, ...rest] = proposals;
	await askApi("owner2", "POST", `/v1/prompts/deployments/${taken?.id}/approve`);
	await dialog.getByRole("button", { name: "Reject 3" }).click();
	await expect(dialog.getByText("2 deployments rejected, 1 not rejected.")).toBeVisible();
	const refused = dialog.getByRole("region", { name: "Not rejected: 1 deployment" });
	await expect(refused).toContainText(taken?.rationale ?? "");
	await expect(refused).toContainText(/approved it/);
	await expect(dialog.getByRole("button", { name: "Try these again" })).toHaveCount(0);
	await dialog.getByRole("button", { name: "Close" }).last().click();
	await expect(page.getByText("1 selected")).toBeVisible();
	await expect(page.getByRole("checkbox", { name: `Select ${taken?.rationale}` })).toBeChecked();
	for (const { id } of rest) expect(await decisionsOf(id)).toMatchObject([{ decision: "reject", reason }]);
	expect(await decisionsOf(taken?.id ?? "")).toMatchObject([{ decision: "approve" }]);
});

test("a lost answer is not confirmed, never failed, and a second try settles it without a second decision", async ({
	pageOf,
	allowNoise,
}) => {
	allowNoise(/Failed to load resource|Failed to fetch/);
	const proposal = await propose();
	const page = await pageOf("owner");
	const dialog = await openReject(page, [proposal]);
	await dialog.getByLabel("Reason (required)").fill(reason);
	await page.route("**/deployments?**", async (route) => {
		if (route.request().method() !== "POST") return route.fallback();
		await route.fetch();
		return route.abort("connectionreset");
	});
	await dialog.getByRole("button", { name: "Reject 1" }).click();
	await expect(dialog.getByText("0 deployments rejected, 1 not confirmed.")).toBeVisible();
	await page.unroute("**/deployments?**");
	await dialog.getByRole("button", { name: "Try these again" }).click();
	await expect(dialog.getByText("1 deployment rejected.")).toBeVisible();
	expect(await decisionsOf(proposal.id)).toMatchObject([{ decision: "reject", reason }]);
});

test("it can be stopped between two rows, leaves out what cannot be rejected, and offers no shipping", async ({
	pageOf,
}) => {
	const proposals = await proposeThree();
	const fourth = await propose({ project_id: proposals[0]?.projectId });
	const page = await pageOf("owner");
	const dialog = await openReject(page, [...proposals, fourth]);
	await expect(dialog.getByRole("button", { name: /approve|ship/i })).toHaveCount(0);
	await page.keyboard.press("Escape");
	await askApi("owner2", "POST", `/v1/prompts/deployments/${fourth.id}/reject`, { reason: "Not needed." });
	await expect(page.getByRole("row", { name: new RegExp(fourth.rationale) })).toContainText("Rejected");
	await page.getByRole("button", { name: "Reject…" }).click();
	const leftOut = dialog.getByRole("region", { name: "Left out: 1 deployment" });
	await expect(leftOut).toContainText("This one is rejected.");

	const sent: (() => void)[] = [];
	await page.route("**/deployments?**", async (route) => {
		if (route.request().method() !== "POST") return route.fallback();
		await new Promise<void>((go) => sent.push(go));
		return route.fallback();
	});
	await dialog.getByLabel("Reason (required)").fill(reason);
	await dialog.getByRole("button", { name: "Reject 3" }).click();
	await expect(dialog.getByText("0 of 3")).toBeVisible();
	await expect(dialog.getByRole("progressbar")).toHaveCSS("appearance", "none");
	await expect.poll(() => sent.length).toBe(1);
	await page.keyboard.press("Escape");
	await expect(dialog).toBeVisible();
	await dialog.getByRole("button", { name: "Stop" }).click();
	sent[0]?.();
	await expect(dialog.getByText("1 deployment rejected, 2 not tried.")).toBeVisible();
	await expect(dialog.getByRole("button", { name: "Try these", exact: true })).toBeVisible();
	await dialog.getByRole("button", { name: "Close" }).last().click();
	await expect(page.getByText("3 selected")).toBeVisible();
});

test("what cannot be rejected cannot be selected, and what was closed while it was selected can be let go of", async ({
	pageOf,
}) => {
	const closed = await propose({ status: "ab_failed" });
	const open = await propose({ project_id: closed.projectId });
	const page = await pageOf("owner");
	await page.goto(`/deployments?view=all&project=${closed.projectId}`);
	const box = page.getByRole("checkbox", { name: `Select ${open.rationale}` });
	await box.check();
	await expect(page.getByRole("checkbox", { name: /^Select / })).toHaveCount(1);
	await page.getByRole("link", { name: closed.rationale }).focus();
	await page.keyboard.press("x");
	await expect(page.getByText("1 selected")).toBeVisible();

	await askApi("owner2", "POST", `/v1/prompts/deployments/${open.id}/reject`, { reason: "Not needed." });
	await expect(page.getByRole("row", { name: new RegExp(open.rationale) })).toContainText("Rejected");
	await page.getByRole("button", { name: "Reject…" }).click();
	const dialog = page.getByRole("dialog", { name: "None of these can be rejected" });
	await expect(dialog.getByRole("region", { name: "Left out: 1 deployment" })).toBeVisible();
	await expect(dialog.getByRole("button", { name: /^Reject/ })).toHaveCount(0);
	await page.keyboard.press("Escape");
	await box.click();
	await expect(page.getByRole("checkbox", { name: /^Select / })).toHaveCount(0);
	await expect(page.getByText(/selected/)).toHaveCount(0);
	await page.goto(`/deployments?view=closed&project=${closed.projectId}`);
	await expect(page.getByRole("columnheader", { name: "Status" })).toBeVisible();
	await expect(page.getByRole("columnheader", { name: "Selected" })).toHaveCount(0);
});

test("what is pressed while it is still loading gives it up, and is no command to the page", async ({
	pageOf,
}) => {
	const proposals = await proposeThree();
	const page = await pageOf("owner");
	await page.goto(`/deployments?view=all&project=${proposals[0]?.projectId}`);
	const boxes = page.getByRole("checkbox", { name: /^Select / });
	await expect(boxes.first()).toBeVisible();
	const letGo = await holdScripts(page);
	await boxes.first().check();
	await page.getByRole("button", { name: "Reject…" }).click();
	for (const key of ["j", "x", "Escape"]) await page.keyboard.press(key);
	letGo();
	await expect(page.getByText("1 selected")).toBeVisible();
	await expect(page.getByRole("dialog")).toHaveCount(0);
	await page.getByRole("button", { name: "Reject…" }).click();
	await expect(page.getByRole("dialog").getByRole("button", { name: "Reject 1" })).toBeVisible();
});

test("who may not reject has nothing to select", async ({ pageOf }) => {
	const proposal = await propose();
	const page = await pageOf("member");
	await page.goto(`/deployments?view=all&project=${proposal.projectId}`);
	await expect(page.getByRole("row", { name: new RegExp(proposal.rationale) })).toBeVisible();
	await expect(page.getByRole("checkbox")).toHaveCount(0);
	await page.keyboard.press("x");
	await expect(page.getByText(/selected/)).toHaveCount(0);
});
