import { propose } from "./api";
import { expect, test } from "./fixtures";
import { enterEmail, enterPassword, signInAs } from "./sign-in-form";

test("a signed-out visitor lands on sign-in and comes back to where they wanted", async ({ page }) => {
	await page.goto("/deployments?status=ab_failed");
	await expect(page).toHaveURL(/\/sign-in/);
	await signInAs(page, "viewer");
	await expect(page).toHaveURL("/deployments?status=ab_failed");
	await expect(page.getByRole("combobox", { name: "Status" })).toHaveValue("ab_failed");
});

test("a deep link to a deployment survives the sign-in", async ({ page }) => {
	const proposal = await propose();
	await page.goto(`/deployments/${proposal.id}`);
	await signInAs(page, "owner");
	await expect(page).toHaveURL(`/deployments/${proposal.id}`);
	await expect(page.getByRole("heading", { level: 1 })).toHaveText(proposal.rationale);
});

test("a wrong address or password is said at its field", async ({ page, allowNoise }) => {
	allowNoise(/status of 422/);
	await page.goto("/sign-in");
	await enterEmail(page, "nobody@example.com");
	await expect(page.getByText(/Couldn't find your account/i).first()).toBeVisible();
	await enterEmail(page, "owner@example.com");
	await enterPassword(page, "wrong");
	await expect(page.getByText(/Password is incorrect/i).first()).toBeVisible();
});

test("who signs out is asked to sign in again and can", async ({ page, allowNoise }) => {
	// A read that was under way when the session ended is refused.
	allowNoise(/status of 40[14]/);
	await page.goto("/actions");
	await signInAs(page, "member");
	await page.getByRole("button", { name: /account$/ }).click();
	await expect(page.getByText("member@example.com")).toBeVisible();
	await page.getByRole("menuitem", { name: "Sign out" }).click();
	await expect(page.getByLabel("Email address")).toBeVisible();
	await page.goto("/deployments");
	await expect(page).toHaveURL(/\/sign-in/);
	await signInAs(page, "viewer");
	await expect(page.getByRole("heading", { name: "Deployments" })).toBeAttached();
});

test("Clerk's widgets load on the sign-in page only", async ({ page, pageOf }) => {
	const scripts: string[] = [];
	page.on("request", (request) => scripts.push(request.url()));
	await page.goto("/sign-in");
	await expect(page.getByLabel("Email address")).toBeVisible();
	expect(scripts.some((url) => url.includes("@clerk/ui"))).toBe(true);

	const inside = await pageOf("owner");
	const loaded: string[] = [];
	inside.on("request", (request) => loaded.push(request.url()));
	await inside.goto("/deployments");
	await inside.getByRole("button", { name: /account$/ }).click();
	await expect(inside.getByText("owner@example.com")).toBeVisible();
	expect(loaded.some((url) => url.includes("@clerk/clerk-js"))).toBe(true);
	// The gateway holds answers against the contract, so that no browser has to.
	for (const url of loaded.filter((address) => address.includes("/_next/static/chunks/"))) {
		expect(await (await inside.request.get(url)).text(), url).not.toContain("ZodError");
	}
	expect(loaded.filter((url) => url.includes("@clerk/ui"))).toEqual([]);
});

test("no page of ours asks anybody but this machine", async ({ pageOf }) => {
	const page = await pageOf("owner");
	const foreign: string[] = [];
	page.on("request", (request) => {
		const { hostname, protocol } = new URL(request.url());
		if (protocol.startsWith("http") && hostname !== "localhost") foreign.push(request.url());
	});
	for (const path of ["/deployments", "/triage", "/actions", "/audit"]) {
		await page.goto(path);
		await expect(page.getByRole("heading", { level: 1 })).toBeAttached();
	}
	expect(foreign).toEqual([]);
});
