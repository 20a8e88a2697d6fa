import type { DiffRow, Fold, Stretch } from "./model";

/** The first row of each run of rows that are not the same, in order: what `n` and `p` go through. */
export function changeStarts(parts: readonly (Stretch | Fold)[]): DiffRow[] {
	const starts: DiffRow[] = [];
	for (const part of parts) {
		if (part.kind === "fold") continue;
		// A fold stands among unchanged lines: no change runs on across one.
		let isInChange = false;
		for (const row of part.rows) {
			const isChange = row.kind !== "same";
			if (isChange && !isInChange) starts.push(row);
			isInChange = isChange;
		}
	}
	return starts;
}
