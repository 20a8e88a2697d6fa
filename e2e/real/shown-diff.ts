import { expect, type Locator, type Page } from "@playwright/test";
import { revealHiddenCharacters } from "../../lib/rules/hidden-characters";
import type { RealRecord } from "./real-records";

/** Every line that only one of the prompts has stands in the diff, on the side it belongs to. */
export async function expectDiffShown(page: Page, record: RealRecord): Promise<void> {
	const region = page.getByRole("region", { name: "Prompt diff" });
	const before = linesOf(record.current_prompt);
	const after = linesOf(record.proposed_prompt);
	if (before.join("\n") === after.join("\n")) {
		await expect(region.getByText(/character for character|No line differs/)).toBeVisible();
		return;
	}
	await expect(region.locator("table").first()).toBeVisible();
	await expect(region.getByText("Loading the rest of the diff")).toBeHidden();
	await drawAll(page, region);
	const rows = await region.locator("tr").evaluateAll((all) =>
		all.map((row) =>
			[...row.children].map((cell) => {
				const copy = cell.cloneNode(true) as HTMLElement;
				for (const said of copy.querySelectorAll(".diff-said")) said.remove();
				for (const mark of copy.querySelectorAll<HTMLElement>(".hidden-mark")) {
					mark.replaceWith(`⟦${mark.title.split(", ").at(-1)}⟧`);
				}
				return copy.textContent ?? "";
			}),
		),
	);
	expect(without(onlyIn(after, before), marked(rows, "+")), "added lines that are not shown").toEqual([]);
	expect(without(onlyIn(before, after), marked(rows, "-")), "removed lines that are not shown").toEqual([]);
}

/** Goes through the diff until no part of it is left that waits to come near the screen. */
async function drawAll(page: Page, region: Locator): Promise<void> {
	const undrawn = region.locator("[data-undrawn]");
	await expect(async () => {
		const left = await undrawn.count();
		if (left > 0) await undrawn.first().scrollIntoViewIfNeeded({ timeout: 1_000 });
		expect(await undrawn.count()).toBe(0);
	}).toPass({ timeout: 30_000, intervals: [50] });
	await page.evaluate(() => window.scrollTo(0, 0));
}

/** As the page writes them: one kind of line end, and what cannot be seen written out. */
function linesOf(prompt: string): string[] {
	return revealHiddenCharacters(prompt.replaceAll("\r\n", "\n")).text.split("\n");
}

function onlyIn(lines: string[], others: string[]): string[] {
	return without(lines, others).filter((line) => line.trim() !== "");
}

function without(lines: string[], others: string[]): string[] {
	const known = new Set(others);
	return lines.filter((line) => !known.has(line));
}

/** The lines beside a mark: in both views the cell after `+` or `-` holds the text. */
function marked(rows: string[][], mark: "+" | "-"): string[] {
	return rows.flatMap((cells) => cells.filter((_, index) => cells[index - 1] === mark));
}
