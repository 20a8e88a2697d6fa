import { z } from "zod";

const messageSchema = z.object({
	role: z.enum(["system", "developer", "user", "assistant"]),
	content: z.string(),
});
const messagesSchema = z.array(messageSchema).min(1);
const recordedSchema = z.union([messagesSchema, z.object({ messages: messagesSchema })]);

export interface Conversation {
	/** Null where the trace has kept none. */
	system: string | null;
	messages: { role: "user" | "assistant"; content: string }[];
}

/**
 * The conversation that a span's input stands for: the messages of a chat where it is JSON of that form (a list
 * of `{role, content}`, or an object with it as `messages`), or else the whole text as what the user has said.
 */
export function conversationOf(input: string): Conversation {
	const recorded = recordedSchema.safeParse(parsedJson(input));
	const all = !recorded.success ? [] : Array.isArray(recorded.data) ? recorded.data : recorded.data.messages;
	const messages: Conversation["messages"] = [];
	const system: string[] = [];
	for (const { role, content } of all) {
		if (role === "user" || role === "assistant") messages.push({ role, content });
		else system.push(content);
	}
	if (!messages.some(({ role }) => role === "user")) {
		return { system: null, messages: [{ role: "user", content: input }] };
	}
	return { system: system.length === 0 ? null : system.join("\n\n"), messages };
}

function parsedJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
}
