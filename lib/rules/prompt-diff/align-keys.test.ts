import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { KeyAligner, type Keys } from "./align-keys";
import type { Gap } from "./gap";

/** What the gaps leave has to be equal, in step, and the gaps in order and never empty or touching. */
function expectToHold(left: Keys, right: Keys, gaps: readonly Gap[]): void {
	const faults: string[] = [];
	let [leftAt, rightAt] = [0, 0];
	const runInStep = (leftEnd: number, rightEnd: number) => {
		if (leftEnd - leftAt !== rightEnd - rightAt) faults.push(`out of step before ${leftEnd}, ${rightEnd}`);
		for (let step = 0; step < leftEnd - leftAt; step += 1) {
			if (left[leftAt + step] !== right[rightAt + step]) faults.push(`unequal at ${leftAt + step}`);
		}
	};
	for (const [index, gap] of gaps.entries()) {
		if (index > 0 && gap.left <= leftAt) faults.push(`touches the one before at ${gap.left}`);
		if (gap.left === gap.leftEnd && gap.right === gap.rightEnd) faults.push(`empty at ${gap.left}`);
		runInStep(gap.left, gap.right);
		[leftAt, rightAt] = [gap.leftEnd, gap.rightEnd];
	}
	runInStep(left.length, right.length);
	expect(faults).toEqual([]);
}

const changedCount = (gaps: readonly Gap[]) =>
	gaps.reduce((sum, { left, leftEnd, right, rightEnd }) => sum + leftEnd - left + rightEnd - right, 0);

/** Numbers that look random and are the same on every run. */
function scattered(length: number, below: number, seed: number): number[] {
	let state = seed;
	return Array.from({ length }, () => {
		state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
		return (state >>> 8) % below;
	});
}

describe("KeyAligner", () => {
	test("finds the shortest way from one list to the other", () => {
		expect(new KeyAligner(1000).align([1, 2, 3, 4], [1, 5, 3, 4])).toEqual([
			{ left: 1, leftEnd: 2, right: 1, rightEnd: 2 },
		]);
		expect(new KeyAligner(1000).align([], [7])).toEqual([{ left: 0, leftEnd: 0, right: 0, rightEnd: 1 }]);
		expect(new KeyAligner(1000).align([7], [7])).toEqual([]);
	});

	test("whatever the lists, and with no effort to spend, what stands between gaps is equal", () => {
		const keys = fc.array(fc.nat(6), { maxLength: 60 });
		fc.assert(
			fc.property(keys, keys, fc.constantFrom(0, 100_000), (left, right, effort) => {
				expectToHold(left, right, new KeyAligner(effort).align(left, right));
			}),
		);
	});

	test("finds scattered edits in a long list that is too different for one search", () => {
		const left = scattered(12_000, 1_000_000, 1);
		const right = left.flatMap((key, index) =>
			index % 20 === 3 ? [2_000_000 + index, left[index - 2] ?? 0] : [key],
		);
		const gaps = new KeyAligner(400_000).align(left, right);
		expectToHold(left, right, gaps);
		expect(changedCount(gaps)).toBeLessThan(12_000 * 0.16);
	});

	test("finds them by windows where no single key is unique", () => {
		const left = scattered(20_000, 40, 2);
		const right = left.map((key, index) => (index % 30 === 7 ? (key + 1) % 40 : key));
		const gaps = new KeyAligner(400_000).align(left, right);
		expectToHold(left, right, gaps);
		expect(changedCount(gaps)).toBeLessThan(20_000 * 0.25);
	});

	test.each([
		["all equal", Array(20_000).fill(1), Array(19_000).fill(1)],
		[
			"alternating",
			Array.from({ length: 20_000 }, (_, i) => i % 2),
			Array.from({ length: 20_000 }, (_, i) => (i + 1) % 2),
		],
		["two keys at random", scattered(20_000, 2, 3), scattered(20_000, 2, 4)],
		["few keys at random", scattered(20_000, 300, 5), scattered(20_000, 300, 6)],
		[
			"reversed",
			Array.from({ length: 20_000 }, (_, i) => i),
			Array.from({ length: 20_000 }, (_, i) => 20_000 - i),
		],
		[
			"periods of 4 and 5",
			Array.from({ length: 20_000 }, (_, i) => [0, 0, 1, 2][i % 4] ?? 0),
			Array.from({ length: 20_000 }, (_, i) => [0, 1, 0, 2, 2][i % 5] ?? 0),
		],
	])(
		"gives a valid answer within its effort to 20,000 keys that are %s",
		(_, left: number[], right: number[]) => {
			const gaps = new KeyAligner(400_000).align(left, right);
			expectToHold(left, right, gaps);
			expect(new KeyAligner(400_000).align(left, right)).toEqual(gaps);
		},
	);
});
