import { expect, test } from "vitest";
import { recordedPrompt } from "./recorded-prompt";
import { consequenceOf, requestInWords } from "./request";

const traceId = "3f2c1a90-5b7e-4c1d-9e8f-0a1b2c3d4e5f";

test("what will happen is said for each type, with what was typed", () => {
	const base = { projectName: "Support", traceId, payload: null };
	expect(consequenceOf({ ...base, type: "retry" })).toBe(
		"Asks the API to run the input of trace 3f2c1a90 again on its own model, once.",
	);
	expect(consequenceOf({ ...base, type: "retry", payload: { attempts: 3 } })).toContain("at most 3 times");
	expect(consequenceOf({ ...base, type: "fallback_model", payload: { model: "atlas" } })).toContain(
		"“atlas”",
	);
	expect(consequenceOf({ ...base, type: "prompt_modification" })).toContain(
		"The live prompt of Support stays as it is.",
	);
	expect(consequenceOf({ ...base, type: "agent_action", payload: { name: "notify" } })).toBe(
		"Asks the runtime of Support to do the action “notify”. What that changes there is up to it.",
	);
	expect(consequenceOf({ ...base, traceId: null, type: "retry" })).toContain("No trace is named");
});

test("the request is shown with its method, its path and its body", () => {
	const text = requestInWords({ project_id: traceId, action_type: "retry", payload: { attempts: 2 } });
	expect(text.split("\n")[0]).toBe("POST /v1/control/execute");
	expect(JSON.parse(text.slice(text.indexOf("{")))).toEqual({
		project_id: traceId,
		action_type: "retry",
		payload: { attempts: 2 },
	});
});

test("the prompt of a trace is found in the messages of its model's span, and nowhere else", () => {
	const span = (type: string, input: unknown) => ({
		id: "s",
		created_at: "",
		trace_id: "t",
		name: "n",
		type,
		input,
		output: null,
	});
	const messages = [
		{ role: "system", content: "Be kind." },
		{ role: "user", content: "Hello" },
	];
	const llm = span("llm", JSON.stringify({ messages }));
	expect(recordedPrompt({ input: "Hello", spans: [span("tool", messages), llm] })).toBe("Be kind.");
	expect(recordedPrompt({ input: messages, spans: [] })).toBe("Be kind.");
	for (const input of ["Hello", "{", null, { messages: "x" }, [{ role: "system" }, null, 4]]) {
		expect(recordedPrompt({ input, spans: [span("llm", input)] })).toBeNull();
	}
});
