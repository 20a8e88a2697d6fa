import { askApi, propose } from "./api";
import { expect, test } from "./fixtures";
import { withoutEvents } from "./without-events";

test("when the API stops, what is on screen is marked as old and nothing disappears", async ({
	pageOf,
	allowNoise,
}) => {
	allowNoise(/status of 502|Failed to load resource/);
	const page = await pageOf("owner");
	await withoutEvents(page);
	await page.goto("/deployments");
	await expect(page.getByRole("row").nth(1)).toBeVisible();
	await page.route("**/v1/**", (route) =>
		route.fulfill({ status: 502, json: { error: "The API cannot be reached.", code: "unreachable" } }),
	);
	const notice = page.getByText("Live data is unavailable.");
	await expect(notice).toBeVisible({ timeout: 25_000 });
	await expect(notice).toContainText(/Last read just now; this page keeps trying\.$/);
	await expect(page.getByRole("row").nth(1)).toBeVisible();
	await page.unroute("**/v1/**");
	await expect(page.getByText("Live data is unavailable.")).toBeHidden({ timeout: 25_000 });
});

test("a decision whose answer is lost is not called done, and what was typed is still there", async ({
	pageOf,
	allowNoise,
}) => {
	allowNoise(/Failed to load resource|Failed to fetch/);
	const proposal = await propose();
	const page = await pageOf("owner");
	await page.goto(`/deployments/${proposal.id}`);
	await page.getByRole("button", { name: "Reject", exact: true }).click();
	const dialog = page.getByRole("dialog");
	await dialog.getByLabel("Reason").fill("Loses the refund rule.");
	await page.route(`**/deployments/${proposal.id}`, (route) =>
		route.request().method() === "POST" ? route.abort("connectionreset") : route.fallback(),
	);
	await dialog.getByRole("button", { name: "Reject", exact: true }).click();
	await expect(dialog.getByRole("alert")).toContainText("Not confirmed.");
	await expect(dialog.getByRole("alert")).toContainText("The record was read again just now: A/B passed.");
	await expect(dialog.getByLabel("Reason")).toHaveValue("Loses the refund rule.");
	await page.keyboard.press("Escape");
	await page.getByRole("button", { name: "Reject", exact: true }).click();
	await expect(dialog.getByLabel("Reason")).toHaveValue("Loses the refund rule.");
	await page.unroute(`**/deployments/${proposal.id}`);
	await dialog.getByRole("button", { name: "Reject", exact: true }).click();
	await expect(page.getByText("Rejected. The API confirmed it.")).toBeVisible();
});

test("a reason over the limit is refused in words and kept", async ({ pageOf }) => {
	const proposal = await propose();
	const page = await pageOf("owner");
	await page.goto(`/deployments/${proposal.id}`);
	await page.getByRole("button", { name: "Reject", exact: true }).click();
	const dialog = page.getByRole("dialog");
	await dialog.getByLabel("Reason").fill("é".repeat(2_001));
	await expect(dialog.getByRole("alert")).toContainText("at most 2,000 characters; this one has 2,001");
	await dialog.getByRole("button", { name: "Reject", exact: true }).click();
	await dialog.getByLabel("Reason").fill("é".repeat(2_000));
	await dialog.getByRole("button", { name: "Reject", exact: true }).click();
	await expect(page.getByText("Rejected. The API confirmed it.")).toBeVisible();
});

test("a status that Countersign does not know is shown as it is and enables nothing", async ({ pageOf }) => {
	const proposal = await propose();
	const page = await pageOf("owner");
	await withoutEvents(page);
	await page.goto(`/deployments/${proposal.id}`);
	await expect(page.getByRole("button", { name: "Approve & ship" })).toBeEnabled();
	await page.route(`**/v1/prompts/deployments/${proposal.id}?*`, async (route) => {
		const reply = await route.fetch();
		await route.fulfill({
			response: reply,
			json: { ...(await reply.json()), status: "quarantined", risk_score: 0.4 },
		});
	});
	await expect(page.getByText("quarantined", { exact: true })).toBeVisible();
	for (const button of ["Approve & ship", "Reject", "Roll back"]) {
		await expect(page.getByRole("button", { name: button, exact: true })).toBeDisabled();
	}
	await expect(page.getByText("“quarantined”, which Countersign does not know").first()).toBeVisible();
	await expect(page.getByRole("region", { name: "Record" })).toContainText("risk_score");
});

test("an address that names nothing says so", async ({ pageOf, allowNoise }) => {
	allowNoise(/status of 404/);
	const page = await pageOf("viewer");
	for (const path of [
		"/deployments/00000000-0000-4000-8000-000000000000",
		"/deployments/not-an-id",
		"/nowhere",
	]) {
		const answer = await page.goto(path);
		expect(answer?.status(), path).toBe(404);
		await expect(page.getByRole("link", { name: "Go to the deployments" })).toBeVisible();
	}
});

test("a filter that matches nothing offers the way back", async ({ pageOf }) => {
	const project = await askApi<{ id: string }>("owner", "POST", "/v1/projects", {
		name: `Empty ${Math.random().toString(36).slice(2, 10)}`,
	});
	const page = await pageOf("viewer");
	await page.goto(`/deployments?project=${project.body.id}`);
	// By role: while the page comes to life, what the server drew may stand beside it for a moment, hidden.
	await expect(page.getByRole("heading", { name: "Nothing matches" })).toBeVisible();
	await page.getByRole("button", { name: "Show all deployments" }).click();
	await expect(page).toHaveURL("/deployments?view=all");
	await expect(page.getByRole("row").nth(1)).toBeVisible();
});
