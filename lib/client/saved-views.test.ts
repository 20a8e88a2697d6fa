import { describe, expect, test } from "vitest";
import { nameFault, parseSavedViews, savedViewsMax, withNewName, withView } from "./saved-views";

describe("parseSavedViews", () => {
	test("reads what was written", () => {
		const views = [
			{ name: "Mine", search: "?view=live&q=re+fund" },
			{ name: "All of it", search: "" },
		];
		expect(parseSavedViews(JSON.stringify(views))).toEqual(views);
	});

	test.each([null, "", "{", "null", "7", '"x"', "{}", '[null,7,"x",[]]', '[{"name":"A"},{"search":"?a=1"}]'])(
		"finds nothing in %j and does not fail",
		(text) => {
			expect(parseSavedViews(text)).toEqual([]);
		},
	);

	test("leaves out what is no view, and lets nothing but a query string through", () => {
		const stored = [
			{ name: " ", search: "" },
			{ name: "x".repeat(61), search: "" },
			{ name: "long", search: `?q=${"x".repeat(2_000)}` },
			{ name: "odd", search: "//elsewhere.example/?view=all#x" },
			{ name: "twice", search: "?view=all" },
			{ name: "twice ", search: "?view=live" },
			{ name: 7, search: "?view=all" },
		];
		expect(parseSavedViews(JSON.stringify(stored))).toEqual([
			{ name: "odd", search: "?%2F%2Felsewhere.example%2F%3Fview=all%23x" },
			{ name: "twice", search: "?view=all" },
		]);
	});

	test("keeps at most thirty", () => {
		const many = Array.from({ length: 40 }, (_, index) => ({ name: `View ${index}`, search: "" }));
		expect(parseSavedViews(JSON.stringify(many))).toHaveLength(savedViewsMax);
	});
});

describe("saved views", () => {
	const views = [
		{ name: "A", search: "?view=live" },
		{ name: "B", search: "" },
	];

	test("take a new one at their end, and one of a known name in its place", () => {
		expect(withView(views, { name: " C ", search: "view=all" })).toEqual([
			...views,
			{ name: "C", search: "?view=all" },
		]);
		expect(withView(views, { name: "A", search: "?view=all" })).toEqual([
			{ name: "A", search: "?view=all" },
			views[1],
		]);
	});

	test("are renamed in their place, and over one that had the name", () => {
		expect(withNewName(views, "A", " C ")).toEqual([{ name: "C", search: "?view=live" }, views[1]]);
		expect(withNewName(views, "A", "B")).toEqual([{ name: "B", search: "?view=live" }]);
		expect(withNewName(views, "A", "A")).toEqual(views);
	});

	test("have names that can be seen, of at most 60 characters as a person counts them", () => {
		expect(nameFault("\u200b ")).toBe("A view needs a name.");
		expect(nameFault("👩".repeat(60))).toBe(null);
		expect(nameFault("x".repeat(61))).toContain("at most 60");
	});
});
