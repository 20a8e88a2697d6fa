import type { Locator, Page } from "@playwright/test";
import { askApi, propose } from "./api";
import { expect, test } from "./fixtures";

/** What `e2e/fill-rows.ts` has put there; Other Company has a few sample rows besides. */
const filledRows = 10_000;
const manyRows = "owner@other.example";

const rowOf = (page: Page, rationale: string) => page.getByRole("row", { name: new RegExp(rationale) });
const viewLink = (page: Page, name: RegExp) =>
	page.getByRole("navigation", { name: "Views" }).getByRole("link", { name });

test("an owner is met by what waits for a decision, a viewer by everything, and each view counts its own", async ({
	pageOf,
}) => {
	const proposal = await propose();
	const owner = await pageOf("owner");
	await owner.goto(`/deployments?project=${proposal.projectId}`);
	await expect(viewLink(owner, /^Needs a decision 1$/)).toHaveAttribute("aria-current", "true");
	await expect(rowOf(owner, proposal.rationale)).toContainText("A/B passed");
	for (const name of [/^Running 0$/, /^Live 0$/, /^Regressed 0$/, /^Closed 0$/, /^All 1$/]) {
		await expect(viewLink(owner, name)).toBeVisible();
	}
	const viewer = await pageOf("viewer");
	await viewer.goto("/deployments");
	await expect(viewLink(viewer, /^All \d+$/)).toHaveAttribute("aria-current", "true");
	await expect(viewLink(viewer, /^Regressed [1-9]/), "regressed is told on every view").toContainText("▲");
	await viewLink(viewer, /^Closed/).click();
	await expect(viewer).toHaveURL("/deployments?view=closed");
	await expect(viewLink(viewer, /Regressed [1-9]/)).toContainText("▲");
	await viewer.goBack();
	await expect(viewLink(viewer, /^All \d+$/)).toHaveAttribute("aria-current", "true");
});

test("a row says enough to choose, and opens with the mouse anywhere on it", async ({ pageOf }) => {
	const proposal = await propose();
	const page = await pageOf("owner");
	await page.goto(`/deployments?project=${proposal.projectId}`);
	const row = rowOf(page, proposal.rationale);
	await expect(row).toContainText(proposal.projectName);
	await expect(row.getByTitle(/words? added/)).toHaveText(/^\+\d+ −\d+ words$/);
	await expect(row.getByTitle(/95 % interval/)).toHaveText(/^better\+0\.29.*\[\+0\.13 \+0\.42\]correctness$/);
	await expect(row).toContainText(/▲ \d findings?, the worst is severe/);
	await expect(row.locator("time")).toHaveText("now");
	await expect(row.locator("time")).toHaveAttribute("title", /^A\/B passed since .* UTC, proposed .* UTC$/);
	await page.setViewportSize({ width: 390, height: 844 });
	const [findings, since] = [
		row.locator("td", { hasText: "finding" }),
		row.locator("td", { has: page.locator("time") }),
	];
	await expect(findings).toBeVisible();
	const boxes = await Promise.all([findings.boundingBox(), since.boundingBox()]);
	expect(boxes[0]?.y, "on a narrow screen they share the first line").toBe(boxes[1]?.y);
	expect((boxes[1]?.x ?? 0) + (boxes[1]?.width ?? 0)).toBeLessThanOrEqual(390);
	await page.setViewportSize({ width: 1440, height: 900 });
	await row.getByTitle(/95 % interval/).click();
	await expect(page).toHaveURL(`/deployments/${proposal.id}`);
});

