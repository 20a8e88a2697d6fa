import { type LineTable, sideLine, splitLines } from "./lines";
import type { DiffRow, Fold } from "./model";

/**
 * The rows of a fold, or of some of its lines, `[from, to)` counted from 0 inside it; out of the two exact
 * prompts, or their lines where many folds are opened at once. The browser asks this, so nothing here may import the comparison.
 */
export function unfoldedRows(
	fold: Fold,
	current: string | LineTable,
	proposed: string | LineTable,
	from = 0,
	to = fold.count,
): DiffRow[] {
	const left = typeof current === "string" ? splitLines(current) : current;
	const right = typeof proposed === "string" ? splitLines(proposed) : proposed;
	const rows: DiffRow[] = [];
	for (let index = Math.max(0, from); index < Math.min(to, fold.count); index += 1) {
		rows.push({
			kind: "same",
			left: sideLine(left, fold.left - 1 + index, null),
			right: sideLine(right, fold.right - 1 + index, null),
		});
	}
	return rows;
}
