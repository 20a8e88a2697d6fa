import { expect, test } from "vitest";
import { isNestedDeeper } from "./nesting";
import { writeJson } from "./write-json";

test("counts levels of objects and lists, and survives a hundred thousand of them", () => {
	expect(isNestedDeeper("text", 0)).toBe(false);
	expect(isNestedDeeper({ a: [1] }, 2)).toBe(false);
	expect(isNestedDeeper({ a: [1] }, 1)).toBe(true);
	const deep = 100_000;
	expect(isNestedDeeper(JSON.parse("[".repeat(deep) + "]".repeat(deep)), 100)).toBe(true);
});

test("what passes can be written as JSON", () => {
	const value = JSON.parse(`${"[".repeat(100)}${"]".repeat(100)}`);
	expect(isNestedDeeper(value, 100)).toBe(false);
	expect(JSON.parse(writeJson(value))).toEqual(value);
});

test("a number beyond what JSON's readers hold is not written as null", () => {
	expect(writeJson({ a: Number.POSITIVE_INFINITY, b: 0.5, c: null })).toBe(
		'{\n  "a": "Infinity",\n  "b": 0.5,\n  "c": null\n}',
	);
});
