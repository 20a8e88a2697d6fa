const longestQuote = 200;
/** How much of what is the same stands before the first difference. */
const lead = 60;

/**
 * A text in a sentence: on one line, without marks of Markdown and without a full stop, since the sentence around
 * it has its own. A long one is cut between words; beside `other`, around the first place where they differ.
 */
export function quoteRule(text: string, other?: string): string {
	const plain = plainOf(text);
	const short = plain.length > longestQuote ? shortened(plain, other) : plain;
	return short.endsWith(".") ? short.slice(0, -1) : short;
}

function plainOf(text: string): string {
	return text.replace(/[*`]+/g, "").replace(/\s+/g, " ").trim();
}

function shortened(plain: string, other: string | undefined): string {
	const start = other === undefined ? 0 : startNear(plain, firstDifference(plain, plainOf(other)));
	if (plain.length - start <= longestQuote - 1) return `…${plain.slice(start)}`;
	const room = plain.slice(start, start + longestQuote - 2);
	const space = plain[start + room.length] === " " ? room.length : room.lastIndexOf(" ");
	const cut = space > 0 ? room.slice(0, space) : room.replace(/[\uD800-\uDBFF]$/, "");
	return `${start > 0 ? "…" : ""}${cut.trimEnd()}…`;
}

function firstDifference(one: string, other: string): number {
	let at = 0;
	while (at < one.length && one[at] === other[at]) at += 1;
	return at;
}

/** The beginning of a word, so far before a place that it is read in its sentence. */
function startNear(plain: string, place: number): number {
	if (place <= longestQuote - lead) return 0;
	const wanted = Math.max(0, Math.min(place - lead, plain.length - longestQuote + lead));
	return plain.lastIndexOf(" ", wanted) + 1;
}
