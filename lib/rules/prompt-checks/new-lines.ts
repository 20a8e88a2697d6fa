/** Lines of the proposed prompt that stand together, in UTF-16 units: `proposed.slice(start, end)`. */
interface NewLines {
	start: number;
	end: number;
}

/**
 * The lines that the current prompt has nowhere, neighbours joined into one stretch; white space at the ends
 * of a line does not make it new. What a check finds in them may still be known: a changed line holds old
 * text too. Linear time.
 */
export function findNewLines(current: string, proposed: string): NewLines[] {
	const known = new Set(current.split("\n").map((line) => line.trim()));
	const found: NewLines[] = [];
	let start = 0;
	for (const line of proposed.split("\n")) {
		const end = start + line.length;
		const trimmed = line.trim();
		if (trimmed !== "" && !known.has(trimmed)) {
			const last = found.at(-1);
			if (last !== undefined && last.end === start - 1) last.end = end;
			else found.push({ start, end });
		}
		start = end + 1;
	}
	return found;
}
