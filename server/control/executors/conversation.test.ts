import { describe, expect, test } from "vitest";
import { conversationOf } from "./conversation";

describe("conversationOf", () => {
	test.each(["How long is it?", '{"order":"A-1"}', "[1, 2]", '[{"role":"user"}]', "[]", '"text"', ""])(
		"%j is what the user has said, as it stands",
		(input) => {
			expect(conversationOf(input)).toEqual({ system: null, messages: [{ role: "user", content: input }] });
		},
	);

	test("messages of a chat are those messages, with the system prompt apart", () => {
		const messages = [
			{ role: "system", content: "You help." },
			{ role: "user", content: "Hello" },
			{ role: "assistant", content: "Hello." },
			{ role: "developer", content: "Briefly." },
			{ role: "user", content: "How long?" },
		];
		const expected = {
			system: "You help.\n\nBriefly.",
			messages: [messages[1], messages[2], messages[4]],
		};
		expect(conversationOf(JSON.stringify(messages))).toEqual(expected);
		expect(conversationOf(JSON.stringify({ messages, temperature: 0 }))).toEqual(expected);
	});

	test("messages of which the user has said none are a text", () => {
		const input = '[{"role":"system","content":"You help."}]';
		expect(conversationOf(input)).toEqual({ system: null, messages: [{ role: "user", content: input }] });
	});
});
