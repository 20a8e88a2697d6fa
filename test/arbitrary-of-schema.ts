import fc from "fast-check";

/** The part of JSON Schema 2020-12 that our OpenAPI document is written in. */
export interface JsonSchema {
	$ref?: string;
	type?: JsonType | JsonType[];
	enum?: unknown[];
	const?: unknown;
	anyOf?: JsonSchema[];
	properties?: Record<string, JsonSchema>;
	required?: string[];
	additionalProperties?: boolean | JsonSchema;
	propertyNames?: JsonSchema;
	minProperties?: number;
	items?: JsonSchema;
	minItems?: number;
	maxItems?: number;
	minLength?: number;
	maxLength?: number;
	pattern?: string;
	format?: string;
	minimum?: number;
	maximum?: number;
	default?: unknown;
	description?: string;
}
type JsonType = "string" | "number" | "integer" | "boolean" | "null" | "object" | "array";

const understood: Record<keyof JsonSchema, true> = {
	$ref: true,
	type: true,
	enum: true,
	const: true,
	anyOf: true,
	properties: true,
	required: true,
	additionalProperties: true,
	propertyNames: true,
	minProperties: true,
	items: true,
	minItems: true,
	maxItems: true,
	minLength: true,
	maxLength: true,
	pattern: true,
	format: true,
	minimum: true,
	maximum: true,
	default: true,
	description: true,
};

export interface ArbitraryOptions {
	/** What a reference leads to. */
	resolve: (reference: string) => JsonSchema;
	/** Values that mean something under this name, such as ids of rows that are there; undefined for none. */
	known: (name: string) => fc.Arbitrary<unknown> | undefined;
}

/** Texts that have broken programs: in code, in storage, in comparison, on a screen. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
	fc.constantFrom(
		"",
		" ",
		"\u0000",
		"a\u0000b",
		"\ud800",
		"\udfff.",
		"\u202Egnp.exe",
		"\u2066a\u2069",
		"\u200b",
		"\ufeff",
		"\u0085\u2028",
		"é",
		"e\u0301",
		"ﬁ",
		"١٢٣",
		"👩‍👩‍👧‍👦",
		"'",
		'"',
		"\\",
		"'; drop table deployments; --",
		"1 or 1=1",
		"%",
		"_",
		"%00",
		"%ff",
		"$1",
		"{}",
		"[]",
		"null",
		"undefined",
		"true",
		"NaN",
		"-1",
		"0x10",
		"1e999",
		"9007199254740993",
		"__proto__",
		"constructor",
		"toString",
		"../../etc/passwd",
		"file:///etc/passwd",
		"<script>alert(1)</script>",
		"{{7*7}}",
		"\r\nX-Injected: 1",
		"0000-01-01T00:00:00Z",
		"9999-12-31T23:59:60Z",
		"+275760-09-13T00:00:00.001Z",
		"3F2C1A90-5B7E-4C1D-9E8F-0A1B2C3D4E5F",
		"{3f2c1a90-5b7e-4c1d-9e8f-0a1b2c3d4e5f}",
		"3f2c1a905b7e4c1d9e8f0a1b2c3d4e5f",
	),
	fc.string({ unit: "binary", maxLength: 40 }),
	fc.nat({ max: 3 }).map((power) => "x".repeat(10 ** (power + 1))),
	fc.nat({ max: 2_100 }).map((length) => "🙂".repeat(length)),
);

const limitNumber = fc.constantFrom(
	0,
	-0,
	-1,
	0.1,
	1.5,
	2 ** 31 - 1,
	2 ** 31,
	-(2 ** 31) - 1,
	2 ** 53 - 1,
	2 ** 53,
	-(2 ** 53),
	2 ** 63,
	1e308,
	5e-324,
);

const nested = fc
	.tuple(fc.constantFrom(2, 30, 31, 32, 33, 100, 500), fc.boolean())
	.map(([depth, isList]) =>
		Array.from({ length: depth }).reduce<unknown>((inner) => (isList ? [inner] : { a: inner }), 1),
	);

/** Any value that JSON can hold, the awkward ones often. */
const anyJson: fc.Arbitrary<unknown> = fc.oneof(
	fc.constantFrom(null, true, false, [], {}, [null], [[]], { "": "" }),
	hostileText,
	limitNumber,
	nested,
	fc.jsonValue({ maxDepth: 3 }),
	fc.array(fc.nat(), { minLength: 100, maxLength: 1_000 }),
);

