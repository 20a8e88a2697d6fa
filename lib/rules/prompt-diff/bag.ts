import type { TokenRange, Tokens, Vocabulary } from "./tokens";

/** What a line or sentence is made of, without order and without upper case: sorted, repetitions kept. */
export interface Bag {
	/** Its words; where it has none, its other characters but white space. */
	members: readonly number[];
	/** The weights of the members, added up; 0 for a blank line. */
	weight: number;
	hasWords: boolean;
}

/** Two sentences that share only `the`, `of` and `to` are not versions of each other. */
const functionWordWeight = 0.25;

/** The bag of a line or sentence. */
export function bagOf(tokens: Tokens, { from, to }: TokenRange, vocabulary: Vocabulary): Bag {
	const members: number[] = [];
	let weight = 0;
	for (let index = from; index < to; index += 1) {
		const number = tokens.numbers[index] ?? 0;
		const kind = vocabulary.kind(number);
		if (kind === "space" || kind === "other") continue;
		members.push(vocabulary.folded(number));
		weight += kind === "word" ? 1 : functionWordWeight;
	}
	if (members.length > 0) return { members: sorted(members), weight, hasWords: true };
	for (let index = from; index < to; index += 1) {
		const number = tokens.numbers[index] ?? 0;
		if (vocabulary.kind(number) !== "space") members.push(number);
	}
	return { members: sorted(members), weight: members.length, hasWords: false };
}

/** Up to here moving numbers one by one is quicker than asking for a sort. */
const shortListLength = 24;

function sorted(members: number[]): readonly number[] {
	if (members.length > shortListLength) return Array.from(Int32Array.from(members).sort());
	for (let index = 1; index < members.length; index += 1) {
		const member = members[index] ?? 0;
		let at = index;
		for (; at > 0 && (members[at - 1] ?? 0) > member; at -= 1) members[at] = members[at - 1] ?? 0;
		members[at] = member;
	}
	return members;
}

/** How much of two bags is common to both: 0 nothing, 1 all. Linear in their members. */
export function similarity(left: Bag, right: Bag, vocabulary: Vocabulary): number {
	if (left.hasWords !== right.hasWords) return 0;
	const total = left.weight + right.weight;
	if (total === 0) return 0;
	const common = commonOf(left.members, right.members, (number) =>
		vocabulary.kind(number) === "function-word" ? functionWordWeight : 1,
	);
	return (2 * common) / total;
}

/** The most that `similarity` can give, without looking at the members. */
export function similarityBound(left: Bag, right: Bag): number {
	if (left.hasWords !== right.hasWords) return 0;
	const total = left.weight + right.weight;
	return total === 0 ? 0 : (2 * Math.min(left.weight, right.weight)) / total;
}

/** How many words each side has more than the other. */
export function surplusWords(left: Bag, right: Bag): { left: number; right: number } {
	const leftWords = left.hasWords ? left.members : [];
	const rightWords = right.hasWords ? right.members : [];
	const common = commonOf(leftWords, rightWords, () => 1);
	return { left: leftWords.length - common, right: rightWords.length - common };
}

function commonOf(
	left: readonly number[],
	right: readonly number[],
	weightOf: (number: number) => number,
): number {
	let [leftAt, rightAt, common] = [0, 0, 0];
	while (leftAt < left.length && rightAt < right.length) {
		const leftNumber = left[leftAt] ?? 0;
		const rightNumber = right[rightAt] ?? 0;
		if (leftNumber === rightNumber) {
			common += weightOf(leftNumber);
			leftAt += 1;
			rightAt += 1;
		} else if (leftNumber < rightNumber) leftAt += 1;
		else rightAt += 1;
	}
	return common;
}
