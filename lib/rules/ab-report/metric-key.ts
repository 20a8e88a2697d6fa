import type { Arm } from "./model";

/** What a report may call its two arms. A pair is never mixed: `before` goes with `after` alone. */
export const pairs = [
	{ baseline: "baseline", candidate: "candidate" },
	{ baseline: "control", candidate: "treatment" },
	{ baseline: "before", candidate: "after" },
	{ baseline: "current", candidate: "proposed" },
] as const satisfies readonly Record<Arm, string>[];

const deltaWords = ["delta", "difference", "diff", "change"];
const sizeNames = new Set([
	...["n", "sample size", "samples", "num samples", "n samples", "sample count", "cases", "num cases"],
	...["n cases", "case count", "test cases", "number of cases", "examples", "num examples"],
]);

/** What a key, or a part of it, stands for: an arm of one of the pairs, or the delta of any. */
export type Slot = { arm: Arm; pair: number } | { arm: "delta"; pair: null };

const slots: readonly (readonly [word: string, slot: Slot])[] = [
	...pairs.flatMap(({ baseline, candidate }, pair) => [
		[baseline, { arm: "baseline", pair }] as const,
		[candidate, { arm: "candidate", pair }] as const,
	]),
	...deltaWords.map((word) => [word, { arm: "delta", pair: null }] as const),
];
const slotByWord = new Map(slots);
const longestWord = Math.max(...slots.map(([word]) => word.length));
const separators = new Set(["_", "-", ".", " ", ":", "/"]);

/** A key taken apart: `correctness_baseline`, `baseline_correctness`, `correctnessBaseline`. */
export interface MetricKey {
	name: string;
	form: "suffix" | "prefix";
	slot: Slot;
}

/** The slot that a key is, when it is nothing but such a word. */
export function slotOf(key: string): Slot | null {
	return key.length > 12 ? null : (slotByWord.get(key.trim().toLowerCase()) ?? null);
}

/** True for a key that names how many cases there were. */
export function isSizeName(key: string): boolean {
	if (key.length > 30 || !/(?:n|size|count|samples|cases|examples)$/i.test(key)) return false;
	const words = key.replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase();
	return sizeNames.has(words.replace(/[_\-. ]+/g, " ").trim());
}

/** Takes a key apart into a metric's name and the slot, or null. Looks at the ends of the key only. */
export function metricKeyOf(key: string): MetricKey | null {
	const end = key.slice(-longestWord).toLowerCase();
	for (const [word, slot] of slots) {
		const name = end.endsWith(word) ? withoutSuffix(key, word) : null;
		if (name !== null) return { name, form: "suffix", slot };
	}
	const start = key.slice(0, longestWord).toLowerCase();
	for (const [word, slot] of slots) {
		const name = slot.arm !== "delta" && start.startsWith(word) ? withoutPrefix(key, word) : null;
		if (name !== null) return { name, form: "prefix", slot };
	}
	return null;
}

function withoutSuffix(key: string, word: string): string | null {
	const start = key.length - word.length;
	const tail = key.slice(start);
	if (start < 1) return null;
	const before = key.charAt(start - 1);
	if (separators.has(before)) return start < 2 ? null : key.slice(0, start - 1);
	return /[a-z0-9]/.test(before) && /^[A-Z]/.test(tail) ? key.slice(0, start) : null;
}

function withoutPrefix(key: string, word: string): string | null {
	const head = key.slice(0, word.length);
	const rest = key.slice(word.length);
	if (rest === "") return null;
	if (separators.has(rest.charAt(0))) return rest.length < 2 ? null : rest.slice(1);
	return /[a-z]$/.test(head) && /^[A-Z]/.test(rest) ? rest.charAt(0).toLowerCase() + rest.slice(1) : null;
}
