import { z } from "zod";
import { dateTimeSchema, jsonObjectSchema, uuidSchema } from "./identifiers";
import { cursorSchema, pageLimitSchema } from "./page";

export const spanTypes = ["llm", "tool", "retrieval", "other"] as const;
export type SpanType = (typeof spanTypes)[number];

const promisedSpanFields = {
	id: uuidSchema,
	created_at: dateTimeSchema,
	tenant_id: uuidSchema,
	trace_id: uuidSchema,
	parent_span_id: uuidSchema.nullable().optional(),
	name: z.string(),
	type: z.enum(spanTypes),
	input: z.string().nullable().optional(),
	output: z.string().nullable().optional(),
	model: z.string().nullable().optional(),
	latency_ms: z.number().nullable().optional(),
	cost: z.number().nullable().optional(),
	error: z.string().nullable().optional(),
	prompt_tokens: z.number().nullable().optional(),
	completion_tokens: z.number().nullable().optional(),
	metadata: jsonObjectSchema.nullable().optional(),
	start_time: dateTimeSchema.nullable().optional(),
	end_time: dateTimeSchema.nullable().optional(),
};

const promisedTraceFields = {
	id: uuidSchema,
	project_id: uuidSchema,
	name: z.string().nullable().optional(),
	input: z.string().nullable().optional(),
	output: z.string().nullable().optional(),
	model: z.string().nullable().optional(),
	latency_ms: z.number().nullable().optional(),
	cost: z.number().nullable().optional(),
	error: z.string().nullable().optional(),
	tags: z.array(z.string()),
	control_loop_depth: z.number().int().nullable().optional(),
	started_at: dateTimeSchema,
	ended_at: dateTimeSchema.nullable().optional(),
};

/** A trace with its spans exactly as our own server promises to answer it. */
export const promisedTraceSchema = z.strictObject({
	...promisedTraceFields,
	spans: z.array(z.strictObject(promisedSpanFields)),
});

/** A page of traces exactly as our own server promises to answer it. */
export const promisedTracePageSchema = z.strictObject({
	traces: z.array(z.strictObject(promisedTraceFields)),
	next_cursor: z.string().optional(),
	has_more: z.boolean(),
});

/** A span as any API of the contract may send it; input and output may be any JSON value. */
export const spanSchema = z.looseObject({
	...promisedSpanFields,
	id: z.string(),
	created_at: z.string(),
	tenant_id: z.string().optional(),
	trace_id: z.string(),
	parent_span_id: z.string().nullish(),
	type: z.string(),
	input: z.unknown(),
	output: z.unknown(),
	start_time: z.string().nullish(),
	end_time: z.string().nullish(),
});
export type Span = z.infer<typeof spanSchema>;

const readableTraceFields = {
	...promisedTraceFields,
	id: z.string(),
	project_id: z.string(),
	input: z.unknown(),
	output: z.unknown(),
	tags: z.array(z.string()).nullish(),
	started_at: z.string(),
	ended_at: z.string().nullish(),
};

/** A trace as any API of the contract may send it. */
export const traceSchema = z.looseObject({ ...readableTraceFields, spans: z.array(spanSchema) });
export type Trace = z.infer<typeof traceSchema>;

/** `GET /v1/traces`: without spans. */
export const tracePageSchema = z.looseObject({
	traces: z.array(z.looseObject({ ...readableTraceFields, spans: z.array(spanSchema).optional() })),
	next_cursor: z.string().nullish(),
	has_more: z.boolean(),
});
export type TracePage = z.infer<typeof tracePageSchema>;

/** The query of `GET /v1/traces`; `error` asks for traces with one, or for those without. */
export const traceListQuerySchema = z.object({
	project_id: uuidSchema.optional(),
	error: z.enum(["true", "false"]).optional(),
	cursor: cursorSchema.optional(),
	limit: pageLimitSchema,
});
