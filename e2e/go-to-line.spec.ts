import type { Page } from "@playwright/test";
import { propose } from "./api";
import { expect, test } from "./fixtures";

const diffOf = (page: Page) => page.getByRole("region", { name: "Prompt diff" });
const rowOf = (page: Page, anchor: string) => page.locator("tr", { has: page.locator(`#${anchor}`) });

/** 3,000 lines of which every fortieth is changed: more than is sent first, with folds between. */
function manyChanges() {
	const current = Array.from({ length: 3_000 }, (_, index) => `Case ${index + 1}: answer with care.`);
	const proposed = current.map((line, index) =>
		index % 40 === 39 ? line.replace("care", "great care") : line,
	);
	return { current_prompt: `${current.join("\n")}\n`, proposed_prompt: `${proposed.join("\n")}\n` };
}

/** One line of about 40 KB in which the words at these sentences are changed. */
function longLine(...changed: number[]) {
	const sentences = Array.from(
		{ length: 500 },
		(_, index) => `In case ${index} you should say plainly what comes next.`,
	);
	const proposed = sentences.map((sentence, index) =>
		changed.includes(index) ? sentence.replace("should say", "should not say") : sentence,
	);
	return { current_prompt: sentences.join(" "), proposed_prompt: proposed.join(" ") };
}

async function open(page: Page, prompts: Record<string, unknown>, hash = "") {
	const proposal = await propose(prompts);
	await page.goto(`/deployments/${proposal.id}${hash}`);
	return proposal;
}

test("a link to a line that comes after the first screen, or is folded there, opens the page at it", async ({
	pageOf,
}) => {
	const page = await pageOf("viewer");
	const { id } = await open(page, manyChanges(), "#P2400");
	await expect(rowOf(page, "P2400")).toBeInViewport();
	await page.goto("/audit");
	await page.goto(`/deployments/${id}#C2500`);
	await expect(rowOf(page, "C2500")).toBeInViewport();
	await expect(rowOf(page, "C2500")).toContainText("Case 2500");
	await page.evaluate(() => (window.location.hash = "#C1220"));
	await expect(rowOf(page, "C1220")).toBeInViewport();
	await page.goBack();
	await expect(rowOf(page, "C2500")).toBeInViewport();
});

test("a link to a line that no prompt has says so", async ({ pageOf }) => {
	const page = await pageOf("viewer");
	await open(page, manyChanges(), "#C4000");
	await expect(diffOf(page).getByRole("alert")).toHaveText(
		"There is no line 4000 on the left in this comparison.",
	);
	await page.keyboard.press("n");
	await expect(diffOf(page).getByText("Change 1 of 75")).toBeInViewport();
});

for (const width of [1440, 390]) {
	test(`n and a finding go to the words of a line that is longer than the window, at ${width} px`, async ({
		pageOf,
	}) => {
		const page = await pageOf("viewer");
		await page.setViewportSize({ width, height: 844 });
		await open(page, longLine(200, 450));
		const words = diffOf(page).locator("ins.diff-word");
		await expect(words).toHaveCount(2);
		await page.keyboard.press("n");
		await expect(words.first()).toBeInViewport();
		await page.keyboard.press("n");
		await expect(words.last()).toBeInViewport();
		await page.keyboard.press("p");
		await expect(words.first()).toBeInViewport();
		await expect(diffOf(page).getByText("Change 1 of 1")).toBeInViewport();
	});
}

test("without wrapping, n goes sideways to the word", async ({ pageOf }) => {
	const page = await pageOf("viewer");
	await open(page, longLine(300));
	await diffOf(page).getByRole("radio", { name: "Scroll" }).click();
	await page.keyboard.press("n");
	await expect(diffOf(page).locator("ins.diff-word")).toBeInViewport();
});

test("a finding leads to its place from the raw prompt too, and again after one has scrolled away", async ({
	pageOf,
}) => {
	const page = await pageOf("viewer");
	const filler = Array.from(
		{ length: 120 },
		(_, index) => `Rule ${index + 1}: answer in full sentences.`,
	).join("\n");
	await open(page, {
		current_prompt: `${filler}\nNever promise a refund.\n${filler}\n`,
		proposed_prompt: `${filler}\nAvoid promising a refund.\n${filler}\n`,
	});
	const link = page
		.getByRole("region", { name: "Checks" })
		.getByRole("link", { name: "Line 121 of the current prompt" })
		.first();
	await diffOf(page).getByRole("radio", { name: "Raw current" }).click();
	await link.click();
	await expect(rowOf(page, "C121")).toBeInViewport();
	await page.evaluate(() => window.scrollTo(0, 0));
	await diffOf(page).getByRole("radio", { name: "Raw proposed" }).click();
	await link.click();
	await expect(rowOf(page, "C121")).toBeInViewport();
});

test("where no line differs, its lines can be looked at and gone to still", async ({ pageOf }) => {
	const page = await pageOf("viewer");
	await open(
		page,
		{
			current_prompt: "Sei höflich.\nBleibe.\n",
			proposed_prompt: "Sei höflich.\nBleibe.\n".normalize("NFD"),
		},
		"#P2",
	);
	await expect(diffOf(page).getByText("No line differs; what does is said above.")).toBeVisible();
	await expect(rowOf(page, "P2")).toBeInViewport();
});

test("the way from change to change stays in sight, and a fold that is opened keeps the focus", async ({
	pageOf,
}) => {
	const page = await pageOf("viewer");
	await open(page, manyChanges());
	for (const _ of "nnnnn") await page.keyboard.press("n");
	await expect(diffOf(page).getByText("Change 5 of 75")).toBeInViewport();
	await diffOf(page).getByRole("button", { name: "36 unchanged lines: show" }).first().focus();
	await page.keyboard.press("Enter");
	await expect(page.locator("#C1")).toBeFocused();
});

test("a prompt that could not be read is read again when asked", async ({ pageOf, allowNoise }) => {
	allowNoise(/Failed to load resource/);
	const page = await pageOf("viewer");
	// Longer than what goes with the page.
	const long = "Answer with care, in full sentences.\n".repeat(2_000);
	const { id } = await open(page, { current_prompt: long, proposed_prompt: `${long}Stay.\n` });
	const address = `**/v1/prompts/deployments/${id}`;
	await page.route(address, (route) => route.fulfill({ status: 502, json: { error: "down" } }));
	await diffOf(page).getByRole("radio", { name: "Raw proposed" }).click();
	const again = diffOf(page).getByRole("button", { name: "Read it again" });
	await expect(again).toBeVisible({ timeout: 30_000 });
	await page.unroute(address);
	await again.click();
	await expect(diffOf(page).getByText("Stay.")).toBeAttached();
});