test("the queue is searched, filtered and ordered in the URL, and what cannot be meant is told", async ({
	pageOf,
}) => {
	const proposal = await propose();
	const untested = await propose({ ab_report: null, status: "proposed" });
	const page = await pageOf("owner");
	await page.goto("/deployments");
	await pressUntilFocused(page, "/", page.getByRole("searchbox", { name: "Search" }));
	await page.keyboard.type("ca");
	await expect(page.getByText("At least 3 letters")).toBeVisible();
	const mark = proposal.rationale.slice(-10, -1);
	await page.getByRole("searchbox", { name: "Search" }).fill(mark.toUpperCase());
	await expect(page.getByText("1 deployment", { exact: true })).toBeVisible();
	await expect(rowOf(page, proposal.rationale)).toBeVisible();
	await expect(page).toHaveURL(/[?&]q=/);
	await page.reload();
	await expect(rowOf(page, proposal.rationale)).toBeVisible();
	await page.getByRole("searchbox", { name: "Search" }).fill(proposal.id.slice(0, 13));
	await expect(page.getByText("1 deployment", { exact: true })).toBeVisible();
	await page.getByRole("searchbox", { name: "Search" }).fill("no such words anywhere");
	await expect(page.getByText("Nothing matches")).toBeVisible();
	await page.goto(`/deployments?project=${untested.projectId}`);
	await page.getByRole("combobox", { name: "Verdict" }).selectOption("Better");
	await expect(page.getByText("Nothing matches")).toBeVisible();
	await page.getByRole("combobox", { name: "Verdict" }).selectOption("Untested");
	await page.getByRole("combobox", { name: "Age" }).selectOption("Last 24 hours");
	await expect(page.getByRole("combobox", { name: "Order" })).toContainText("By state, newest proposal");
	await page.getByRole("combobox", { name: "Order" }).selectOption("Waiting longest first");
	await expect(rowOf(page, untested.rationale)).toBeVisible();
	await expect(page).toHaveURL(
		`/deployments?project=${untested.projectId}&verdict=untested&age=1d&sort=waiting`,
	);
	await page.goto("/deployments?status=odd&view=closed");
	await expect(page.getByText("This page does not know status=odd, which the link asks for.")).toBeVisible();
});

test("Back and Forward lead through what was searched, and the box says what the link says", async ({
	pageOf,
}) => {
	const proposal = await propose();
	const page = await pageOf("owner");
	const [before, searched] = [
		`/deployments?project=${proposal.projectId}`,
		`/deployments?project=${proposal.projectId}&q=refund`,
	];
	await page.goto("/deployments?view=closed");
	await page.goto(before);
	const box = page.getByRole("searchbox", { name: "Search" });
	await box.fill("refund");
	await expect(page).toHaveURL(searched);
	const entries = await page.evaluate(() => history.length);
	// Longer than the pause after which what is typed is searched.
	const comesToRest = () => page.waitForTimeout(600);
	for (let time = 0; time < 2; time += 1) {
		await page.goBack();
		await comesToRest();
		await expect(page).toHaveURL(before);
		await expect(box).toHaveValue("");
		await page.goForward();
		await comesToRest();
		await expect(page).toHaveURL(searched);
		await expect(box).toHaveValue("refund");
	}
	expect(await page.evaluate(() => history.length)).toBe(entries);
	await page.goBack();
	await comesToRest();
	await page.goBack();
	await expect(page).toHaveURL("/deployments?view=closed");
});

test("a decision taken elsewhere shows in its row, and what is new waits until it is asked for", async ({
	pageOf,
}) => {
	const proposal = await propose();
	const page = await pageOf("member");
	await page.goto(`/deployments?project=${proposal.projectId}`);
	const row = rowOf(page, proposal.rationale);
	await row.getByRole("link").focus();
	await askApi("owner", "POST", `/v1/prompts/deployments/${proposal.id}/approve`);
	await expect(row).toContainText("Shipped");
	await expect(viewLink(page, /^Live 1$/)).toBeVisible();
	await expect(row.getByRole("link"), "the focus outlives it").toBeFocused();
	const { rationale } = await propose({ project_id: proposal.projectId });
	const arrivals = page.getByRole("button", { name: "1 new" });
	await expect(arrivals).toBeVisible();
	await expect(rowOf(page, rationale)).toBeHidden();
	await arrivals.click();
	await expect(rowOf(page, rationale)).toBeVisible();
	await expect(arrivals).toBeHidden();
});

test("on a narrow screen the view that is open is in sight, and the page stays at its top", async ({
	pageOf,
}) => {
	const page = await pageOf("viewer");
	await page.setViewportSize({ width: 390, height: 844 });
	for (const [view, name] of [
		["closed", /^Closed/],
		["needs-decision", /^Needs a decision/],
	] as const) {
		await page.goto(`/deployments?view=${view}`);
		await expect(viewLink(page, name)).toHaveAttribute("aria-current", "true");
		await expect(viewLink(page, name)).toBeInViewport({ ratio: 1 });
		expect(await page.evaluate(() => [window.scrollX, window.scrollY])).toEqual([0, 0]);
	}
});

