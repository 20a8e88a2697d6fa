import type { Page } from "@playwright/test";
import { askApi, propose } from "./api";
import { expect, test } from "./fixtures";
import { type Action, park } from "./parked-action";
import { signInAs } from "./sign-in-form";

/** Another tab signs out; of a session of this test's own, others would be signed out by it as well. */
async function signOutElsewhere(page: Page): Promise<void> {
	const other = await page.context().newPage();
	await other.goto("/audit");
	// The bar says so when it has come to life; what is pressed before is lost.
	await other.waitForFunction(() => document.documentElement.dataset.ready !== undefined);
	await other.getByRole("button", { name: /account$/ }).click();
	await other.getByRole("menuitem", { name: "Sign out" }).click();
	await expect(other.getByLabel("Email address")).toBeVisible();
}

/** As another tab that signs out leaves the cookies; the session itself is other tests' as well. */
async function endSession(page: Page): Promise<void> {
	await page.context().clearCookies();
}

const ended = "Your session has ended, so nothing was sent.";

test.afterEach(async () => {
	await askApi("owner", "POST", "/v1/control/killswitch/disable");
});

test.beforeEach(({ allowNoise }) => {
	// What the page reads by itself is refused; an action that has not run has left nothing to compare (422).
	allowNoise(/status of 4(01|04|22)/);
});

test("a decision on a parked action after the session has ended says that nothing was sent, and leads back", async ({
	pageOf,
}) => {
	const parked = await park();
	const page = await pageOf("owner");
	await page.goto(`/actions/${parked.id}`);
	await page.getByRole("button", { name: "Reject…" }).click();
	const dialog = page.getByRole("dialog");
	await dialog.getByLabel(/Reason/).fill("Not on a Friday.");
	await endSession(page);
	await dialog.getByRole("button", { name: "Reject", exact: true }).click();
	const told = dialog.getByRole("alert");
	await expect(told).toContainText(ended);
	await expect(told).not.toContainText("Not confirmed");
	await told.getByRole("link", { name: "Sign in again" }).click();
	await signInAs(page, "owner");
	await expect(page).toHaveURL(`/actions/${parked.id}`);
	await page.getByRole("button", { name: "Reject…" }).click();
	await expect(dialog.getByLabel(/Reason/)).toHaveValue("Not on a Friday.");
	const now = await askApi<Action>("owner", "GET", `/v1/control/actions/${parked.id}`);
	expect(now.body.status).toBe("pending_approval");
});

test("so do the kill switch and an action that is asked for, and what was typed is there afterwards", async ({
	pageOf,
}) => {
	const page = await pageOf("owner");
	await page.goto("/actions");
	await page.getByRole("button", { name: "Execute action" }).click();
	const execute = page.getByRole("dialog", { name: "Execute a control action" });
	await execute.getByLabel("Type").selectOption("agent_action");
	await execute.getByLabel("Project").selectOption({ index: 1 });
	await execute.getByLabel("Name (required)").fill("tell-the-desk");
	await endSession(page);
	await execute.getByRole("button", { name: "Execute action" }).click();
	await expect(execute.getByRole("alert")).toContainText(ended);
	await execute.getByRole("link", { name: "Sign in again" }).click();
	await signInAs(page, "owner");
	await expect(page).toHaveURL("/actions");
	await page.getByRole("button", { name: "Execute action" }).click();
	await expect(execute.getByLabel("Name (required)")).toHaveValue("tell-the-desk");

	// A new document has not loaded Clerk, so nothing in it hears of what another tab does.
	await page.goto("/actions");
	await page.getByRole("button", { name: "Turn the kill switch on" }).click();
	const stop = page.getByRole("dialog", { name: "Turn the kill switch on" });
	await stop.getByLabel("Reason (required)").fill("Retries pile up.");
	await stop.getByLabel("Type STOP to confirm").fill("STOP");
	await signOutElsewhere(page);
	await stop.getByRole("button", { name: "Turn the kill switch on" }).click();
	await expect(stop.getByRole("alert")).toContainText(ended);
	await expect(stop.getByRole("link", { name: "Sign in again" })).toHaveAttribute(
		"href",
		/sign-in\?redirect_url=/,
	);
	const { body } = await askApi<{ active: boolean }>("owner", "GET", "/v1/control/killswitch");
	expect(body.active).toBe(false);
});

test("a decision on a deployment, of one or of several, is not called unconfirmed either", async ({
	pageOf,
}) => {
	const proposal = await propose();
	const page = await pageOf("owner");
	await page.goto(`/deployments/${proposal.id}`);
	await page.getByRole("button", { name: "Reject", exact: true }).click();
	const dialog = page.getByRole("dialog");
	await dialog.getByLabel("Reason").fill("Loses the refund rule.");
	await endSession(page);
	await dialog.getByRole("button", { name: "Reject", exact: true }).click();
	await expect(dialog.getByRole("alert").first()).toContainText(ended);
	await expect(dialog.getByText("Not confirmed")).toHaveCount(0);
	await dialog.getByRole("link", { name: "Sign in again" }).click();
	await signInAs(page, "owner");
	await expect(page).toHaveURL(`/deployments/${proposal.id}`);
	await page.getByRole("button", { name: "Reject", exact: true }).click();
	await expect(dialog.getByLabel("Reason")).toHaveValue("Loses the refund rule.");

	const bulk = await pageOf("owner");
	await bulk.goto(`/deployments?view=all&project=${proposal.projectId}`);
	await bulk.getByRole("checkbox", { name: `Select ${proposal.rationale}` }).check();
	await bulk.getByRole("button", { name: "Reject…" }).click();
	const several = bulk.getByRole("dialog");
	await several.getByLabel("Reason (required)").fill("Superseded.");
	await endSession(bulk);
	await several.getByRole("button", { name: "Reject 1" }).click();
	await expect(several.getByText(ended)).toBeVisible();
	await expect(several.getByRole("link", { name: "Sign in again" })).toBeVisible();
	const { body } = await askApi<{ status: string }>("owner", "GET", `/v1/prompts/deployments/${proposal.id}`);
	expect(body.status).toBe("ab_passed");
});
