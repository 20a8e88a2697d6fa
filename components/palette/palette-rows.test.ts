import { describe, expect, test } from "vitest";
import { foldText, pastedId, rowsOfReads, scoreText } from "./palette-rows";

const record = (id: string, rationale?: unknown) => ({
	id,
	status: "ab_passed",
	project_id: "p1",
	cluster_signature: "sha256:one",
	rationale,
});

describe("rowsOfReads", () => {
	test("finds deployments in pages, in lists and by themselves, each once, in their order", () => {
		const reads = [
			{ pages: [{ items: [record("a", "One.")] }, { items: [record("b")] }], pageParams: [null] },
			{ items: [record("b", "Later."), record("c", 7)], total: 2 },
			record("d"),
		];
		expect(rowsOfReads(reads).map(({ id, rationale }) => `${id} ${rationale}`)).toEqual([
			"a One.",
			"b ",
			"c ",
			"d ",
		]);
	});

	test("finds none in anything else", () => {
		const others = [undefined, null, 7, "x", [], {}, { items: [null, 7, { id: "a" }] }, { pages: [null] }];
		expect(rowsOfReads([...others, { counts: [] }, { ids: ["a"], total: 1 }])).toEqual([]);
	});

	test("keeps one line of a rationale, however long it is", () => {
		expect(rowsOfReads([record("a", "x".repeat(10_000))])[0]?.rationale).toHaveLength(300);
	});
});

describe("scoreText", () => {
	const text = foldText("Élodie’s Refund desk sha256:abc");

	test("asks for every word, wherever it stands, in any letters", () => {
		expect(scoreText(text, "desk REFUND")).toBe(0.5);
		expect(scoreText(text, "elodie")).toBe(1);
		expect(scoreText(text, " abc  desk ")).toBe(0.5);
		expect(scoreText(text, "desk rule")).toBe(0);
	});

	test("takes what begins with the search for the best, and all where nothing is asked", () => {
		expect(scoreText(text, "élodie’s ref")).toBe(1);
		expect(scoreText(text, "  ")).toBe(1);
	});
});

test("only a whole id is taken for a pasted one", () => {
	const id = "0f8fad5b-d9cb-469f-a165-70867728950e";
	expect(pastedId(` ${id.toUpperCase()}\n`)).toBe(id);
	expect(pastedId(id.slice(0, 8))).toBe(null);
	expect(pastedId(`${id} and more`)).toBe(null);
});
