import type { DiffRow, PromptDiff } from "./model";

/** Letters that stand beside each other in a column of the split view before a line is wrapped. */
const lettersOfLine = 55;

/**
 * Cuts a comparison after the row with which it fills about so many lines on screen, long ones wrapped: what comes
 * first, with all the figures, and the parts behind it, or null when all of it came first.
 */
export function cutAfter(
	whole: PromptDiff,
	lines: number,
): { diff: PromptDiff; rest: PromptDiff["parts"] | null } {
	let room = lines;
	const first: PromptDiff["parts"][number][] = [];
	for (const [index, part] of whole.parts.entries()) {
		if (part.kind === "fold") {
			first.push(part);
			continue;
		}
		const end = part.rows.findIndex((row) => {
			room -= linesOf(row);
			return room <= 0;
		});
		if (end === -1 || end === part.rows.length - 1) {
			first.push(part);
			if (room > 0) continue;
			const rest = whole.parts.slice(index + 1);
			return { diff: { ...whole, parts: first }, rest: rest.length === 0 ? null : rest };
		}
		first.push({ kind: "rows", rows: part.rows.slice(0, end + 1) });
		const behind = { kind: "rows", rows: part.rows.slice(end + 1) } as const;
		return { diff: { ...whole, parts: first }, rest: [behind, ...whole.parts.slice(index + 1)] };
	}
	return { diff: { ...whole, parts: first }, rest: null };
}

function linesOf({ left, right }: DiffRow): number {
	const length = Math.max(left?.text.length ?? 0, right?.text.length ?? 0);
	return Math.max(1, Math.ceil(length / lettersOfLine));
}
