import type { ControlAction } from "@/lib/contract/control-action";
import type { Transaction } from "../db/database";
import { statement } from "../db/statement";

/** The span of a trace that an action is to mend. */
export interface Subject {
	traceId: string;
	spanId: string;
	parentSpanId: string | null;
	name: string;
	/** The span's own, or else the trace's; null where neither was kept. */
	input: string | null;
	output: string | null;
	model: string | null;
}

/** The span, or a sentence that says why there is none. */
export type FoundSubject = { subject: Subject } | { missing: string };

interface Row {
	id: string;
	parent_span_id: string | null;
	name: string;
	input: string | null;
	output: string | null;
	model: string | null;
}

/**
 * The span that `payload.span` names, by its id or its name, or else the first that a model has answered, or
 * else the root. What an action has made of a trace is the subject of another one only where its id is named:
 * every remediation is measured against what went wrong.
 */
const findSubject = statement(`
	select span.id::text, span.parent_span_id::text, span.name,
		coalesce(span.input, trace.input) as input, span.output, coalesce(span.model, trace.model) as model
	from spans span
	join traces trace on trace.tenant_id = span.tenant_id and trace.id = span.trace_id
	where span.tenant_id = $1 and span.trace_id = $2
		and ($3::text is null or span.id::text = $3 or span.name = $3)
		and (span.id::text = $3 or span.id not in (
			select remediation.remediated_span_id from control_actions action
			join remediations remediation on remediation.action_id = action.id
			where action.tenant_id = $1 and action.trace_id = $2
		))
	order by (span.id::text = $3) desc nulls last, (span.type = 'llm') desc, (span.parent_span_id is null) desc,
		span.created_at, span.id
	limit 1
`);

/** Finds what an action of the tenant is about. */
export async function loadSubject(
	tx: Transaction,
	tenantId: string,
	{ trace_id: traceId, payload }: Pick<ControlAction, "trace_id" | "payload">,
): Promise<FoundSubject> {
	if (traceId === null || traceId === undefined) return { missing: "The action names no trace." };
	const named = payload?.span ?? null;
	if (named !== null && typeof named !== "string") {
		return { missing: "The payload's span must be the id or the name of a span." };
	}
	const [row] = await tx.query<Row>(findSubject, [tenantId, traceId, named]);
	if (row === undefined) {
		return {
			missing:
				named === null ? "The trace has no span." : "The trace has no span of the payload's name or id.",
		};
	}
	const { id: spanId, parent_span_id: parentSpanId, ...more } = row;
	return { subject: { traceId, spanId, parentSpanId, ...more } };
}
