import type { Request } from "@playwright/test";
import { replyFormHeader } from "../lib/contract/reply-form-header";
import { askApi, propose } from "./api";
import { reasonToShip, ship } from "./decide";
import { expect, test } from "./fixtures";
import { renewSession } from "./session";
import { withoutEvents } from "./without-events";

for (const name of ["member", "viewer"] as const) {
	test(`a ${name} sees every button off, with the reason in words`, async ({ pageOf }) => {
		const proposal = await propose();
		const page = await pageOf(name);
		await page.goto(`/deployments/${proposal.id}`);
		for (const button of ["Approve & ship", "Reject", "Roll back", "Execute action"]) {
			await expect(page.getByRole("button", { name: button, exact: true })).toBeDisabled();
		}
		await expect(page.getByRole("button", { name: "Reject", exact: true })).toHaveAccessibleDescription(
			`Only owners can approve, reject, roll back or execute actions. You are a ${name}.`,
		);
		await page.goto("/actions");
		await expect(page.getByRole("button", { name: "Turn the kill switch on" })).toBeDisabled();
		await expect(page.getByText(`Only owners can use the kill switch. You are a ${name}.`)).toBeVisible();
	});
}

test("an owner's server action, replayed by a member, a viewer, a stranger or a signed-out visitor, changes nothing", async ({
	pageOf,
	page,
	baseURL,
}) => {
	const bait = await propose();
	const target = await propose();
	const owner = await pageOf("owner");
	await owner.goto(`/deployments/${bait.id}`);
	const sent = owner.waitForRequest((request) => request.headers()["next-action"] !== undefined);
	await ship(owner);
	const recorded = await sent;
	await expect(owner.getByText("The API confirmed it.")).toBeVisible();

	for (const name of ["member", "viewer", "owner@other.example"] as const) {
		const other = await pageOf(name);
		await other.goto("/deployments");
		await renewSession(other);
		// With the right origin, and posted to a page that is not the deployment's: an action runs anywhere.
		const answer = await other.request.post("/deployments", replay(recorded, bait.id, target.id, baseURL));
		expect(answer.status()).toBe(200);
		const text = await answer.text();
		expect(text).toContain(name === "owner@other.example" ? "not_found" : "forbidden");
		expect(text).not.toContain('"ok":true');
	}
	for (const path of ["/sign-in", "/deployments", "/actions"]) {
		const signedOut = await page.request.post(path, replay(recorded, bait.id, target.id, baseURL));
		const text = await signedOut.text();
		expect(text).not.toContain('"ok":true');
		if (path !== "/sign-in") expect(text).toContain("nothing was sent");
	}
	// Only an action is let through, and no page with it.
	const bogus = await page.request.post("/deployments", {
		headers: { "next-action": "0".repeat(42), ...(baseURL === undefined ? {} : { origin: baseURL }) },
		data: "[]",
	});
	expect(bogus.ok()).toBe(false);
	expect(await bogus.text()).not.toContain(target.rationale);

	const foreignOrigins: (string | undefined)[] = [undefined, "null", "http://evil.example"];
	for (const origin of foreignOrigins) {
		const answer = await owner.request.post("/deployments", replay(recorded, bait.id, target.id, origin));
		expect(answer.status()).toBe(403);
	}
	const { body } = await askApi<{ status: string }>("owner", "GET", `/v1/prompts/deployments/${target.id}`);
	expect(body.status).toBe("ab_passed");
});

/** The recorded call with another deployment's id, as somebody would send it by hand. */
function replay(recorded: Request, from: string, to: string, origin: string | undefined) {
	const headers = recorded.headers();
	return {
		headers: {
			accept: "text/x-component",
			"content-type": headers["content-type"] ?? "text/plain;charset=UTF-8",
			"next-action": headers["next-action"] ?? "",
			...(origin === undefined ? {} : { origin }),
		},
		data: (recorded.postData() ?? "").replaceAll(from, to),
	};
}

test("the gateway answers a signed-out visitor with 401 and writes with 405", async ({ page, pageOf }) => {
	const signedOut = await page.request.get("/v1/prompts/deployments");
	expect(signedOut.status()).toBe(401);
	expect(await signedOut.json()).toMatchObject({ code: "unauthenticated" });
	const proposal = await propose();
	const owner = await pageOf("owner");
	const write = await owner.request.post(`/v1/prompts/deployments/${proposal.id}/approve`);
	expect(write.status()).toBe(405);
	const { body } = await askApi<{ status: string }>("owner", "GET", `/v1/prompts/deployments/${proposal.id}`);
	expect(body.status).toBe("ab_passed");
});

test("a read that leaves while Clerk's script rewrites its cookies is answered all the same", async ({
	pageOf,
}) => {
	const page = await pageOf("viewer");
	await page.goto("/actions");
	await renewSession(page);
	await page.context().clearCookies({ name: /^__clerk_db_jwt/ });
	expect((await page.request.get("/v1/projects")).status()).toBe(200);
	await page.context().clearCookies({ name: /^__client_uat/ });
	expect((await page.request.get("/v1/projects")).status()).toBe(200);

	const session = (await page.context().cookies()).filter(({ name }) => name.startsWith("__session"));
	await page
		.context()
		.addCookies(session.map((cookie) => ({ ...cookie, value: cookie.value.replace(/.{5}$/, "AAAAA") })));
	await page.context().clearCookies({ name: /^__client_uat/ });
	expect((await page.request.get("/v1/projects")).status()).toBe(401);
});

