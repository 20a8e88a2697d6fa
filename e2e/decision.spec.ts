import { askApi, propose } from "./api";
import { openDecision, reasonToShip, ship } from "./decide";
import { expect, test } from "./fixtures";
import { renewSession } from "./session";

interface Decisions {
	decisions: { decision: string; reason: string }[];
}

const lastDecision = async (id: string) => {
	const path = `/v1/prompts/deployments/${id}/decisions`;
	return (await askApi<Decisions>("owner", "GET", path)).body.decisions.at(-1);
};
const statusOf = async (id: string) =>
	(await askApi<{ status: string }>("owner", "GET", `/v1/prompts/deployments/${id}`)).body.status;

test("what speaks against shipping has to be named in the reason, with a why, and the reason is kept", async ({
	pageOf,
}) => {
	const proposal = await propose({ status: "proposed", ab_report: undefined });
	const page = await pageOf("owner");
	await page.goto(`/deployments/${proposal.id}`);
	const dialog = await openDecision(page, "Approve & ship");
	await expect(dialog).toContainText("Shipping this overrides untested and rules.");
	const button = dialog.getByRole("button", { name: "Approve & ship" });
	await button.click();
	await expect(dialog.getByRole("alert")).toContainText("Say why");
	await expect(dialog.getByRole("alert")).toBeInViewport();
	await expect(dialog.getByLabel("Reason")).toBeFocused();
	await dialog.getByRole("button", { name: "rules", exact: true }).click();
	await expect(dialog.getByLabel("Reason")).toHaveValue("rules: ");
	await dialog.getByLabel("Reason").fill("The refund rule was wrong.");
	await expect(dialog.getByRole("alert")).toContainText("does not name yet: untested, rules.");
	await dialog.getByLabel("Reason").fill("Untested, rules.");
	await expect(dialog.getByRole("alert")).toContainText("Say why, too.");
	const reason = "Untested: the desk asked for it tonight. The rules on refunds were wrong.";
	await dialog.getByLabel("Reason").fill(reason);
	await button.click();
	await expect(page.getByText("Approved and shipped. The API confirmed it.")).toBeVisible();
	expect(await lastDecision(proposal.id)).toMatchObject({ decision: "approve", reason });
});

test("a reason that was made to name nothing on its way is refused by the server", async ({ pageOf }) => {
	const proposal = await propose();
	const page = await pageOf("owner");
	await page.goto(`/deployments/${proposal.id}`);
	await page.route(`**/deployments/${proposal.id}`, (route) => {
		const sent = route.request().postData();
		return sent === null
			? route.fallback()
			: route.continue({ postData: sent.replace(reasonToShip, "Because.") });
	});
	const dialog = await openDecision(page, "Approve & ship");
	await dialog.getByLabel("Reason").fill(reasonToShip);
	await dialog.getByRole("button", { name: "Approve & ship" }).click();
	await expect(dialog.getByRole("alert")).toContainText("has to name what is overridden: rules.");
	await expect(dialog.getByLabel("Reason")).toHaveValue(reasonToShip);
	expect(await statusOf(proposal.id)).toBe("ab_passed");
});

test("a decision on texts that have changed since they were read is not taken", async ({ pageOf }) => {
	const proposal = await propose();
	const page = await pageOf("owner");
	await page.goto(`/deployments/${proposal.id}`);
	// Our own API never changes a prompt; another one of the contract might.
	await page.route(`**/deployments/${proposal.id}`, (route) => {
		const sent = route.request().postData();
		const older = sent?.replace(/"contentKey":"[^"]+"/, '"contentKey":"of-older-texts"');
		return older === undefined ? route.fallback() : route.continue({ postData: older });
	});
	const dialog = await openDecision(page, "Reject");
	await dialog.getByLabel("Reason").fill("Loses the refund rule.");
	await dialog.getByRole("button", { name: "Reject", exact: true }).click();
	await expect(dialog.getByRole("alert")).toContainText(
		"has changed since you opened it. This decision was not taken.",
	);
	await expect(dialog.getByLabel("Reason")).toHaveValue("Loses the refund rule.");
	expect(await statusOf(proposal.id)).toBe("ab_passed");
});

test("nothing has to be named where nothing speaks against it", async ({ pageOf }) => {
	const proposal = await propose({
		current_prompt: "You answer questions about billing.\n",
		proposed_prompt: "You answer questions about billing.\nSay when you are not sure.\n",
	});
	const page = await pageOf("owner");
	await page.goto(`/deployments/${proposal.id}`);
	const dialog = await openDecision(page, "Approve & ship");
	await expect(dialog.getByLabel("Reason (optional)")).toBeVisible();
	await dialog.getByRole("button", { name: "Approve & ship" }).click();
	await expect(page.getByText("Approved and shipped. The API confirmed it.")).toBeVisible();
});

