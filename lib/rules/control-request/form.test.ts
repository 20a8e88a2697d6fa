import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { requestableActionTypes } from "../../contract/control-action-types";
import type { JsonObject } from "../../contract/identifiers";
import { formOf, payloadOf } from "./form";
import { readPayload } from "./read-input";

function shown(type: (typeof requestableActionTypes)[number], payload: JsonObject) {
	const read = formOf(type, payload);
	if ("objection" in read) throw new Error(read.objection);
	return read.form;
}

describe("a form and its JSON", () => {
	test("say the same, whatever else the payload holds", () => {
		const payloads: [(typeof requestableActionTypes)[number], JsonObject][] = [
			["retry", { attempts: 3, span: "answer", reason: "a day was invented" }],
			[
				"fallback_model",
				{
					model: "atlas-small-2",
					parameters: { temperature: 0.2, max_tokens: 400, stop: ["\n"] },
					scope: "x",
				},
			],
			["prompt_modification", { system_prompt: " Be kind.\n", append: "And brief." }],
			["agent_action", { name: "notify", arguments: { to: ["a"], deep: { b: null } }, task: "t" }],
		];
		for (const [type, payload] of payloads) {
			const form = shown(type, payload);
			expect(payloadOf(type, form)).toEqual({ payload, errors: {} });
		}
		expect(shown("retry", payloads[0]?.[1] ?? {}).rest).toEqual({ reason: "a day was invented" });
		expect(shown("fallback_model", payloads[1]?.[1] ?? {}).rest).toEqual({
			parameters: { stop: ["\n"] },
			scope: "x",
		});
	});

	test("of any payload: the form shows it without changing it, or says that it cannot", () => {
		const names = [
			"toString",
			"attempts",
			"model",
			"parameters",
			"system_prompt",
			"name",
			"arguments",
			"span",
			"other",
		];
		const value = fc.oneof(
			fc.jsonValue(),
			fc.integer(),
			fc.string(),
			fc.record({ temperature: fc.jsonValue() }),
		);
		fc.assert(
			fc.property(
				fc.constantFrom(...requestableActionTypes),
				fc.dictionary(fc.constantFrom(...names), value),
				(type, payload) => {
					const clean = readPayload(JSON.stringify(payload)).value;
					fc.pre(clean !== undefined);
					const read = formOf(type, clean);
					if ("objection" in read) {
						expect(read.objection).toMatch(/^In the form, .+\.$/);
						return;
					}
					expect(payloadOf(type, read.form).payload ?? {}).toEqual(clean);
				},
			),
			{ numRuns: 200 },
		);
	});

	test("refuse in words what the executor would refuse", () => {
		const errorsOf = (type: (typeof requestableActionTypes)[number], values: Record<string, string>) =>
			payloadOf(type, { values, rest: {} }).errors;
		expect(errorsOf("retry", { attempts: "6" })).toEqual({
			attempts: "Attempts has to be a whole number from 1 to 5.",
		});
		expect(errorsOf("retry", { attempts: "1.5" })).toHaveProperty("attempts");
		expect(errorsOf("retry", { attempts: "two" })).toHaveProperty("attempts");
		expect(errorsOf("retry", {})).toEqual({});
		expect(errorsOf("fallback_model", { temperature: "2.1", max_tokens: "0" })).toEqual({
			model: "Model is needed.",
			temperature: "Temperature has to be a number from 0 to 2.",
			max_tokens: "Max tokens has to be a whole number from 1 to 1,000,000.",
		});
		expect(errorsOf("prompt_modification", { system_prompt: " \n" })).toEqual({
			system_prompt: "Write the system prompt, or what is added to it.",
		});
		expect(errorsOf("agent_action", { name: "notify", arguments: "[1]" })).toHaveProperty("arguments");
	});

	test("with nothing typed there is no payload, and what is wrong goes into the JSON as it was typed", () => {
		expect(payloadOf("retry", { values: { attempts: " " }, rest: {} }).payload).toBeNull();
		expect(payloadOf("retry", { values: { attempts: "two" }, rest: {} }).payload).toEqual({
			attempts: "two",
		});
		expect(formOf("retry", { attempts: "two" })).toEqual({
			objection: "In the form, attempts has to be a whole number from 1 to 5.",
		});
	});
});
