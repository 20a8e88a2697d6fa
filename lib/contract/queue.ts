import { z } from "zod";
import { auditActorTypes } from "./audit-entry";
import { codePointLength } from "./characters";
import { deploymentStatusSchema, deploymentSummarySchema, promisedDeploymentSchema } from "./deployment";
import { deploymentStatuses } from "./deployment-status";
import { dateTimeSchema, queryMomentSchema, uuidSchema } from "./identifiers";
import { cursorSchema } from "./page";
import { queueSorts, queueVerdicts, searchMaxLength, searchMinLength } from "./queue-terms";
import { storableText } from "./text";

/** `a,b,c` as a query string holds it: each one known, none twice, at least one. */
function listOf<Word extends string>(words: readonly [Word, ...Word[]] | readonly Word[]) {
	return z
		.string()
		.transform((text) => text.split(","))
		.pipe(z.array(z.enum(words as readonly [Word, ...Word[]])).min(1))
		.refine((list) => new Set(list).size === list.length, "must not name one twice");
}

/** What the queue can be narrowed to; the same for its rows, its counts and its export. */
const filterFields = {
	project_id: uuidSchema.optional(),
	verdict: listOf(queueVerdicts).optional(),
	/** Made at or after, and before, these moments. */
	created_after: queryMomentSchema.optional(),
	created_before: queryMomentSchema.optional(),
	/** Part of the rationale or of the cluster's signature, in any case of letters; or the start of an id. */
	q: storableText(searchMaxLength)
		.refine(
			(text) => codePointLength(text) >= searchMinLength,
			`must be at least ${searchMinLength} characters`,
		)
		.meta({ minLength: searchMinLength })
		.optional(),
};

/** `GET /v1/prompts/queue` (our addition). */
export const queueQuerySchema = z.object({
	...filterFields,
	/** In the order in which `sort=state` brings them; all when left out. */
	status: listOf(deploymentStatuses).optional(),
	sort: z.enum(queueSorts).default("state"),
	cursor: cursorSchema.optional(),
	limit: z
		.string()
		.regex(/^([1-9]\d?|1\d\d|200)$/, "must be a whole number from 1 to 200")
		.transform(Number)
		.default(50),
});

/** `GET /v1/prompts/queue/rows` (our addition): the same rows again, whatever state they are in by now. */
export const queueRowsQuerySchema = z.object({
	ids: z
		.string()
		.transform((text) => text.split(","))
		.pipe(z.array(uuidSchema).min(1).max(200)),
});

/** `GET /v1/prompts/queue/counts` (our addition). */
export const queueCountsQuerySchema = z.object(filterFields);

/** `GET /v1/prompts/queue/times` (our addition). */
export const queueTimesQuerySchema = z.object({ project_id: uuidSchema.optional() });

const digestFields = {
	/** Words that the change adds and removes. */
	words_added: z.number().int().nonnegative(),
	words_removed: z.number().int().nonnegative(),
	/** Of the checks that look at the two texts; what needs other records is on the review page only. */
	findings: z.number().int().nonnegative(),
	/** The severity of the worst finding and its sentence; null where there is none. */
	worst_severity: z.enum(["severe", "warning", "note"]).nullable(),
	worst_sentence: z.string().nullable(),
	verdict: z.enum(queueVerdicts),
	/** How far the main metric went in its good direction, as a share: 0.29 is 29 points; null where unknown. */
	effect: z.number().nullable(),
};

const decidedFields = {
	decision: z.enum(["approve", "reject", "rollback"]),
	actor_type: z.enum(auditActorTypes),
	actor_id: z.string(),
	at: dateTimeSchema,
};

const {
	current_prompt: _current,
	proposed_prompt: _proposed,
	...promisedSummary
} = promisedDeploymentSchema.shape;

/** A row of the queue: a deployment without its prompts, and what is read from them. */
export const promisedQueueRowSchema = z.strictObject({
	...promisedSummary,
	/** When it came into its present state. */
	status_since: dateTimeSchema,
	/** Null until the server has looked at the two texts, a moment after the proposal. */
	digest: z.strictObject(digestFields).nullable(),
	/** The latest decision on it. */
	decided: z.strictObject(decidedFields).nullable(),
});
export const promisedQueuePageSchema = z.strictObject({
	items: z.array(promisedQueueRowSchema),
	/** Null at the end. */
	next_cursor: z.string().nullable(),
});
export const promisedQueueRowsSchema = z.strictObject({ items: z.array(promisedQueueRowSchema) });

const countFields = {
	status: deploymentStatusSchema,
	total: z.number().int().nonnegative(),
	/** False where counting was given up at `total`: there are at least as many. */
	is_exact: z.boolean(),
};
/** One for every state, in the order of the lifecycle. */
export const promisedQueueCountsSchema = z.strictObject({ counts: z.array(z.strictObject(countFields)) });

const waitingFields = {
	status: deploymentStatusSchema,
	total: z.number().int().nonnegative(),
	/** When the one that has been in this state for longest came into it, and the one in the middle. */
	oldest_since: dateTimeSchema.nullable(),
	median_since: dateTimeSchema.nullable(),
};
const decisionTimeFields = {
	/** Days that are looked back on. */
	days: z.number().int().positive(),
	/** Approvals and rejections in these days. */
	count: z.number().int().nonnegative(),
	/** From the moment it could be decided until it was; null where nothing was. */
	median_seconds: z.number().nonnegative().nullable(),
};
export const promisedQueueTimesSchema = z.strictObject({
	/** For every state, in the order of the lifecycle. */
	waiting: z.array(z.strictObject(waitingFields)),
	decisions: z.strictObject(decisionTimeFields),
});

/** A row as a server that has our addition may send it; one without it sends a summary and no more. */
export const queueRowSchema = z.intersection(
	deploymentSummarySchema,
	z.looseObject({
		status_since: z.string().nullish(),
		digest: z
			.looseObject({ ...digestFields, worst_severity: z.string().nullable(), verdict: z.string() })
			.nullish(),
		decided: z
			.looseObject({ ...decidedFields, decision: z.string(), actor_type: z.string(), at: z.string() })
			.nullish(),
	}),
);
export type QueueRow = z.infer<typeof queueRowSchema>;
export const queuePageSchema = z.looseObject({
	items: z.array(queueRowSchema),
	next_cursor: z.string().nullable(),
});
export type QueuePage = z.infer<typeof queuePageSchema>;
export const queueRowsSchema = z.looseObject({ items: z.array(queueRowSchema) });
export const queueCountsSchema = z.looseObject({
	counts: z.array(z.looseObject({ ...countFields, status: z.string() })),
});
export type QueueCounts = z.infer<typeof queueCountsSchema>;
export const queueTimesSchema = z.looseObject({
	waiting: z.array(
		z.looseObject({
			...waitingFields,
			status: z.string(),
			oldest_since: z.string().nullable(),
			median_since: z.string().nullable(),
		}),
	),
	decisions: z.looseObject(decisionTimeFields),
});
export type QueueTimes = z.infer<typeof queueTimesSchema>;
