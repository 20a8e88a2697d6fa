import { z } from "zod";
import type { ControlAction } from "@/lib/contract/control-action";
import { controlActionTypes } from "@/lib/contract/control-action-types";
import type { JsonObject } from "@/lib/contract/identifiers";
import { isRemediating } from "@/lib/rules/safety-gates";
import { evaluate } from "../../evaluation/evaluate";
import type { EvaluationRule } from "../../evaluation/rule";
import type { RemediatedAnswer } from "../executor";
import type { FoundSubject } from "../subject";

/** What a column of the database can hold. */
const tokens = z.number().int().min(0).max(2_147_483_647).optional();
const amount = z.number().min(0).optional();

/** The optional `remediated` of a webhook's reply. */
const remediatedSchema = z.strictObject({
	output: z.string(),
	model: z.string().min(1).max(200).optional(),
	prompt_tokens: tokens,
	completion_tokens: tokens,
	latency_ms: amount,
	cost: amount,
});

interface Told {
	action: ControlAction;
	subject: FoundSubject;
	rules: readonly EvaluationRule[];
	startedAt: Date;
	endedAt: Date;
}

/**
 * What a reply says that it has made of the trace: the answer to store, a sentence why it cannot be stored, or
 * null when the reply says nothing of it.
 */
export function remediatedOf(
	reply: JsonObject,
	{ action, subject, rules, startedAt, endedAt }: Told,
): { answer: RemediatedAnswer } | { objection: string } | null {
	if (reply.remediated === undefined) return null;
	const parsed = remediatedSchema.safeParse(reply.remediated);
	if (!parsed.success) {
		const wrong = parsed.error.issues.map(
			({ path, message }) => `${path.join(".") || "remediated"} ${message}`,
		);
		return { objection: `Its form is not the documented one (${wrong.join("; ").slice(0, 500)}).` };
	}
	const type = controlActionTypes.find((one) => one === action.action_type);
	if (type === undefined || !isRemediating(type)) {
		return { objection: `An action of the type ${action.action_type} does not mend a trace.` };
	}
	if ("missing" in subject) return { objection: subject.missing };
	const { output, model, prompt_tokens, completion_tokens, latency_ms, cost } = parsed.data;
	return {
		answer: {
			original: subject.subject,
			input: subject.subject.input,
			output,
			model: model ?? null,
			promptTokens: prompt_tokens ?? null,
			completionTokens: completion_tokens ?? null,
			latencyMs: latency_ms ?? null,
			cost: cost ?? null,
			startedAt,
			endedAt,
			metadata: { executor: "webhook" },
			evaluation: evaluate(rules, subject.subject.output, output),
		},
	};
}
