import Ajv2020 from "ajv/dist/2020";
import addFormats from "ajv-formats";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { arbitraryOf, type JsonSchema, mutationOf } from "./arbitrary-of-schema";

const options = {
	resolve: (): JsonSchema => ({ type: "string", minLength: 2, maxLength: 3 }),
	known: (name: string) => (name === "id" ? fc.constant("known") : undefined),
};
const schema: JsonSchema = {
	type: "object",
	properties: {
		id: { type: "string" },
		word: { $ref: "#/word" },
		moment: { type: "string", format: "date-time" },
		code: { type: "string", pattern: "^[a-z]{2}-\\d+$" },
		count: { type: "integer", minimum: 1, maximum: 3 },
		share: { type: ["number", "null"], minimum: 0, maximum: 1 },
		kind: { anyOf: [{ const: "a" }, { enum: ["b", "c"] }] },
		tags: { type: "array", items: { type: "boolean" }, minItems: 1 },
		free: { type: "object", propertyNames: { type: "string" }, additionalProperties: {} },
	},
	required: ["id", "word"],
	additionalProperties: false,
	minProperties: 3,
};
const { word: _word, ...others } = schema.properties ?? {};
const isValid = addFormats(new Ajv2020({ strict: false })).compile({
	...schema,
	properties: { ...others, word: options.resolve() },
});
const samples = (arbitrary: fc.Arbitrary<unknown>) =>
	fc.sample(arbitrary, { numRuns: 500, seed: 1 }).map((value) => JSON.parse(JSON.stringify(value)));

describe("arbitraryOf", () => {
	test("makes valid values only, of every property, mostly with what is known", () => {
		const values = samples(arbitraryOf(schema, options));
		for (const value of values) expect([value, isValid(value)]).toEqual([value, true]);
		const keys = new Set(values.flatMap((value) => Object.keys(value)));
		expect([...keys].sort()).toEqual(Object.keys(schema.properties ?? {}).sort());
		expect(values.filter(({ id }) => id === "known").length).toBeGreaterThan(400);
	});

	test("throws at a keyword and at a format that it does not understand", () => {
		const odd = { type: "string", contentEncoding: "base64" } as JsonSchema;
		expect(() => arbitraryOf({ type: "array", items: odd }, options)).toThrow("contentEncoding");
		expect(() => arbitraryOf({ type: "string", format: "iri" }, options)).toThrow("iri");
	});
});

test("mutationOf breaks each kind of rule, and not always", () => {
	const values = samples(mutationOf(schema, options));
	const broken = new Set<string>();
	for (const value of values) {
		if (!isValid(value)) broken.add(isValid.errors?.[0]?.keyword ?? "");
	}
	const kinds = ["additionalProperties", "required", "type", "minLength", "maxLength", "minimum", "maximum"];
	expect([...broken]).toEqual(expect.arrayContaining([...kinds, "format", "pattern", "minItems"]));
	expect(values.filter((value) => isValid(value)).length).toBeGreaterThan(50);
});
