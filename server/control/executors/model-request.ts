import { z } from "zod";
import type { ControlAction } from "@/lib/contract/control-action";
import type { FoundSubject, Subject } from "../subject";
import { type Conversation, conversationOf } from "./conversation";

const parameters = z
	.strictObject({
		temperature: z.number().min(0).max(2).optional(),
		top_p: z.number().min(0).max(1).optional(),
		max_tokens: z.number().int().min(1).max(1_000_000).optional(),
		presence_penalty: z.number().min(-2).max(2).optional(),
		frequency_penalty: z.number().min(-2).max(2).optional(),
		seed: z.number().int().optional(),
		stop: z.array(z.string().min(1)).max(4).optional(),
	})
	.default({});
const prompt = z.string().min(1).max(200_000);

/** What the payload of each type may say to a model; what else stands in it is for people. */
const payloads = {
	retry: z.object({ attempts: z.number().int().min(1).max(5).default(1), parameters }),
	fallback_model: z.object({ model: z.string().trim().min(1).max(200), parameters }),
	prompt_modification: z
		.object({ system_prompt: prompt.optional(), append: prompt.optional(), parameters })
		.refine((payload) => payload.system_prompt ?? payload.append, "names neither system_prompt nor append"),
};

/** What is sent to a model for an action. */
export interface ModelRequest extends Conversation {
	subject: Subject;
	model: string;
	/** How often it is tried until an answer comes, 1–5. */
	attempts: number;
	parameters: z.output<typeof parameters>;
	/** What the person should know of it, in sentences. */
	notes: string[];
}

/** What to send for an action, or a sentence why nothing can be sent. */
export function modelRequestOf(
	{ action_type, payload }: Pick<ControlAction, "action_type" | "payload">,
	found: FoundSubject,
	defaultModel: string | null,
): { request: ModelRequest } | { objection: string } {
	if (action_type !== "retry" && action_type !== "fallback_model" && action_type !== "prompt_modification") {
		return {
			objection: `An action of the type ${action_type} needs the webhook executor: this server runs actions on a model alone.`,
		};
	}
	if ("missing" in found) return { objection: found.missing };
	const { subject } = found;
	if (subject.input === null || subject.input === "") {
		return { objection: "Neither the span nor its trace has kept an input." };
	}
	const parsed = payloads[action_type].safeParse(payload ?? {});
	if (!parsed.success) {
		const wrong = parsed.error.issues.map(({ path, message }) => `${path.join(".") || "it"} ${message}`);
		return { objection: `The payload is not usable (${wrong.join("; ").slice(0, 500)}).` };
	}
	const asked: {
		model?: string;
		attempts?: number;
		system_prompt?: string | undefined;
		append?: string | undefined;
	} = parsed.data;
	const model = asked.model ?? subject.model ?? defaultModel;
	if (model === null) {
		return {
			objection:
				"Neither the span nor its trace names a model, and COUNTERSIGN_EXECUTOR_MODEL_NAME is not set.",
		};
	}
	const { system: recorded, messages } = conversationOf(subject.input);
	const system = [asked.system_prompt ?? recorded, asked.append].filter(
		(part) => part !== null && part !== undefined,
	);
	const hasOnlyAppended = asked.append !== undefined && system.length === 1;
	return {
		request: {
			subject,
			model,
			messages,
			system: system.length === 0 ? null : system.join("\n\n"),
			attempts: asked.attempts ?? 1,
			parameters: parsed.data.parameters,
			notes: [
				...(system.length === 0 ? ["The trace has kept no system prompt, so none was sent."] : []),
				...(hasOnlyAppended
					? ["The trace has kept no system prompt, so what was to be appended is all of it."]
					: []),
			],
		},
	};
}
