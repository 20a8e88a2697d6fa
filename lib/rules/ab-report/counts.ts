import { decimalsOf } from "./figure";
import type { ArmResult } from "./interval";

/**
 * The whole numbers of cases that a printed share may stand for. `exact`: only one, so the count is known.
 * `rounded`: several, the share was rounded more coarsely than one case. `none`: no whole number gives this
 * share; it may be a mean of scores, and `least` and `most` are its neighbours.
 */
export interface SuccessRange {
	kind: "exact" | "rounded" | "none";
	least: number;
	most: number;
	/** Share times cases, as it comes. */
	plain: number;
}

/** Fewer decimals than two are taken for zeros that JSON has dropped: 0.5 for 0.50. */
const fewestDecimals = 2;

/**
 * Works out which successes a share (0…1) of `cases` stands for. `unit` is 1 for a rate and 100 for percent,
 * `printed` the figure as the report has it.
 */
export function successesOf(printed: number, unit: 1 | 100, cases: number): SuccessRange {
	const share = printed / unit;
	const decimals = Math.max(fewestDecimals, decimalsOf(printed) + (unit === 100 ? 2 : 0));
	const half = 0.5 * 10 ** -Math.min(15, decimals);
	const slack = 1e-9 * Math.max(1, cases * 1e-3);
	const plain = Math.min(cases, Math.max(0, share * cases));
	const least = Math.max(0, Math.ceil((share - half) * cases - slack));
	const most = Math.min(cases, Math.floor((share + half) * cases + slack));
	if (least > most) return { kind: "none", least: Math.floor(plain), most: Math.ceil(plain), plain };
	return { kind: least === most ? "exact" : "rounded", least, most, plain };
}

/** The successes of both arms that lie closest together: what is shown for these is shown for all others. */
export function closestResults(
	baseline: { range: SuccessRange; cases: number },
	candidate: { range: SuccessRange; cases: number },
): { baseline: ArmResult; candidate: ArmResult } | null {
	const isRise = candidate.range.plain / candidate.cases >= baseline.range.plain / baseline.cases;
	const from = isRise ? baseline.range.most : baseline.range.least;
	const to = isRise ? candidate.range.least : candidate.range.most;
	const difference = to / candidate.cases - from / baseline.cases;
	// The ranges overlap: the arms may be equal.
	if (isRise ? difference < 0 : difference > 0) return null;
	return {
		baseline: { successes: from, cases: baseline.cases },
		candidate: { successes: to, cases: candidate.cases },
	};
}