test("a member is told that the audit log is not for their role; a viewer reads it", async ({ pageOf }) => {
	const member = await pageOf("member");
	await member.goto("/audit");
	await expect(
		member.getByText("Only owners and viewers can read the audit log. You are a member."),
	).toBeVisible();
	const viewer = await pageOf("viewer");
	await viewer.goto("/audit");
	await expect(viewer.getByText("deployment.proposed").first()).toBeVisible();
});

test("a second organization sees none of it and gets 404 on its ids", async ({ pageOf, allowNoise }) => {
	allowNoise(/status of 404/);
	const proposal = await propose();
	const page = await pageOf("owner@other.example");
	await page.goto("/deployments");
	await expect(page.getByRole("row").nth(1)).toBeVisible();
	await expect(page.getByText(proposal.rationale)).toHaveCount(0);
	await expect(page.getByText("Support assistant")).toHaveCount(0);
	const answer = await page.goto(`/deployments/${proposal.id}`);
	expect(answer?.status()).toBe(404);
	await expect(page.getByRole("heading", { name: "Not found" })).toBeVisible();
	await renewSession(page);
	const direct = await page.request.get(`/v1/prompts/deployments/${proposal.id}`);
	expect(direct.status()).toBe(404);
});

test("two owners decide at once: one wins, the other is told who, what and why", async ({ pageOf }) => {
	const proposal = await propose();
	const [first, second] = [await pageOf("owner"), await pageOf("owner2")];
	await withoutEvents(second);
	await Promise.all([first.goto(`/deployments/${proposal.id}`), second.goto(`/deployments/${proposal.id}`)]);
	await second.getByRole("button", { name: "Approve & ship" }).click();
	await second.getByRole("dialog").getByLabel("Reason").fill(reasonToShip);
	const approve = second.getByRole("dialog").getByRole("button", { name: "Approve & ship" });
	await expect(approve).toBeEnabled();
	// The second one's page must not learn of it before the click.
	const answered = await second.evaluate(
		async (path) => (await fetch(path)).text(),
		`/v1/prompts/deployments/${proposal.id}`,
	);
	await second.route(`**/v1/prompts/deployments/${proposal.id}`, (route) =>
		route.fulfill({
			body: answered,
			headers: { "content-type": "application/json", [replyFormHeader]: "deployment" },
		}),
	);

	await first.getByRole("button", { name: "Reject", exact: true }).click();
	await first.getByRole("dialog").getByLabel("Reason").fill("Drops the refund rule.");
	await first.getByRole("dialog").getByRole("button", { name: "Reject", exact: true }).click();
	await expect(first.getByText("Rejected. The API confirmed it.")).toBeVisible();

	await approve.click();
	const told = second.getByRole("dialog").getByRole("alert");
	await expect(told).toContainText("Somebody else was first. This decision was not taken.");
	await expect(told).toContainText("Rejected by Olive Owner");
	await expect(told).toContainText("Drops the refund rule.");
	await second.unroute(`**/v1/prompts/deployments/${proposal.id}`);
	await expect(approve).toBeDisabled();
	await second.keyboard.press("Escape");
	await expect(second.getByRole("region", { name: "Record" })).toContainText("Drops the refund rule.");
});

test("a rejection meant for a proposal does not fall on what somebody has shipped meanwhile", async ({
	pageOf,
}) => {
	const proposal = await propose();
	const [first, second] = [await pageOf("owner"), await pageOf("owner2")];
	await second.goto(`/deployments/${proposal.id}`);
	await second.getByRole("button", { name: "Reject", exact: true }).click();
	const dialog = second.getByRole("dialog");
	await dialog.getByLabel("Reason").fill("Not convinced.");

	await first.goto(`/deployments/${proposal.id}`);
	await ship(first);

	await expect(dialog.getByRole("alert")).toContainText("It was “A/B passed” and is now “Shipped”.", {
		timeout: 15_000,
	});
	await expect(dialog.getByRole("alert")).toContainText("By Olive Owner");
	await expect(dialog.getByRole("button", { name: "Reject", exact: true })).toBeDisabled();
	await expect(dialog).toContainText("does not go live");
	await dialog.getByRole("button", { name: "Decide on it as it is now" }).click();
	await expect(dialog.getByRole("button", { name: "Reject", exact: true })).toBeEnabled();
	await expect(dialog).toContainText("This prompt is live, and rejecting it");
	await expect(dialog.getByLabel("Reason")).toHaveValue("Not convinced.");
	const { body } = await askApi<{ status: string }>("owner", "GET", `/v1/prompts/deployments/${proposal.id}`);
	expect(body.status).toBe("shipped");
});
