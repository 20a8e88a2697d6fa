import { diffArrays } from "diff";
import type { Gap } from "./gap";
import { longestRising } from "./longest-rising";

export type Keys = readonly number[];

/** No more than this many edits are looked for at once; beyond it, anchors cut the text first. */
const maxEdits = 600;
/** Edits that are looked for however much has been spent; small enough for any number of regions. */
const minEdits = 16;
/** How many comparisons one search may need on long runs of equal keys. */
const maxSearch = 6_000_000;
/** How often a region may be cut at anchors, each time into smaller ones. */
const maxDepth = 12;
/** How many keys in a row make an anchor where no single key is unique. */
const windowLength = 8;

/**
 * Finds what two lists of numbers have in common, in order: a shortest edit script where one can be had within
 * bounds. Beyond them, keys (then windows of eight) that are unique on both sides cut the region, and what
 * resists that too counts as replaced. The bounds are counted in work, never in time: a result does not depend
 * on the machine. One aligner serves many lists and spends one effort on them.
 */
export class KeyAligner {
	/** How often each key occurs in the region at hand; all zero between two uses. */
	private leftCounts = new Int32Array(1024);
	private rightCounts = new Int32Array(1024);

	/** @param effort how many steps of the search all calls together may take, about 50 ns each. */
	constructor(private effort: number) {}

	/** The gaps between `left` and `right`, in order; keys are numbers from 0. */
	align(left: Keys, right: Keys): Gap[] {
		const gaps: Gap[] = [];
		this.alignRegion(
			left,
			right,
			{ left: 0, leftEnd: left.length, right: 0, rightEnd: right.length },
			0,
			gaps,
		);
		return gaps;
	}

	private alignRegion(left: Keys, right: Keys, region: Gap, depth: number, gaps: Gap[]): void {
		const trimmed = trimGap(left, right, region);
		if (trimmed.left === trimmed.leftEnd || trimmed.right === trimmed.rightEnd) {
			pushGap(gaps, trimmed);
			return;
		}
		const shared = this.sharedPlaces(left, right, trimmed);
		const matches = this.shortestEdit(left, right, shared);
		if (matches !== null) {
			pushGapsBetween(gaps, trimmed, matches);
			return;
		}
		const anchors = depth < maxDepth ? this.anchors(left, right, shared) : [];
		if (anchors.length === 0) {
			pushGap(gaps, trimmed);
			return;
		}
		let [leftFrom, rightFrom] = [trimmed.left, trimmed.right];
		for (const [leftAnchor, rightAnchor] of anchors) {
			const between = { left: leftFrom, leftEnd: leftAnchor, right: rightFrom, rightEnd: rightAnchor };
			this.alignRegion(left, right, between, depth + 1, gaps);
			[leftFrom, rightFrom] = [leftAnchor + 1, rightAnchor + 1];
		}
		const rest = {
			left: leftFrom,
			leftEnd: trimmed.leftEnd,
			right: rightFrom,
			rightEnd: trimmed.rightEnd,
		};
		this.alignRegion(left, right, rest, depth + 1, gaps);
	}

	/** Places of the keys that both sides of the region have: the others cannot match and only cost time. */
	private sharedPlaces(left: Keys, right: Keys, { left: from, leftEnd, right: start, rightEnd }: Gap) {
		this.countKeys(left, from, leftEnd, right, start, rightEnd);
		const leftPlaces: number[] = [];
		const rightPlaces: number[] = [];
		for (let index = from; index < leftEnd; index += 1) {
			if ((this.rightCounts[left[index] ?? 0] ?? 0) > 0) leftPlaces.push(index);
		}
		for (let index = start; index < rightEnd; index += 1) {
			if ((this.leftCounts[right[index] ?? 0] ?? 0) > 0) rightPlaces.push(index);
		}
		this.forgetKeys(left, from, leftEnd, right, start, rightEnd);
		return { left: leftPlaces, right: rightPlaces };
	}

	/** Pairs of matching places by a shortest edit script, or null where it is out of bounds. */
	private shortestEdit(left: Keys, right: Keys, shared: SharedPlaces): Match[] | null {
		const size = shared.left.length + shared.right.length;
		if (shared.left.length === 0 || shared.right.length === 0) return [];
		const bound = Math.max(
			minEdits,
			Math.floor(Math.min(maxEdits, Math.sqrt(2 * Math.max(0, this.effort)), maxSearch / size)),
		);
		const changes = diffArrays(
			shared.left.map((place) => left[place] ?? 0),
			shared.right.map((place) => right[place] ?? 0),
			{ maxEditLength: bound },
		);
		if (changes === undefined) {
			this.effort -= (bound * bound) / 2 + size;
			return null;
		}
		const matches: Match[] = [];
		let [leftAt, rightAt, edits] = [0, 0, 0];
		for (const { added, removed, count } of changes) {
			if (!added && !removed) {
				for (let step = 0; step < count; step += 1) {
					matches.push([shared.left[leftAt + step] ?? 0, shared.right[rightAt + step] ?? 0]);
				}
			} else edits += count;
			if (!added) leftAt += count;
			if (!removed) rightAt += count;
		}
		this.effort -= (edits * edits) / 2 + edits;
		return matches;
	}