/** Values that the schema allows. A keyword that is not understood throws, so that none is left out in silence. */
export function arbitraryOf(schema: JsonSchema, options: ArbitraryOptions, name = ""): fc.Arbitrary<unknown> {
	const whole = resolved(schema, options);
	const plain = plainOf(whole, options);
	const known = whole.type === "string" ? options.known(name) : undefined;
	return known === undefined
		? plain
		: fc.oneof({ arbitrary: known, weight: 9 }, { arbitrary: plain, weight: 1 });
}

/** Values like those that the schema allows, with something wrong, or nearly so, in one place. */
export function mutationOf(schema: JsonSchema, options: ArbitraryOptions, name = ""): fc.Arbitrary<unknown> {
	const whole = resolved(schema, options);
	const mutations = [{ arbitrary: anyJson, weight: 1 }];
	const add = (arbitrary: fc.Arbitrary<unknown>, weight: number) => mutations.push({ arbitrary, weight });
	if (whole.type === "string") {
		add(hostileText, 2);
		add(lengthsAround(whole), 3);
	}
	if (whole.type === "integer" || whole.type === "number") add(numbersAround(whole), 3);
	if (whole.items !== undefined) {
		const { items } = whole;
		const one = fc.oneof(arbitraryOf(items, options), mutationOf(items, options));
		add(fc.array(one, { maxLength: 4 }), 2);
	}
	if (whole.type !== "object" || whole.properties === undefined) return fc.oneof(...mutations);
	const valid = arbitraryOf(whole, options, name);
	for (const [key, property] of Object.entries(whole.properties)) {
		const broken = mutationOf(property, options, key).map((value) => ({ [key]: value }));
		add(spread(valid, broken), 5);
		add(
			valid.map((value) => without(value, key)),
			1,
		);
	}
	const extraKey = fc.oneof(hostileText, fc.constantFrom("id", "tenant_id", "status", "role"));
	const extra = fc.tuple(extraKey, anyJson).map((pair) => Object.fromEntries([pair]));
	add(spread(valid, extra), 3);
	return fc.oneof(...mutations);
}

function resolved(schema: JsonSchema, options: ArbitraryOptions): JsonSchema {
	const unknown = Object.keys(schema).filter((keyword) => !(keyword in understood));
	if (unknown.length > 0) throw new Error(`arbitrary-of-schema does not understand ${unknown.join(", ")}`);
	return schema.$ref === undefined ? schema : resolved(options.resolve(schema.$ref), options);
}

function plainOf(schema: JsonSchema, options: ArbitraryOptions): fc.Arbitrary<unknown> {
	if (schema.const !== undefined) return fc.constant(schema.const);
	if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
	if (schema.anyOf !== undefined) return fc.oneof(...schema.anyOf.map((one) => arbitraryOf(one, options)));
	if (Array.isArray(schema.type)) {
		return fc.oneof(...schema.type.map((type) => plainOf({ ...schema, type }, options)));
	}
	switch (schema.type) {
		case "string":
			return textOf(schema);
		case "integer":
			return fc.integer(range(schema));
		case "number":
			return fc.double({ ...range(schema), noNaN: true, noDefaultInfinity: true });
		case "boolean":
			return fc.boolean();
		case "null":
			return fc.constant(null);
		case "array":
			return listOf(schema, options);
		case "object":
			return objectOf(schema, options);
		default:
			return fc.jsonValue({ maxDepth: 2 });
	}
}