test("the rationale can be read at every width, and the badge of the system is whole", async ({ pageOf }) => {
	const page = await pageOf("owner");
	await page.goto("/deployments?view=closed");
	const rationale = page.getByRole("columnheader", { name: "Rationale" });
	const badge = page.getByRole("cell", { name: /^Automatic rollback system$/ }).first();
	for (const width of [1024, 1280, 1440]) {
		await page.setViewportSize({ width, height: 900 });
		expect((await rationale.boundingBox())?.width, `at ${width}`).toBeGreaterThanOrEqual(200);
		const [cell, word] = await Promise.all([
			badge.boundingBox(),
			badge.getByText("system", { exact: true }).boundingBox(),
		]);
		expect(cell && word && word.x + word.width <= cell.x + cell.width, `at ${width}`).toBe(true);
	}
});

test("a selected row stays tinted under the mouse, and the outline of the focus leaves its text whole", async ({
	pageOf,
}) => {
	const proposal = await propose();
	const owner = await pageOf("owner");
	await owner.goto(`/deployments?project=${proposal.projectId}`);
	const row = rowOf(owner, proposal.rationale);
	const ground = () => row.evaluate((tr) => getComputedStyle(tr).backgroundColor);
	await row.getByRole("checkbox").check();
	await owner.mouse.move(0, 0);
	const tint = await ground();
	await row.hover();
	expect(await ground()).toBe(tint);
	await row.getByRole("checkbox").uncheck();
	expect(await ground()).not.toBe(tint);

	const viewer = await pageOf("viewer");
	await viewer.goto(`/deployments?project=${proposal.projectId}`);
	const link = rowOf(viewer, proposal.rationale).getByRole("link");
	const outlineStart = await link.evaluate((a) => Number.parseFloat(getComputedStyle(a, "::after").left));
	expect(outlineStart).toBeLessThanOrEqual(-4);
});

test("10,000 rows: few are drawn, the keyboard goes through them, and the way back leads to the same row", async ({
	pageOf,
}) => {
	const page = await pageOf(manyRows);
	await page.goto("/deployments?view=all");
	const table = page.getByRole("table");
	await expect(viewLink(page, /^All 10,0\d\d$/)).toBeVisible();
	expect(Number(await table.getAttribute("aria-rowcount"))).toBeGreaterThan(filledRows);
	await expect(page.getByText(/^50 of 10,0\d\d deployments$/)).toBeVisible();
	for (let scrolled = 0; scrolled < 4; scrolled += 1) {
		await expect(async () => {
			await page.mouse.wheel(0, -400);
			await page.mouse.wheel(0, 20_000);
			const shown = page.getByText(/^[\d,]+ of 10,0\d\d deployments$/);
			const rows = Number((await shown.textContent())?.replace(/ of .*|,/g, ""));
			expect(rows).toBeGreaterThanOrEqual(50 + 200 * (scrolled + 1));
		}).toPass();
	}
	expect(await page.getByRole("row").count(), "rows in the document").toBeLessThan(80);
	await page.keyboard.press("j");
	await page.keyboard.press("j");
	await page.keyboard.press("k");
	await page.keyboard.press("j");
	const focused = page.locator("tr:has(a:focus)");
	await expect(focused).toHaveAttribute("aria-rowindex", "3");
	await expect(focused, "the row that has the focus is in sight").toBeInViewport();
	for (let presses = 0; presses < 40; presses += 1) await page.keyboard.press("j");
	await expect(focused).toHaveAttribute("aria-rowindex", "43");
	await expect(focused).toBeInViewport();
	await page.keyboard.press("x");
	await expect(page.getByText("1 selected")).toBeVisible();
	const id = await focused.getAttribute("data-row-id");
	const scrolledTo = await page.evaluate(() => window.scrollY);
	await page.keyboard.press("Enter");
	await expect(page).toHaveURL(`/deployments/${id}`);
	await page.keyboard.press("u");
	await expect(page).toHaveURL("/deployments?view=all");
	await expect(page.getByText("1 selected")).toBeVisible();
	expect(await page.evaluate(() => window.scrollY)).toBe(scrolledTo);
	await expect(focused).toHaveAttribute("data-row-id", id ?? "");
	await page.keyboard.press("j");
	await expect(focused).toHaveAttribute("aria-rowindex", "44");
	await page.keyboard.press("Escape");
	await expect(page.getByText("1 selected")).toBeHidden();
});

