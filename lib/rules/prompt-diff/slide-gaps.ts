import type { Keys } from "./align-keys";
import type { Gap } from "./gap";

/** How good a place it is to begin or end a change, just before an element: higher is better. */
export type BoundaryScore = (index: number) => number;

/**
 * Where an insertion or a removal could as well stand a little higher or lower (its first element comes again
 * behind it, or its last one before it), moves it to the place where it begins and ends best; the lowest of
 * equally good ones. Never across another gap. Linear in the elements between gaps.
 */
export function slideGaps(
	gaps: readonly Gap[],
	left: Keys,
	right: Keys,
	scores: { left: BoundaryScore; right: BoundaryScore },
): Gap[] {
	const slid: Gap[] = [];
	for (const [index, gap] of gaps.entries()) {
		const before = slid.at(-1);
		const after = gaps[index + 1];
		// One element stays between two gaps: touching, they would become one replacement.
		const room = {
			up: before === undefined ? gap.left : gap.left - before.leftEnd - 1,
			down: after === undefined ? left.length - gap.leftEnd : after.left - gap.leftEnd - 1,
		};
		let shift = 0;
		if (gap.left === gap.leftEnd) shift = bestShift(right, gap.right, gap.rightEnd, room, scores.right);
		else if (gap.right === gap.rightEnd) shift = bestShift(left, gap.left, gap.leftEnd, room, scores.left);
		slid.push({
			left: gap.left + shift,
			leftEnd: gap.leftEnd + shift,
			right: gap.right + shift,
			rightEnd: gap.rightEnd + shift,
		});
	}
	return slid;
}

function bestShift(
	keys: Keys,
	from: number,
	to: number,
	room: { up: number; down: number },
	score: BoundaryScore,
): number {
	let lowest = 0;
	while (lowest < room.down && keys[from + lowest] === keys[to + lowest]) lowest += 1;
	let highest = 0;
	while (-highest < room.up && keys[from - 1 + highest] === keys[to - 1 + highest]) highest -= 1;
	let best = lowest;
	let bestScore = Number.NEGATIVE_INFINITY;
	for (let shift = lowest; shift >= highest; shift -= 1) {
		const shiftScore = score(from + shift) + score(to + shift);
		if (shiftScore > bestScore) [best, bestScore] = [shift, shiftScore];
	}
	return best;
}
