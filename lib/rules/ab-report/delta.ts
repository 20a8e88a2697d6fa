import { decimalsOf } from "./figure";
import type { DeltaReading } from "./model";

/**
 * How a report's delta stands to its arms: candidate − baseline, the relative change (as a fraction or in
 * percent), percentage points of a share, or none of these. Rounding of delta and arms is allowed for; a
 * delta of the other sign is never right.
 */
export function readDelta(delta: number, baseline: number, candidate: number): DeltaReading {
	const difference = candidate - baseline;
	const isOtherWay = Math.sign(delta) * Math.sign(difference) < 0;
	if (!isOtherWay && isSame(delta, difference, baseline, candidate)) return "difference";
	if (isOtherWay || delta === 0 || difference === 0) return "other";
	const relative = baseline === 0 ? Number.NaN : difference / Math.abs(baseline);
	if (isSame(delta, relative, 0, 0) || isSame(delta, 100 * relative, 0, 0)) return "relative";
	return isSame(delta, 100 * difference, 0, 0) ? "points" : "other";
}

function isSame(delta: number, expected: number, baseline: number, candidate: number): boolean {
	const distance = Math.abs(delta - expected);
	const size = Math.max(Math.abs(delta), Math.abs(expected));
	return (
		distance <= 1e-9 * size || distance <= 0.01 * size || distance <= rounding(delta, baseline, candidate)
	);
}

/** Half a unit of the delta's last decimal and one of the arms' own, which may be rounded both. */
function rounding(delta: number, baseline: number, candidate: number): number {
	const [ofDelta, ofArms] = [decimalsOf(delta), Math.max(decimalsOf(baseline), decimalsOf(candidate))];
	const halfUnit = ofDelta === 0 ? 0 : 0.5 * 10 ** -ofDelta;
	const unit = ofArms === 0 ? 0 : 10 ** -ofArms;
	// 0.5 may have been 0.50: a whole tenth of slack would hide a wrong delta.
	return halfUnit + Math.min(unit, 0.02 * Math.max(Math.abs(baseline), Math.abs(candidate))) + 1e-9;
}