test("the next rows that cannot be read are asked for again when the person wants it", async ({
	pageOf,
	allowNoise,
}) => {
	allowNoise(/502|Failed to load resource/);
	const page = await pageOf(manyRows);
	await page.goto("/deployments?view=all");
	const laterRows = /\/v1\/prompts\/queue\?.*cursor=/;
	await page.route(laterRows, (route) =>
		route.fulfill({ status: 502, json: { error: "The API cannot be reached.", code: "unreachable" } }),
	);
	await expect(async () => {
		await page.mouse.wheel(0, -400);
		await page.mouse.wheel(0, 20_000);
		await expect(page.getByText("The next rows could not be read.")).toBeVisible({ timeout: 5_000 });
	}).toPass();
	await expect(page.getByRole("row").nth(1)).toBeVisible();
	await page.unroute(laterRows);
	await page.getByRole("button", { name: "Try again" }).click();
	await expect(page.getByText(/^250 of /)).toBeVisible();
});

test("the keyboard alone takes an owner from sign-in to a rejection", async ({ pageOf }) => {
	const proposal = await propose();
	const page = await pageOf("owner");
	await page.goto(`/deployments?project=${proposal.projectId}`);
	await pressUntilFocused(page, "j", rowOf(page, proposal.rationale).getByRole("link"));
	await page.keyboard.press("Enter");
	await expect(page.getByRole("heading", { level: 1 })).toHaveText(proposal.rationale);
	await page.keyboard.press("r");
	await page.keyboard.type("Written without a mouse.");
	// The dialog is loaded when it is asked for, and nobody goes on in one that is not there.
	await expect(page.getByLabel("Reason")).toHaveValue("Written without a mouse.");
	await page.keyboard.press("Tab");
	await page.keyboard.press("Tab");
	await page.keyboard.press("Enter");
	await expect(page.getByText("Rejected. The API confirmed it.")).toBeVisible();
});

test("the sample data shows every state and the regression banner leads to what regressed", async ({
	pageOf,
}) => {
	const page = await pageOf("viewer");
	for (const status of [
		"proposed",
		"ab_running",
		"ab_passed",
		"ab_failed",
		"shipped",
		"monitoring",
		"regressed",
		"rolled_back",
		"rejected",
	]) {
		await page.goto(`/deployments?status=${status}`);
		await expect(page.getByRole("row").nth(1), status).toBeVisible();
	}
	await page.getByRole("link", { name: /^Look/ }).first().click();
	await expect(page).toHaveURL("/triage");
});

test("colours follow the choice, which outlives a reload", async ({ pageOf }) => {
	const page = await pageOf("viewer");
	await page.goto("/deployments");
	const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
	expect(await background()).toBe("rgb(255, 255, 255)");
	await page.getByRole("button", { name: "Colours" }).click();
	await page.getByRole("menuitemradio", { name: "Dark" }).click();
	expect(await background()).toBe("rgb(17, 18, 21)");
	await page.reload();
	expect(await background()).toBe("rgb(17, 18, 21)");
	await page.emulateMedia({ colorScheme: "light" });
	expect(await background()).toBe("rgb(17, 18, 21)");
	await page.getByRole("button", { name: "Colours" }).click();
	await page.getByRole("menuitemradio", { name: "As the system" }).click();
	expect(await background()).toBe("rgb(255, 255, 255)");
});

/** A list comes to life a moment after its page, and a key that is pressed before does nothing. */
async function pressUntilFocused(page: Page, key: string, wanted: Locator): Promise<void> {
	await expect(async () => {
		await page.keyboard.press(key);
		await expect(wanted).toBeFocused({ timeout: 500 });
	}).toPass();
}
