import { createHash } from "node:crypto";
import { structuredPatch } from "diff";
import { describe, expect, test } from "vitest";
import { pairNames, pairOf } from "./pairs";

const linesOf = (text: string) => text.split("\n").slice(0, -1);

describe("the pairs of the benchmark", () => {
	test("are the same in every run", () => {
		const hash = (name: (typeof pairNames)[number]) =>
			createHash("sha256")
				.update(JSON.stringify(pairOf(name)))
				.digest("hex");
		for (const name of pairNames) expect(hash(name)).toBe(hash(name));
	});

	test.each([
		["a", 40, 2_400, 5],
		["b", 400, 24_000, 12],
		["c", 5_000, 300_000, 60],
	] as const)("%s has %i lines, about %i bytes and %i places that differ", (name, lines, bytes, edits) => {
		const { current, proposed } = pairOf(name);
		expect(linesOf(current)).toHaveLength(lines);
		expect(Math.abs(current.length - bytes) / bytes).toBeLessThan(0.05);
		const { hunks } = structuredPatch("", "", current, proposed, "", "", { context: 0 });
		expect(hunks).toHaveLength(edits);
		expect(hunks[0]?.oldStart).toBeLessThan(12);
	});

	test("d has 20,000 lines and 1.2 MB a side", () => {
		const { current, proposed } = pairOf("d");
		expect(linesOf(current)).toHaveLength(20_000);
		for (const text of [current, proposed]) expect(Math.abs(text.length - 1_200_000)).toBeLessThan(60_000);
	});

	test("e is one line of 50 KB in which many words differ", () => {
		const { current, proposed } = pairOf("e");
		expect(current).not.toContain("\n");
		expect(Math.abs(current.length - 50_000)).toBeLessThan(500);
		const words = new Set(current.split(" "));
		expect(proposed.split(" ").filter((word) => !words.has(word)).length).toBeGreaterThan(20);
		expect(proposed).not.toContain("\n");
	});

	test("f keeps no line", () => {
		const { current, proposed } = pairOf("f");
		const before = new Set(linesOf(current));
		expect(before.size).toBeGreaterThan(1_000);
		expect(linesOf(proposed)).toHaveLength(5_000);
		expect(linesOf(proposed).filter((line) => before.has(line))).toEqual([]);
	});
});
