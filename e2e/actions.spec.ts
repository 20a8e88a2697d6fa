import { askApi } from "./api";
import { axeViolations } from "./axe-violations";
import { expect, test } from "./fixtures";
import { park, sampleAction } from "./parked-action";

test("an owner narrows the actions by the URL, opens one and reads what it changed", async ({ pageOf }) => {
	const action = await sampleAction("status=executed&action_type=retry", "names a day");
	const page = await pageOf("member");
	await page.goto("/actions");
	await expect(page.getByText("Only owners can list the control actions")).toBeVisible();
	await page.getByLabel("State").selectOption("executed");
	await page.getByLabel("Type").selectOption("retry");
	await expect(page).toHaveURL("/actions?status=executed&type=retry");
	const rows = page.getByRole("list", { name: "Control actions, newest first" }).getByRole("listitem");
	await expect(rows.filter({ hasNotText: "Executed" })).toHaveCount(0);
	expect(await axeViolations(page)).toEqual([]);
	await page.locator(`a[href="/actions/${action.id}"]`).click();
	await expect(page.getByRole("heading", { level: 1 })).toHaveText("Retry");
	await expect(page.getByText("The second answer gives the period instead of a day.")).toBeVisible();
	await expect(page.getByText("+65 tokens")).toBeVisible();
	await expect(page.getByText("+110 ms, slower")).toBeVisible();
	await expect(page.getByText("0.81 of 1")).toBeVisible();
	const scores = page.getByRole("table", { name: "Scores by rule" });
	await expect(scores.getByRole("row", { name: /No invented dates/ })).toContainText("+1 better");
	await expect(scores.getByRole("row", { name: /Answers the question first/ })).toContainText("−0.05 worse");
	await expect(page.getByRole("table", { name: /What differs/ })).toContainText("I can't name the day");
	expect(await axeViolations(page)).toEqual([]);
	await page.setViewportSize({ width: 390, height: 844 });
	expect(await axeViolations(page)).toEqual([]);
});

test("a diff that is not there yet is asked for until somebody stops it; a missing similarity is no score", async ({
	pageOf,
}) => {
	const waiting = await sampleAction("action_type=retry", "smaller model has not used the tool result");
	const page = await pageOf("viewer");
	await page.goto(`/actions/${waiting.id}`);
	await expect(page.getByText(/^Asked \d+ times$/)).toBeVisible();
	await page.getByRole("button", { name: "Stop asking" }).click();
	await expect(page.getByText("does not ask any more")).toBeVisible();
	await page.getByRole("button", { name: "Ask again" }).click();
	await expect(page.getByRole("button", { name: "Stop asking" })).toBeVisible();
	const unmeasured = await sampleAction("action_type=fallback_model", "atlas-small-2");
	await page.goto(`/actions/${unmeasured.id}`);
	await expect(page.getByText("not available", { exact: true })).toBeVisible();
	await expect(page.getByText("−1 of 1")).toHaveCount(0);
});

test("one owner rejects a parked action while another approves it: one is taken, the other is told", async ({
	pageOf,
	allowNoise,
}) => {
	// An action that has not run has left nothing to compare.
	allowNoise(/status of 422/);
	const parked = await park();
	const [olive, oscar] = [await pageOf("owner"), await pageOf("owner2")];
	await olive.goto("/actions");
	const first = olive.getByRole("list", { name: "Waiting for approval" }).getByRole("listitem").first();
	await expect(first).toContainText("Why it waits");
	await expect(first).toContainText("Original input");
	expect(await axeViolations(olive)).toEqual([]);
	await olive.goto(`/actions/${parked.id}`);
	await oscar.goto(`/actions/${parked.id}`);
	await olive.getByRole("button", { name: "Approve…" }).click();
	await oscar.getByRole("button", { name: "Reject…" }).click();
	const [approval, rejection] = [olive.getByRole("dialog"), oscar.getByRole("dialog")];
	await rejection.getByRole("button", { name: "Reject", exact: true }).click();
	await expect(rejection.getByRole("alert")).toContainText("Say why");
	await rejection.getByLabel(/Reason/).fill("The trace is a case for the cluster.");
	expect(await axeViolations(oscar)).toEqual([]);
	await rejection.getByRole("button", { name: "Reject", exact: true }).click();
	await expect(oscar.getByText("Rejected. It did not run.")).toBeVisible();
	await approval.getByRole("button", { name: "Approve & run" }).click();
	await expect(approval.getByRole("alert")).toContainText("Somebody else was first.");
	await expect(approval.getByRole("alert")).toContainText("Oscar Owner rejected it");
	await expect(approval.getByRole("alert")).toContainText("The trace is a case for the cluster.");

	const other = await park();
	await olive.goto(`/actions/${other.id}`);
	await olive.getByRole("button", { name: "Approve…" }).click();
	await olive.getByRole("dialog").getByRole("button", { name: "Approve & run" }).click();
	await expect(olive.getByText("Approved, and it ran.")).toBeVisible();
	await expect(olive.getByText("executor stand-in").first()).toBeVisible();
});

test("what somebody has rejected is called so wherever it stands, and not a failure", async ({
	pageOf,
	allowNoise,
}) => {
	allowNoise(/status of 422/);
	const parked = await park();
	const reason = `Not before the release, ${parked.id}.`;
	await askApi("owner", "POST", `/v1/control/actions/${parked.id}/reject`, { reason });
	const page = await pageOf("owner");
	await page.goto(`/actions/${parked.id}`);
	await expect(page.getByText("It was rejected and never ran.")).toBeVisible();
	await expect(page.getByRole("main").getByText("Rejected", { exact: true }).first()).toBeVisible();
	await expect(page.getByText("Failed", { exact: true })).toHaveCount(0);
	await page.goto(`/actions?trace=${parked.trace_id}`);
	const row = page.getByRole("listitem").filter({ hasText: reason });
	await expect(row).toContainText("Rejected");
	await expect(row).not.toContainText("Failed");
	await page.goto(`/traces/${parked.trace_id}`);
	const step = page.getByRole("list", { name: /^Actions on this trace/ }).getByRole("listitem");
	await expect(step.filter({ hasText: reason })).toContainText("It was rejected and never ran. Reason: Not");
	await page.goto("/audit");
	await page.getByText("control_action.rejected", { exact: true }).first().click();
	await page.getByRole("link", { name: "Open", exact: true }).click();
	await expect(page).toHaveURL(/\/actions\/[0-9a-f-]{36}$/);
});

test("a rejection whose answer is lost is read from the action", async ({ pageOf, allowNoise }) => {
	allowNoise(/Failed to load resource|Failed to fetch/);
	const parked = await park();
	const page = await pageOf("owner");
	await page.goto(`/actions/${parked.id}`);
	await page.getByRole("button", { name: "Reject…" }).click();
	const dialog = page.getByRole("dialog");
	await dialog.getByLabel(/Reason/).fill("Asked for twice.");
	await page.route(`**/actions/${parked.id}`, async (route) => {
		if (route.request().method() !== "POST") return route.fallback();
		await route.fetch();
		await route.abort("connectionreset");
	});
	await dialog.getByRole("button", { name: "Reject", exact: true }).click();
	const told = dialog.getByRole("alert");
	await expect(told).toContainText("Not confirmed, but the record says it.");
	await expect(told).toContainText("Olive Owner (you) rejected it");
	await expect(told).toContainText("State: rejected.");
});
