import type { DiffRow, Fold, Stretch } from "./model";

/** Unchanged lines that stay in sight on either side of a change. */
const contextLines = 3;
/** Fewer than this are not worth a fold: it would take up as much room as they do. */
const leastFolded = 4;

/** How many of `count` unchanged lines stay in sight at either end, and how many are folded between them. */
export function splitUnchanged(
	count: number,
	ends: { isFirst: boolean; isLast: boolean },
): { head: number; folded: number; tail: number } {
	const head = ends.isFirst ? 0 : Math.min(count, contextLines);
	const tail = ends.isLast ? 0 : Math.min(count - head, contextLines);
	const folded = count - head - tail;
	return folded < leastFolded ? { head: count, folded: 0, tail: 0 } : { head, folded, tail };
}

/**
 * Groups rows into stretches, with the lines that are far from any change folded: 3 rows of context stay, and
 * runs of more than 3 further ones become a fold. Rows are all the lines of both sides, in order.
 */
export function foldUnchanged(rows: readonly DiffRow[]): (Stretch | Fold)[] {
	const parts: (Stretch | Fold)[] = [];
	let shown: DiffRow[] = [];
	const closeStretch = () => {
		if (shown.length > 0) parts.push({ kind: "rows", rows: shown });
		shown = [];
	};
	const show = (from: number, to: number) => {
		for (const row of rows.slice(from, to)) shown.push(row);
	};
	for (let from = 0; from < rows.length; ) {
		let to = from;
		while (rows[to]?.kind === "same") to += 1;
		const { head, folded } = splitUnchanged(to - from, { isFirst: from === 0, isLast: to === rows.length });
		const first = rows[from + head];
		if (folded > 0 && first?.kind === "same") {
			show(from, from + head);
			closeStretch();
			parts.push({ kind: "fold", count: folded, left: first.left.number, right: first.right.number });
			show(from + head + folded, to);
		} else show(from, to);
		from = to;
		while (from < rows.length && rows[from]?.kind !== "same") from += 1;
		show(to, from);
	}
	closeStretch();
	return parts;
}
