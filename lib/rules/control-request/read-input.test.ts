import { describe, expect, test } from "vitest";
import { readPayload, readTraceId } from "./read-input";

describe("readPayload", () => {
	test("takes an object as it is, and nothing for nothing", () => {
		expect(readPayload('{"attempts": 2, "a": [1.5, -3]}')).toEqual({
			value: { attempts: 2, a: [1.5, -3] },
			error: null,
		});
		expect(readPayload("  ")).toEqual({ value: undefined, error: null });
	});

	test.each([
		["half a text", '{"a": ', /not JSON/],
		["a list", "[1]", /JSON object/],
		["a bare null", "null", /JSON object/],
		["a number that would be rounded", '{"n": 12345678901234567890}', /cannot be sent exactly/],
		["a number that would become null", '{"n": [1e999]}', /cannot be sent exactly/],
		["what is nested too deeply", `{"a":${"[".repeat(20_000)}${"]".repeat(20_000)}}`, /levels deep/],
		["what is too large", `{"a": "${"é".repeat(40_000)}"}`, /80,009 bytes/],
	])("refuses %s in words", (_name, text, words) => {
		const { value, error } = readPayload(text);
		expect(value).toBeUndefined();
		expect(error).toMatch(words);
	});
});

describe("readTraceId", () => {
	test("takes an id in either case and refuses what is none", () => {
		expect(readTraceId(" 3F2C1A90-5B7E-4C1D-9E8F-0A1B2C3D4E5F ", "retry").value).toBe(
			"3f2c1a90-5b7e-4c1d-9e8f-0a1b2c3d4e5f",
		);
		expect(readTraceId("", "agent_action").error).toBeNull();
		expect(readTraceId("trace-1", "agent_action").error).toContain("looks like");
	});

	test.each(["retry", "fallback_model", "prompt_modification"] as const)("asks for one for %s", (type) => {
		expect(readTraceId(" ", type)).toEqual({
			value: undefined,
			error: expect.stringContaining("a trace has kept"),
		});
	});
});