test("an answer lost after the commit is told as not confirmed, and as what the record says", async ({
	pageOf,
	allowNoise,
}) => {
	allowNoise(/Failed to load resource|Failed to fetch/);
	const proposal = await propose();
	const page = await pageOf("owner");
	await page.goto(`/deployments/${proposal.id}`);
	await page.route(`**/deployments/${proposal.id}`, async (route) => {
		if (route.request().method() !== "POST") return route.fallback();
		await route.fetch();
		return route.abort("connectionreset");
	});
	const dialog = await openDecision(page, "Approve & ship");
	await dialog.getByLabel("Reason").fill(reasonToShip);
	await dialog.getByRole("button", { name: "Approve & ship" }).click();
	await expect(dialog.getByRole("alert")).toContainText("Not confirmed, but the record says it.");
	await expect(dialog.getByRole("alert")).toContainText("Shipped, as you decided.");
	await expect(dialog.getByRole("alert")).toBeInViewport();
	await expect(dialog.getByLabel("Reason")).toHaveValue(reasonToShip);
	await expect(dialog.getByRole("button", { name: "Approve & ship" })).toBeDisabled();
	await expect(page.getByText("The API confirmed it.")).toBeHidden();
});

test("a dashboard that does not answer is given up on, and the record is read again", async ({
	pageOf,
	allowNoise,
}) => {
	allowNoise(/Failed to load resource|Failed to fetch/);
	const proposal = await propose();
	const page = await pageOf("owner");
	await page.clock.install();
	await page.goto(`/deployments/${proposal.id}`);
	// Or Clerk, too, would find that its own loading takes 46 s.
	await renewSession(page);
	const hung: (() => void)[] = [];
	await page.route(`**/deployments/${proposal.id}`, (route) => {
		if (route.request().method() !== "POST") return route.fallback();
		return new Promise<void>((done) => hung.push(done));
	});
	const dialog = await openDecision(page, "Reject");
	await dialog.getByLabel("Reason").fill("Loses the refund rule.");
	await dialog.getByRole("button", { name: "Reject", exact: true }).click();
	await expect(dialog.getByRole("button", { name: "Rejecting" })).toBeDisabled();
	// What is on its way cannot be called back.
	await expect(dialog.getByRole("button", { name: "Cancel" })).toBeDisabled();
	await page.keyboard.press("Escape");
	await expect(dialog).toBeVisible();
	await expect.poll(() => hung.length).toBe(1);
	await page.clock.fastForward(46_000);
	await expect(dialog.getByRole("alert")).toContainText("Not confirmed.");
	await expect(dialog.getByRole("alert")).toContainText("The record was read again just now: A/B passed.");
	await expect(dialog.getByLabel("Reason")).toHaveValue("Loses the refund rule.");
	for (const release of hung) release();
});

test("what was typed survives a reload, and is gone once it has been sent", async ({ pageOf }) => {
	const proposal = await propose();
	const page = await pageOf("owner");
	await page.goto(`/deployments/${proposal.id}`);
	const dialog = await openDecision(page, "Reject");
	await dialog.getByLabel("Reason").fill("Loses the refund rule.");
	await page.reload();
	await openDecision(page, "Reject");
	await expect(dialog.getByLabel("Reason")).toHaveValue("Loses the refund rule.");
	await dialog.getByRole("button", { name: "Reject", exact: true }).click();
	await expect(page.getByText("Rejected. The API confirmed it.")).toBeVisible();
	expect(await page.evaluate(() => JSON.stringify(sessionStorage))).not.toContain("refund");
});

test("the reasons given last are offered, and the next one in the queue is one key away", async ({
	pageOf,
}) => {
	const [first, second] = [await propose(), await propose()];
	const page = await pageOf("owner");
	await page.goto(`/deployments/${second.id}`);
	await expect(page.getByText(/^\d+ of \d+$/)).toBeVisible();
	const dialog = await openDecision(page, "Reject");
	await dialog.getByLabel("Reason").fill("Softens a rule that legal wants.");
	await dialog.getByRole("button", { name: "Reject", exact: true }).click();
	const next = page.getByRole("link", { name: "Next in my queue" });
	await expect(next).toBeFocused();
	await page.keyboard.press("Enter");
	await expect(page).not.toHaveURL(new RegExp(second.id));
	await expect(page.locator("#content")).toBeFocused();
	await expect(page.getByRole("button", { name: "Reject", exact: true })).toBeEnabled();

	await page.goto(`/deployments/${first.id}`);
	await openDecision(page, "Reject");
	await dialog.getByRole("button", { name: "Softens a rule that legal wants." }).click();
	await expect(dialog.getByLabel("Reason")).toHaveValue("Softens a rule that legal wants.");
	await dialog.getByRole("button", { name: "Reject", exact: true }).click();
	await expect(page.getByText("Rejected. The API confirmed it.")).toBeVisible();
	expect(await lastDecision(first.id)).toMatchObject({ reason: "Softens a rule that legal wants." });
});

test("rolling back is asked for with a reason, and a live deployment leaves the queue's count alone", async ({
	pageOf,
}) => {
	const proposal = await propose();
	const page = await pageOf("owner");
	await page.goto(`/deployments/${proposal.id}`);
	await ship(page);
	await expect(page.getByText(/^\d+ waiting$/)).toBeVisible();
	const dialog = await openDecision(page, "Roll back");
	await dialog.getByRole("button", { name: "Roll back" }).click();
	await expect(dialog.getByRole("alert")).toContainText("Say why");
	await page.keyboard.press("Escape");
	expect(await statusOf(proposal.id)).toBe("shipped");

	const reject = await openDecision(page, "Reject");
	await expect(reject).toContainText("This prompt is live, and rejecting it does not take it down.");
	await reject.getByLabel("Reason").fill("Recorded as refused.");
	await reject.getByRole("button", { name: "Reject", exact: true }).click();
	await expect(
		page.getByText("Rejecting takes nothing down, so its prompt may still be live."),
	).toBeVisible();
});
