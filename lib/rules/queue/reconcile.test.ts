import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { reconcile } from "./reconcile";

const rowsOf = (ids: string, mark = "") => [...ids].map((id) => ({ id, mark }));
const listed = (ids: string, isWhole = false) => ({ rows: rowsOf(ids), isWhole });
const fresh = (ids: string, isWhole = false) => ({ rows: rowsOf(ids, "fresh"), isWhole });

describe("reconcile", () => {
	test("keeps every row in its place, with what is fresh of it", () => {
		expect(reconcile(listed("abcd"), fresh("ba")).rows).toEqual([
			{ id: "a", mark: "fresh" },
			{ id: "b", mark: "fresh" },
			{ id: "c", mark: "" },
			{ id: "d", mark: "" },
		]);
	});

	test("counts what came in front and between, and lets no row appear by itself", () => {
		const { rows, arrived, gone } = reconcile(listed("abcd"), fresh("xaybc"));
		expect(rows.map(({ id }) => id).join("")).toBe("abcd");
		expect(arrived).toEqual(["x", "y"]);
		expect(gone).toEqual([]);
	});

	test("takes a row that moved up behind the others for what it is, not for a new one", () => {
		expect(reconcile(listed("abcd"), fresh("acde"))).toMatchObject({ arrived: [], gone: ["b"] });
	});

	test("takes the same row for new where the list had been read to its end", () => {
		expect(reconcile(listed("abcd", true), fresh("abcde", true)).arrived).toEqual(["e"]);
	});

	test("misses rows only where they had to come again", () => {
		expect(reconcile(listed("abcdef"), fresh("ac")).gone).toEqual(["b"]);
		expect(reconcile(listed("abcdef"), fresh("ac", true)).gone).toEqual(["b", "d", "e", "f"]);
		expect(reconcile(listed("ab"), fresh("", true))).toMatchObject({ arrived: [], gone: ["a", "b"] });
		expect(reconcile(listed("", true), fresh("xy", true)).arrived).toEqual(["x", "y"]);
	});

	test("tells a head of any two lists apart into what stays, what came and what went", () => {
		const ids = fc.uniqueArray(fc.constantFrom(..."abcdefghij"), { maxLength: 10 });
		fc.assert(
			fc.property(ids, ids, fc.boolean(), fc.boolean(), (before, now, wasWhole, isWhole) => {
				const { rows, arrived, gone } = reconcile(
					listed(before.join(""), wasWhole),
					fresh(now.join(""), isWhole),
				);
				expect(rows.map(({ id }) => id)).toEqual(before);
				expect(arrived.every((id) => now.includes(id) && !before.includes(id))).toBe(true);
				expect(gone.every((id) => before.includes(id) && !now.includes(id))).toBe(true);
				if (isWhole) expect(gone).toEqual(before.filter((id) => !now.includes(id)));
				if (wasWhole) expect(arrived).toEqual(now.filter((id) => !before.includes(id)));
			}),
		);
	});
});