	private anchors(left: Keys, right: Keys, shared: SharedPlaces): Match[] {
		const leftKeys = shared.left.map((place) => left[place] ?? 0);
		const rightKeys = shared.right.map((place) => right[place] ?? 0);
		this.countKeys(leftKeys, 0, leftKeys.length, rightKeys, 0, rightKeys.length);
		const isUnique = (key: number) => this.leftCounts[key] === 1 && this.rightCounts[key] === 1;
		const unique = [leftKeys, rightKeys].map((keys) => placesOf(keys, isUnique));
		this.forgetKeys(leftKeys, 0, leftKeys.length, rightKeys, 0, rightKeys.length);
		let found = risingMatches(unique[0] ?? new Map(), unique[1] ?? new Map());
		if (found.length === 0) {
			found = risingMatches(uniqueWindows(leftKeys), uniqueWindows(rightKeys)).filter(
				([leftAt, rightAt]) => leftKeys[leftAt] === rightKeys[rightAt],
			);
		}
		return found.map(([leftAt, rightAt]) => [shared.left[leftAt] ?? 0, shared.right[rightAt] ?? 0]);
	}

	private countKeys(left: Keys, from: number, to: number, right: Keys, start: number, end: number): void {
		for (let index = from; index < to; index += 1) {
			const key = left[index] ?? 0;
			this.makeRoom(key);
			this.leftCounts[key] = (this.leftCounts[key] ?? 0) + 1;
		}
		for (let index = start; index < end; index += 1) {
			const key = right[index] ?? 0;
			this.makeRoom(key);
			this.rightCounts[key] = (this.rightCounts[key] ?? 0) + 1;
		}
	}

	private forgetKeys(left: Keys, from: number, to: number, right: Keys, start: number, end: number): void {
		for (let index = from; index < to; index += 1) this.leftCounts[left[index] ?? 0] = 0;
		for (let index = start; index < end; index += 1) this.rightCounts[right[index] ?? 0] = 0;
	}

	private makeRoom(key: number): void {
		if (key < this.leftCounts.length) return;
		const length = Math.max(key + 1, this.leftCounts.length * 2);
		// Only ever grown while counting, so what has been counted has to come along.
		const [leftCounts, rightCounts] = [new Int32Array(length), new Int32Array(length)];
		leftCounts.set(this.leftCounts);
		rightCounts.set(this.rightCounts);
		[this.leftCounts, this.rightCounts] = [leftCounts, rightCounts];
	}
}

type Match = readonly [left: number, right: number];

interface SharedPlaces {
	left: readonly number[];
	right: readonly number[];
}

/** A gap without what both of its sides begin and end with. */
export function trimGap(left: Keys, right: Keys, gap: Gap): Gap {
	let { left: from, leftEnd, right: start, rightEnd } = gap;
	while (from < leftEnd && start < rightEnd && left[from] === right[start]) {
		from += 1;
		start += 1;
	}
	while (from < leftEnd && start < rightEnd && left[leftEnd - 1] === right[rightEnd - 1]) {
		leftEnd -= 1;
		rightEnd -= 1;
	}
	return { left: from, leftEnd, right: start, rightEnd };
}

/** Adds a gap behind the others; one that touches the last becomes part of it, an empty one is left out. */
export function pushGap(gaps: Gap[], gap: Gap): void {
	if (gap.left === gap.leftEnd && gap.right === gap.rightEnd) return;
	const last = gaps.at(-1);
	if (last !== undefined && last.leftEnd === gap.left && last.rightEnd === gap.right) {
		gaps[gaps.length - 1] = { ...last, leftEnd: gap.leftEnd, rightEnd: gap.rightEnd };
	} else gaps.push(gap);
}

/** Adds the gaps that matches leave in a region. */
export function pushGapsBetween(gaps: Gap[], region: Gap, matches: readonly Match[]): void {
	let [left, right] = [region.left, region.right];
	for (const [leftAt, rightAt] of matches) {
		if (leftAt !== left || rightAt !== right) {
			pushGap(gaps, { left, leftEnd: leftAt, right, rightEnd: rightAt });
		}
		[left, right] = [leftAt + 1, rightAt + 1];
	}
	pushGap(gaps, { left, leftEnd: region.leftEnd, right, rightEnd: region.rightEnd });
}

function placesOf(keys: Keys, isWanted: (key: number) => boolean): Map<number, number> {
	const places = new Map<number, number>();
	for (const [place, key] of keys.entries()) if (isWanted(key)) places.set(key, place);
	return places;
}

/** Where each window that occurs once begins, under a number that stands for its content. */
function uniqueWindows(keys: Keys): Map<number, number> {
	const places = new Map<number, number>();
	for (let place = 0; place + windowLength <= keys.length; place += 1) {
		let hash = 0;
		for (let step = 0; step < windowLength; step += 1) {
			hash = (Math.imul(hash, 0x01000193) ^ (keys[place + step] ?? 0)) | 0;
		}
		places.set(hash, places.has(hash) ? -1 : place);
	}
	for (const [hash, place] of places) if (place < 0) places.delete(hash);
	return places;
}

function risingMatches(left: ReadonlyMap<number, number>, right: ReadonlyMap<number, number>): Match[] {
	const matches: Match[] = [];
	for (const [key, leftAt] of left) {
		const rightAt = right.get(key);
		if (rightAt !== undefined) matches.push([leftAt, rightAt]);
	}
	return longestRising(matches.map(([, rightAt]) => rightAt)).map((place) => matches[place] ?? [0, 0]);
}
