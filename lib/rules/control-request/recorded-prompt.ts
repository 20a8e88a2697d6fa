import type { Trace } from "../../contract/trace";

/** An input longer than this, in UTF-16 units, is not looked through for a prompt. */
const inputMaxLength = 400_000;

/**
 * The system prompt that a trace was answered with: that of the first span that a model has answered, else of the
 * trace itself, where the input has been kept as the messages of a chat. Null where it is not known.
 */
export function recordedPrompt({ input, spans }: Pick<Trace, "input" | "spans">): string | null {
	const inputs = [...spans.filter(({ type }) => type === "llm").map((span) => span.input), input];
	for (const one of inputs) {
		const system = systemOf(one);
		if (system !== null) return system;
	}
	return null;
}

function systemOf(input: unknown): string | null {
	const value = typeof input === "string" ? parsed(input) : input;
	const messages = Array.isArray(value) ? value : listIn(value);
	const system = messages.flatMap((message: unknown) => {
		if (typeof message !== "object" || message === null) return [];
		const { role, content } = message as Record<string, unknown>;
		return (role === "system" || role === "developer") && typeof content === "string" ? [content] : [];
	});
	return system.length === 0 ? null : system.join("\n\n");
}

function listIn(value: unknown): unknown[] {
	if (typeof value !== "object" || value === null || !("messages" in value)) return [];
	return Array.isArray(value.messages) ? value.messages : [];
}

function parsed(text: string): unknown {
	if (text.length > inputMaxLength) return null;
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
}
