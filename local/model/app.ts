import { createHash } from "node:crypto";
import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { z } from "zod";

/** The name under which everything it answers is stored. */
export const standInModel = "countersign-stand-in";

const requestSchema = z.object({
	model: z.string().min(1),
	messages: z.array(z.object({ role: z.string(), content: z.string() })).min(1),
	stream: z.boolean().optional(),
});
type ChatRequest = z.infer<typeof requestSchema>;

const quotedCharacters = 200;
const maxBodyBytes = 4 * 1024 * 1024;

/**
 * A stand-in for a model behind the chat completions of OpenAI's API, without streaming. It knows nothing: it
 * says that it is a stand-in and repeats what it was asked, the same for the same request.
 */
export function createModelStandIn(): Hono {
	const app = new Hono();
	app.get("/health", (c) => c.json({ status: "ok", service: "model-stand-in" }));
	app.get("/v1/models", (c) =>
		c.json({ object: "list", data: [{ id: standInModel, object: "model", owned_by: "countersign" }] }),
	);
	app.post("/v1/chat/completions", bodyLimit({ maxSize: maxBodyBytes }), async (c) => {
		const parsed = requestSchema.safeParse(await c.req.json().catch(() => null));
		if (!parsed.success) return c.json(refusal("The request is not one of a chat with texts."), 400);
		if (parsed.data.stream) return c.json(refusal("The stand-in does not stream."), 400);
		return c.json(completionOf(parsed.data));
	});
	app.notFound((c) => c.json(refusal("The stand-in answers POST /v1/chat/completions."), 404));
	return app;
}

function refusal(message: string) {
	return { error: { message, type: "invalid_request_error", param: null, code: null } };
}

function completionOf(request: ChatRequest) {
	const content = answerTo(request);
	const prompt_tokens = wordsIn(request.messages.map((message) => message.content).join(" "));
	const completion_tokens = wordsIn(content);
	return {
		id: `chatcmpl-stand-in-${createHash("sha256").update(JSON.stringify(request)).digest("hex").slice(0, 24)}`,
		object: "chat.completion",
		created: 0,
		model: standInModel,
		choices: [{ index: 0, message: { role: "assistant", content }, finish_reason: "stop" }],
		usage: { prompt_tokens, completion_tokens, total_tokens: prompt_tokens + completion_tokens },
	};
}

function answerTo({ model, messages }: ChatRequest): string {
	const asked = messages.findLast(({ role }) => role === "user")?.content ?? "";
	const system = messages.filter(({ role }) => role === "system").map(({ content }) => content);
	return [
		`This is a stand-in and not the model ${quoted(model)}.`,
		system.length === 0
			? "It was given no system prompt."
			: `It was given a system prompt: ${quoted(system.join("\n\n"))}.`,
		`It was asked: ${quoted(asked)}.`,
	].join(" ");
}

function quoted(text: string): string {
	const oneLine = text.trim().replaceAll(/\s+/g, " ");
	const short = oneLine.length <= quotedCharacters ? oneLine : `${oneLine.slice(0, quotedCharacters)}…`;
	return `“${short.toWellFormed()}”`;
}

/** Words, where a model would count tokens. */
function wordsIn(text: string): number {
	return text.split(/\s+/).filter((word) => word !== "").length;
}
