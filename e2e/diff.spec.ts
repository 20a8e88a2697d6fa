import type { Page } from "@playwright/test";
import { propose } from "./api";
import { expect, test } from "./fixtures";
import { storageStateOf } from "./people";

const lines = (count: number, from = 1) =>
	Array.from(
		{ length: count },
		(_, index) => `Rule ${from + index}: answer question ${from + index} with care.`,
	);

/** Sixty lines of which the second, the thirtieth and the last are changed. */
function threeChanges() {
	const current = lines(60);
	const proposed = [...current];
	proposed[1] = "Rule 2: answer question 2 with great care.";
	proposed[29] = "Rule 30: answer question 30 with little care.";
	proposed[59] = "Rule 60: do not answer question 60.";
	return { current_prompt: `${current.join("\n")}\n`, proposed_prompt: `${proposed.join("\n")}\n` };
}

const diffOf = (page: Page) => page.getByRole("region", { name: "Prompt diff" });
const rowOf = (page: Page, anchor: string) => page.locator("tr", { has: page.locator(`#${anchor}`) });

async function open(page: Page, prompts: Record<string, unknown>) {
	const proposal = await propose(prompts);
	await page.goto(`/deployments/${proposal.id}`);
	return proposal;
}

test("the server's first paint shows the changes, without any JavaScript", async ({ browser, baseURL }) => {
	const proposal = await propose(threeChanges());
	const context = await browser.newContext({
		storageState: storageStateOf("viewer"),
		javaScriptEnabled: false,
		...(baseURL === undefined ? {} : { baseURL }),
	});
	const page = await context.newPage();
	await page.goto(`/deployments/${proposal.id}`);
	await expect(diffOf(page).locator("ins.diff-word")).toHaveText(["great ", "little ", "do not "]);
	await context.close();
});

test("the viewer takes the place of the first paint without moving it", async ({ pageOf }) => {
	const page = await pageOf("viewer");
	await page.addInitScript(() => {
		const shifts: string[] = [];
		Object.assign(window, { shifts });
		new PerformanceObserver((list) => {
			for (const entry of list.getEntries() as (PerformanceEntry & { sources?: { node?: Node }[] })[]) {
				for (const { node } of entry.sources ?? []) {
					const element = node instanceof Element ? node : node?.parentElement;
					if (element?.closest("[data-diff]")) shifts.push(element.outerHTML.slice(0, 200));
				}
			}
		}).observe({ type: "layout-shift", buffered: true });
	});
	await open(page, threeChanges());
	await page.keyboard.press("n");
	await expect(diffOf(page).getByText("Change 1 of 3")).toBeVisible();
	expect(await page.evaluate(() => (window as unknown as { shifts: string[] }).shifts)).toEqual([]);
});

test("one word in a paragraph of 3,000 characters is marked as exactly that word", async ({ pageOf }) => {
	const sentences = Array.from(
		{ length: 50 },
		(_, index) => `When case ${index} comes up, tell the customer plainly what you know and what comes next.`,
	);
	const current = sentences.join(" ");
	expect(current.length).toBeGreaterThan(3_000);
	const page = await pageOf("viewer");
	await open(page, {
		current_prompt: current,
		proposed_prompt: current.replace("case 31 comes up, tell", "case 31 comes up, do not tell"),
	});
	await expect(diffOf(page).locator("ins.diff-word")).toHaveText("do not ");
	await expect(diffOf(page).locator("del.diff-word")).toHaveCount(0);
	await expect(diffOf(page).locator("tr")).toHaveCount(1);
});

