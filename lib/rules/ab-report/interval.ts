import type { Interval } from "./model";
import { normalQuantile } from "./normal";

/** What one arm showed. `successes` lies in 0…`cases`; it may be broken where a rate is a mean of scores. */
export interface ArmResult {
	successes: number;
	cases: number;
}

/** 95 %, two-sided. */
const z = normalQuantile(0.975);

/**
 * The 95 % score interval of one proportion, in shares (0…1): Wilson, "Probable inference, the law of
 * succession, and statistical inference", Journal of the American Statistical Association 22:209–212, 1927.
 * Needs at least one case.
 */
export function wilsonInterval({ successes, cases }: ArmResult): Interval {
	const share = successes / cases;
	const scale = 1 + (z * z) / cases;
	const centre = (share + (z * z) / (2 * cases)) / scale;
	const half = (z / scale) * Math.sqrt((share * (1 - share)) / cases + (z * z) / (4 * cases * cases));
	return {
		low: successes <= 0 ? 0 : Math.min(share, Math.max(0, centre - half)),
		high: successes >= cases ? 1 : Math.max(share, Math.min(1, centre + half)),
	};
}

/**
 * The 95 % interval of candidate − baseline, in shares (−1…1), for two independent proportions: the hybrid
 * score interval without continuity correction, method 10 of Newcombe, "Interval estimation for the
 * difference between independent proportions: comparison of eleven methods", Statistics in Medicine
 * 17:873–890, 1998. Needs at least one case in each arm.
 */
export function differenceInterval(baseline: ArmResult, candidate: ArmResult): Interval {
	const from = baseline.successes / baseline.cases;
	const to = candidate.successes / candidate.cases;
	const fromInterval = wilsonInterval(baseline);
	const toInterval = wilsonInterval(candidate);
	const difference = to - from;
	return {
		low: Math.max(-1, difference - Math.hypot(to - toInterval.low, fromInterval.high - from)),
		high: Math.min(1, difference + Math.hypot(toInterval.high - to, from - fromInterval.low)),
	};
}
