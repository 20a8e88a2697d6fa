import { normalQuantile } from "./normal";

const zAlpha = normalQuantile(0.975);
const zPower = normalQuantile(0.8);

/**
 * The smallest rise and fall of a share (in shares, both positive) that a test with these cases would show
 * in 80 of 100 repetitions at 5 % two-sided. Null where even a change to 0 or 1 would not be enough. The
 * normal approximation of Fleiss, Statistical Methods for Rates and Proportions, 2nd ed. 1981, without
 * continuity correction (R's power.prop.test for equal arms): a guide, and rough below 20 cases.
 */
export function detectableDifference(
	baselineShare: number,
	cases: { baseline: number; candidate: number },
): { rise: number | null; fall: number | null } {
	// A fall of a share is a rise of what is left of it.
	return { rise: smallestRise(baselineShare, cases), fall: smallestRise(1 - baselineShare, cases) };
}

/**
 * How many cases each arm needs, as a broken number to be rounded up, to show a change from one share to
 * the other in 80 of 100 tests at 5 % two-sided. Infinity where the two are equal. The same source.
 */
export function casesNeeded(baselineShare: number, candidateShare: number): number {
	const difference = Math.abs(candidateShare - baselineShare);
	const { pooled, separate } = spreads(baselineShare, candidateShare, { baseline: 1, candidate: 1 });
	return difference === 0 ? Infinity : ((zAlpha * pooled + zPower * separate) / difference) ** 2;
}

function smallestRise(share: number, cases: { baseline: number; candidate: number }): number | null {
	let high = 1 - share;
	if (high <= 0 || !isEnough(share, high, cases)) return null;
	let low = 0;
	// The spreads are concave in the rise, so it overtakes them once: halving finds the place, to 1e-11.
	for (let step = 0; step < 36; step += 1) {
		const half = (low + high) / 2;
		if (isEnough(share, half, cases)) high = half;
		else low = half;
	}
	return high;
}

function isEnough(share: number, rise: number, cases: { baseline: number; candidate: number }): boolean {
	const { pooled, separate } = spreads(share, share + rise, cases);
	return rise >= zAlpha * pooled + zPower * separate;
}

/** Standard errors of the difference: as if both arms had one share, and with each its own. */
function spreads(from: number, to: number, cases: { baseline: number; candidate: number }) {
	const mean = (from * cases.baseline + to * cases.candidate) / (cases.baseline + cases.candidate);
	return {
		pooled: Math.sqrt(variance(mean) * (1 / cases.baseline + 1 / cases.candidate)),
		separate: Math.sqrt(variance(from) / cases.baseline + variance(to) / cases.candidate),
	};
}

function variance(share: number): number {
	return Math.max(0, share * (1 - share));
}
