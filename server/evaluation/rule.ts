import { z } from "zod";
import { uuidSchema } from "@/lib/contract/identifiers";

const ruleFields = { id: uuidSchema, name: z.string().min(1).max(200) };
const text = z.string().min(1).max(2_000);

const ruleSchema = z.discriminatedUnion("type", [
	z.strictObject({
		...ruleFields,
		type: z.literal("contains"),
		text,
		ignore_case: z.boolean().default(false),
	}),
	z.strictObject({
		...ruleFields,
		type: z.literal("not_contains"),
		text,
		ignore_case: z.boolean().default(false),
	}),
	/** Counted in UTF-16 units, as JavaScript counts. */
	z.strictObject({ ...ruleFields, type: z.literal("max_length"), characters: z.number().int().min(1) }),
	z.strictObject({ ...ruleFields, type: z.literal("is_json") }),
	/** A number in brackets (`[1]`, `[^1]`, `【1】`) or the address of a page. */
	z.strictObject({ ...ruleFields, type: z.literal("has_citation") }),
]);

/** The file of `COUNTERSIGN_EVALUATION_RULES`: at most 100 rules, each with an id of its own. */
export const evaluationRulesSchema = z
	.array(ruleSchema)
	.max(100)
	.refine((rules) => new Set(rules.map(({ id }) => id)).size === rules.length, "holds an id twice");

export type EvaluationRule = z.infer<typeof ruleSchema>;
