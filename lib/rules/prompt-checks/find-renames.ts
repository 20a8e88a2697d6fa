interface Named {
	/** Only names of one group, or of two that both stand in a template, can be one thing renamed. */
	group: string;
	name: string;
}

/** More pairs than this are not compared: nobody renames so many at once, and time stays bounded. */
const mostPairs = 2_500;
const leastSimilarity = 0.6;

/**
 * Pairs of a name that is gone and one that is new which look like one thing with another name: `order_id` and
 * `orderId`, `repo` and `repository`, `name` and `customer_name`. A pair counts only where neither of the two
 * has a second partner that resembles it as well: then nobody can say which one it was.
 */
export function findRenames<Each extends Named>(
	gone: readonly Each[],
	added: readonly Each[],
): [Each, Each][] {
	if (gone.length * added.length > mostPairs) return [];
	const similar: [Each, Each][] = [];
	for (const old of gone)
		for (const fresh of added)
			if (old.group === fresh.group && similarity(old.name, fresh.name) >= leastSimilarity)
				similar.push([old, fresh]);
	const partners = new Map<Each, number>();
	for (const each of similar.flat()) partners.set(each, (partners.get(each) ?? 0) + 1);
	return similar.filter(([old, fresh]) => partners.get(old) === 1 && partners.get(fresh) === 1);
}

/** Between 0 and 1: by their words, or by their letters, whichever is more. */
function similarity(one: string, other: string): number {
	const [words, others] = [wordsOf(one), wordsOf(other)];
	const [joined, otherJoined] = [words.join(""), others.join("")];
	if (joined === otherJoined) return joined === "" ? 0 : 1;
	// Two numbers, as in `{0}` and `{1}`, are two things.
	if (/^\d+$/.test(joined) || /^\d+$/.test(otherJoined)) return 0;
	const shared = words.filter((word) => others.some((each) => isSameWord(word, each))).length;
	const byWords = (2 * shared) / (words.length + others.length);
	const longest = Math.max(joined.length, otherJoined.length);
	if (longest > 80) return byWords;
	return Math.max(byWords, 1 - distance(joined, otherJoined) / longest);
}

function isSameWord(one: string, other: string): boolean {
	const [short, long] = one.length <= other.length ? [one, other] : [other, one];
	return short === long || (short.length >= 3 && long.startsWith(short));
}

function wordsOf(name: string): string[] {
	return name
		.replace(/(\p{Ll})(\p{Lu})/gu, "$1 $2")
		.toLowerCase()
		.split(/[^\p{L}\p{M}\p{N}]+/u)
		.filter((word) => word !== "");
}

/** Letters to be put in, taken out or replaced to make one of the other. */
function distance(one: string, other: string): number {
	let row = Array.from({ length: other.length + 1 }, (_, index) => index);
	for (let i = 1; i <= one.length; i += 1) {
		const next = [i];
		for (let j = 1; j <= other.length; j += 1) {
			const replaced = (row[j - 1] ?? 0) + (one[i - 1] === other[j - 1] ? 0 : 1);
			next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
		}
		row = next;
	}
	return row[other.length] ?? 0;
}
