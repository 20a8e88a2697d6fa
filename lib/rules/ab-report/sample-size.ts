import { isSizeName, metricKeyOf } from "./metric-key";
import type { Arm, Cases, ReadFault } from "./model";

/** Nothing is said of how many cases there were. */
export const nobody: Cases = { baseline: null, candidate: null };

/**
 * The cases that an object gives for each arm (`sample_size`, `n`, `num_cases`, `n_baseline` and the like), and
 * the keys that said so. What is meant as a size and is none (0, a fraction, a text) is added to `faults`.
 */
export function readSizes(
	object: Readonly<Record<string, unknown>>,
	faults: ReadFault[],
): { cases: Cases; usedKeys: Set<string> } {
	const usedKeys = new Set<string>();
	const cases: Record<Arm, number | null> = { baseline: null, candidate: null };
	const general: { key: string; value: number }[] = [];
	for (const [key, value] of Object.entries(object)) {
		const perArm = metricKeyOf(key);
		const arm = perArm !== null && isSizeName(perArm.name) ? perArm.slot.arm : null;
		if (arm === "delta" || (arm === null && !isSizeName(key))) continue;
		// A list of cases is not a number of cases.
		if (typeof value === "object" && value !== null) continue;
		if (!isUsableSize(value)) {
			if (isMeantAsSize(key, value)) faults.push({ kind: "size", key, value });
			continue;
		}
		if (arm === null) general.push({ key, value });
		else if (cases[arm] === null) {
			cases[arm] = value;
			usedKeys.add(key);
		}
	}
	return { cases: withGeneral(cases, general, usedKeys, faults), usedKeys };
}

/** Joins sizes per arm with sizes for both. Of two that differ the smaller counts: it claims less. */
function withGeneral(
	perArm: Cases,
	general: readonly { key: string; value: number }[],
	usedKeys: Set<string>,
	faults: ReadFault[],
): Cases {
	const smallest = general.reduce<(typeof general)[number] | null>(
		(least, one) => (least === null || one.value < least.value ? one : least),
		null,
	);
	if (smallest === null) return perArm;
	const { baseline, candidate } = perArm;
	if (baseline === null || candidate === null) {
		const others = general.filter(({ value }) => value !== smallest.value);
		if (others.length > 0) faults.push({ kind: "sizes", used: smallest.value, others });
		if (baseline === null && candidate === null) usedKeys.add(smallest.key);
		return { baseline: baseline ?? smallest.value, candidate: candidate ?? smallest.value };
	}
	const known = new Set([baseline, candidate, baseline + candidate]);
	const others = general.filter(({ value }) => !known.has(value));
	if (others.length > 0) faults.push({ kind: "sizes", used: Math.min(baseline, candidate), others });
	return perArm;
}

/** The cases of something nested: its own where it says so, else what holds around it. */
export function sizesInside(
	object: Readonly<Record<string, unknown>>,
	around: Cases,
	faults: ReadFault[],
): Cases {
	const { baseline, candidate } = readSizes(object, faults).cases;
	return { baseline: baseline ?? around.baseline, candidate: candidate ?? around.candidate };
}

/** True for a key that names the cases of both arms or of one. */
export function isSizeKey(key: string): boolean {
	const perArm = metricKeyOf(key);
	return isSizeName(key) || (perArm !== null && perArm.slot.arm !== "delta" && isSizeName(perArm.name));
}

/** `examples: "in the appendix"` is no number of cases that went wrong; `n: "eighty"` is. */
function isMeantAsSize(key: string, value: unknown): boolean {
	if (value === null || value === undefined) return false;
	return typeof value !== "string" || !/(?:^|\W|_)(?:samples|cases|examples)$/i.test(key) || /num/i.test(key);
}

/** A number of cases that can be calculated with: whole and at least 1. */
export function isUsableSize(value: unknown): value is number {
	return typeof value === "number" && Number.isSafeInteger(value) && value >= 1;
}
