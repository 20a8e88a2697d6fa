import type { ArmResult } from "./interval";
import { normalCdf } from "./normal";

/** Beyond this spread the exact sum has tens of thousands of terms and agrees with the normal one to 1e-3. */
const exactMaxDeviation = 300;
/** A term this small beside the largest one changes no digit that anybody is shown. */
const negligible = 1e-18;

/**
 * The two-sided p-value (0…1) that both arms have the same share. Needs whole `successes`.
 *
 * It is twice the one-sided mid-p of Fisher's exact test (Lancaster, "Significance tests in discrete
 * distributions", Journal of the American Statistical Association 56:223–234, 1961; Rothman and Greenland,
 * Modern Epidemiology, 1998). Why this one: it is right for few cases, where a z test is not; it is not as
 * blunt as Fisher's own (recommended by Lydersen, Fagerland and Laake, Statistics in Medicine 28:1159–1175,
 * 2009); and it spends 2.5 % on either side, as the interval beside it does. Very large samples take the
 * pooled z test.
 */
export function twoSidedPValue(baseline: ArmResult, candidate: ArmResult): number {
	const total = baseline.cases + candidate.cases;
	const successes = baseline.successes + candidate.successes;
	if (successes <= 0 || successes >= total) return 1;
	const expected = candidate.cases * (successes / total);
	const deviation = Math.sqrt(
		expected * (baseline.cases / total) * ((total - successes) / Math.max(1, total - 1)),
	);
	return deviation > exactMaxDeviation ? pooledPValue(baseline, candidate) : exactMidP(baseline, candidate);
}

/** The pooled z test: the textbook test of two proportions, without continuity correction. */
export function pooledPValue(baseline: ArmResult, candidate: ArmResult): number {
	const pooled = (baseline.successes + candidate.successes) / (baseline.cases + candidate.cases);
	const error = Math.sqrt(pooled * (1 - pooled) * (1 / baseline.cases + 1 / candidate.cases));
	if (error === 0) return 1;
	const difference = candidate.successes / candidate.cases - baseline.successes / baseline.cases;
	return Math.min(1, 2 * normalCdf(-Math.abs(difference / error)));
}

/**
 * Sums the hypergeometric distribution of the candidate's successes outward from its mode, each term from
 * its neighbour, so that no factorial is ever formed.
 */
function exactMidP(baseline: ArmResult, candidate: ArmResult): number {
	const successes = baseline.successes + candidate.successes;
	const observed = candidate.successes;
	const least = Math.max(0, successes - baseline.cases);
	const most = Math.min(candidate.cases, successes);
	const mode = Math.min(
		most,
		Math.max(
			least,
			Math.floor(((successes + 1) * (candidate.cases + 1)) / (baseline.cases + candidate.cases + 2)),
		),
	);
	/** P(k + 1) ÷ P(k). */
	const growth = (k: number) =>
		((successes - k) * (candidate.cases - k)) / ((k + 1) * (baseline.cases - successes + k + 1));
	let below = 0;
	let at = 0;
	let above = 0;
	const add = (k: number, weight: number) => {
		if (k < observed) below += weight;
		else if (k > observed) above += weight;
		else at += weight;
	};
	add(mode, 1);
	for (let k = mode, weight = 1; k < most && weight > negligible; k += 1) {
		weight *= growth(k);
		add(k + 1, weight);
	}
	for (let k = mode, weight = 1; k > least && weight > negligible; k -= 1) {
		weight /= growth(k - 1);
		add(k - 1, weight);
	}
	const sum = below + at + above;
	return Math.min(1, (2 * (Math.min(below, above) + at / 2)) / sum);
}
