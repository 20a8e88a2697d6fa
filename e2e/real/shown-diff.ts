import { expect, type Page } from "@playwright/test";
import { revealHiddenCharacters } from "../../lib/rules/hidden-characters";
import type { RealRecord } from "./real-records";

/** Beyond this only what is near the screen is drawn. */
const wholeMaxLength = 200_000;
const wholeMaxLines = 4_000;

/** Every line that only one of the prompts has stands in the diff, on the side it belongs to. */
export async function expectDiffShown(page: Page, record: RealRecord): Promise<void> {
	const region = page.getByRole("region", { name: "Prompt diff" });
	const before = linesOf(record.current_prompt);
	const after = linesOf(record.proposed_prompt);
	if (before.join("\n") === after.join("\n")) {
		await expect(region.getByText(/character for character|No line differs/)).toBeVisible();
		return;
	}
	const table = region.locator("table");
	await expect(table).toBeVisible();
	await expect(table.getByText(/^[+-]$/).first()).toBeVisible();
	if (isDrawnInParts(record)) return;
	const rows = await table
		.locator("tr")
		.evaluateAll((all) => all.map((row) => [...row.children].map((cell) => cell.textContent ?? "")));
	expect(without(onlyIn(after, before), marked(rows, "+")), "added lines that are not shown").toEqual([]);
	expect(without(onlyIn(before, after), marked(rows, "-")), "removed lines that are not shown").toEqual([]);
}

function isDrawnInParts({ current_prompt, proposed_prompt }: RealRecord): boolean {
	const text = `${current_prompt}\n${proposed_prompt}`;
	return text.length > wholeMaxLength || text.split("\n").length > wholeMaxLines;
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