function listOf(
	{ items = {}, minItems = 0, maxItems = minItems + 4 }: JsonSchema,
	options: ArbitraryOptions,
) {
	return fc.array(arbitraryOf(items, options), { minLength: minItems, maxLength: maxItems });
}

function objectOf(schema: JsonSchema, options: ArbitraryOptions): fc.Arbitrary<object> {
	const { properties, required = [], additionalProperties, minProperties = 0 } = schema;
	if (properties === undefined) {
		const values =
			typeof additionalProperties === "object" ? arbitraryOf(additionalProperties, options) : anyJson;
		return fc.dictionary(fc.string({ maxLength: 10 }), values, { minKeys: minProperties, maxKeys: 4 });
	}
	const parts = Object.entries(properties).map(
		([key, property]) => [key, arbitraryOf(property, options, key)] as const,
	);
	return fc
		.record(Object.fromEntries(parts), { requiredKeys: required })
		.filter((value) => Object.keys(value).length >= minProperties);
}

function textOf({ pattern, format, minLength = 0, maxLength = 5_000 }: JsonSchema): fc.Arbitrary<string> {
	if (format === "date-time") {
		const min = new Date("0001-01-01T00:00:00Z");
		const max = new Date("9999-12-31T23:59:59Z");
		return fc.date({ min, max, noInvalidDate: true }).map((date) => date.toISOString());
	}
	if (format !== undefined) throw new Error(`arbitrary-of-schema does not understand the format ${format}`);
	if (pattern !== undefined) {
		return fc.stringMatching(new RegExp(pattern)).filter((text) => text.length <= maxLength);
	}
	const fits = (text: string) => {
		const { length } = [...text];
		return length >= minLength && length <= maxLength;
	};
	const most = Math.min(maxLength, 5_000);
	return fc.oneof(
		fc
			.string({ minLength, maxLength: Math.min(maxLength, 60) })
			.map((text) => (fits(`a${text}`) ? `a${text}` : text)),
		fc.string({ unit: "grapheme", minLength, maxLength: 20 }).filter(fits),
		fc.constantFrom(Math.max(minLength, 1), most).map((length) => "é".repeat(length)),
	);
}

const few = { arbitrary: fc.nat({ max: 2 }), weight: 7 };

function lengthsAround({ minLength = 0, maxLength = 5_000 }: JsonSchema): fc.Arbitrary<string> {
	const lengths = [minLength - 1, minLength, maxLength, maxLength + 1];
	const possible = fc.constantFrom(...lengths.filter((length) => length >= 0));
	// A text of a million characters costs as much as a hundred cases.
	const affordable = maxLength <= 10_000 ? possible : fc.oneof({ arbitrary: possible, weight: 1 }, few);
	return fc
		.tuple(affordable, fc.constantFrom("a", "é", "🙂"))
		.map(([length, character]) => character.repeat(length));
}

function numbersAround(schema: JsonSchema): fc.Arbitrary<number> {
	const { min, max } = range(schema);
	return fc.oneof(fc.constantFrom(min - 1, min, max, max + 1, min + 0.5), limitNumber);
}

function range({ minimum, maximum }: JsonSchema): { min: number; max: number } {
	return { min: minimum ?? -(2 ** 31), max: maximum ?? 2 ** 31 - 1 };
}

function spread(base: fc.Arbitrary<unknown>, more: fc.Arbitrary<object>): fc.Arbitrary<object> {
	// Not by spreading: a key named __proto__ must become a key.
	return fc
		.tuple(base, more)
		.map(([value, added]) =>
			Object.fromEntries([...Object.entries(Object(value)), ...Object.entries(added)]),
		);
}

function without(value: unknown, key: string): object {
	return Object.fromEntries(Object.entries(Object(value)).filter(([name]) => name !== key));
}