test("unchanged lines are folded around three lines of context, and open one by one or all", async ({
	pageOf,
}) => {
	const page = await pageOf("viewer");
	await open(page, threeChanges());
	const diff = diffOf(page);
	await expect(diff.getByText("Rule 5: answer")).toHaveCount(2);
	await expect(diff.getByText("Rule 6: answer")).toHaveCount(0);
	await diff.getByRole("button", { name: "21 unchanged lines: show" }).click();
	await expect(diff.getByText("Rule 6: answer")).toHaveCount(2);
	await expect(diff.getByText("Rule 40: answer")).toHaveCount(0);
	await diff.getByRole("button", { name: "Show all lines" }).click();
	await expect(diff.getByText("Rule 40: answer")).toHaveCount(2);
	await diff.getByRole("button", { name: "Fold unchanged lines" }).click();
	await expect(diff.getByText("Rule 40: answer")).toHaveCount(0);
});

test("n and p, and their buttons, go from change to change and say which one it is", async ({ pageOf }) => {
	const page = await pageOf("viewer");
	await open(page, threeChanges());
	const diff = diffOf(page);
	await expect(diff.getByText("3 changes")).toBeVisible();
	await page.keyboard.press("n");
	await expect(diff.getByText("Change 1 of 3")).toBeVisible();
	await expect(page).toHaveURL(/#P2$/);
	await page.keyboard.press("n");
	await expect(page).toHaveURL(/#P30$/);
	await diff.getByRole("button", { name: "Next change (n)" }).click();
	await expect(diff.getByText("Change 3 of 3")).toBeVisible();
	await expect(rowOf(page, "P60")).toBeInViewport();
	await page.keyboard.press("p");
	await expect(diff.getByText("Change 2 of 3")).toBeVisible();
	await diff.getByRole("button", { name: "Previous change (p)" }).click();
	await expect(page).toHaveURL(/#P2$/);
});

test("a key that stands for something does not act while somebody types or a dialog is open", async ({
	pageOf,
}) => {
	const page = await pageOf("owner");
	await open(page, threeChanges());
	await page.getByRole("button", { name: "Reject", exact: true }).click();
	await page.getByRole("dialog").getByLabel("Reason").fill("");
	await page.keyboard.type("no opinion, please");
	await page.keyboard.press("Escape");
	await expect(diffOf(page).getByText("3 changes")).toBeVisible();
});

test("a link to a line opens the page there, also when the line is folded", async ({ pageOf }) => {
	const page = await pageOf("viewer");
	const proposal = await propose(threeChanges());
	await page.goto(`/deployments/${proposal.id}#C45`);
	await expect(rowOf(page, "C45")).toBeInViewport();
	await rowOf(page, "C45").getByRole("link", { name: "Line 45 of the proposed prompt" }).click();
	await expect(page).toHaveURL(/#P45$/);
});

test("long lines wrap or scroll, and the choice is remembered", async ({ pageOf }) => {
	const page = await pageOf("viewer");
	const long = "care ".repeat(100);
	await open(page, { current_prompt: `${long}\n`, proposed_prompt: `${long}and more care\n` });
	const height = async () => (await rowOf(page, "P1").boundingBox())?.height ?? 0;
	expect(await height()).toBeGreaterThan(40);
	await diffOf(page).getByRole("radio", { name: "Scroll" }).click();
	await expect.poll(height).toBeLessThan(30);
	await page.reload();
	await expect.poll(height).toBeLessThan(30);
	expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
});

test("either prompt is copied, and shown raw, letter for letter", async ({ pageOf }) => {
	const page = await pageOf("viewer");
	await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
	const proposed_prompt = "Be kind.\r\n\tAlways\u200b.\n";
	await open(page, { current_prompt: "Be kind.\n", proposed_prompt });
	const diff = diffOf(page);
	await diff.getByRole("button", { name: "Copy proposed prompt" }).click();
	await expect(diff.getByText("Copied")).toBeAttached();
	expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(proposed_prompt);
	await diff.getByRole("radio", { name: "Raw proposed" }).click();
	const raw = page.getByRole("region", { name: "Proposed prompt, raw" });
	expect(await raw.locator("pre").evaluateAll((all) => all.map((one) => one.textContent).join(""))).toBe(
		"Be kind.\r\n\tAlways\u200b.\n",
	);
	await diff.getByRole("radio", { name: "Split" }).click();
	await diff.getByRole("button", { name: "Copy a link to this change" }).click();
	await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toMatch(/#P\d+$/);
});

test("a screen reader hears what was added and removed", async ({ pageOf }) => {
	const page = await pageOf("viewer");
	await open(page, {
		current_prompt: "Be kind.\nStay.\n",
		proposed_prompt: "Be very kind.\nStay.\nLeave.\n",
	});
	await expect(rowOf(page, "P1")).toContainText("Removed: Be kind.");
	await expect(rowOf(page, "P1")).toContainText("Added: Be very kind.");
	await expect(rowOf(page, "P3").locator("ins")).toContainText("Leave.");
	await expect(rowOf(page, "P3")).toContainText("+");
});

test("line ends and accents that only look the same are said, and paint no line", async ({ pageOf }) => {
	const page = await pageOf("viewer");
	await open(page, {
		current_prompt: "Grüße den Kunden.\nCafé?\nSei nett.\n".normalize("NFC"),
		proposed_prompt: "Grüße den Kunden.\r\nCafé?\r\nSei sehr nett.\r\n".normalize("NFD"),
	});
	const diff = diffOf(page);
	await expect(diff.getByText("1 change", { exact: true })).toBeVisible();
	await expect(diff).toContainText("from LF to CRLF");
	await expect(diff).toContainText("NFD");
	await expect(diff.locator("ins.diff-word")).toHaveText("sehr ");
});

test("hidden characters are drawn, and ordinary emoji, Arabic and Hindi are not accused", async ({
	pageOf,
}) => {
	const page = await pageOf("viewer");
	await open(page, {
		current_prompt: "Be kind.\n",
		proposed_prompt: "Be\u202e ki\u200bnd.\n👩‍👩‍👧 👍🏽 🇩🇪 مرحبا می‌خواهم क्ष नमस्ते\n",
	});
	const marks = rowOf(page, "P1").locator(".hidden-mark");
	await expect(marks).toHaveCount(2);
	await expect(marks.first()).toHaveAttribute("title", /U\+202E/i);
	await expect(rowOf(page, "P2").locator(".hidden-mark")).toHaveCount(0);
});

test("20,000 lines are drawn near the screen only, and every change is reached", async ({ pageOf }) => {
	const current = lines(20_000);
	const proposed = current.map((line, index) =>
		index % 1_000 === 500 ? line.replace("care", "love") : line,
	);
	const page = await pageOf("viewer");
	await open(page, { current_prompt: current.join("\n"), proposed_prompt: proposed.join("\n") });
	const diff = diffOf(page);
	await expect(diff.getByText("20 changes")).toBeVisible();
	await expect(diff.locator("ins.diff-word").first()).toHaveText("love");
	await page.keyboard.press("p");
	await expect(diff.getByText("Change 20 of 20")).toBeVisible();
	await expect(rowOf(page, "P19501")).toBeInViewport();
	await diff.getByRole("button", { name: "Show all lines" }).click();
	await expect(diff.getByRole("button", { name: "Fold unchanged lines" })).toBeVisible();
	expect(await diff.locator("tr").count()).toBeLessThan(2_000);
});

test("what is too large to be compared by word says so", async ({ pageOf }) => {
	const current = Array.from(
		{ length: 9_000 },
		(_, index) => `Rule ${index}: ${"be careful ".repeat(6)}always.`,
	);
	const proposed = current.map((line) => line.replace("always", "now and then"));
	const page = await pageOf("viewer");
	await open(page, { current_prompt: current.join("\n"), proposed_prompt: proposed.join("\n") });
	await expect(diffOf(page)).toContainText("Compared by line: too large to compare by word.");
	await expect(diffOf(page).locator("del").first()).toBeVisible();
});
