import type { z } from "zod";
import type { AuditActorType } from "@/lib/contract/audit-entry";
import type { promisedQueueRowSchema } from "@/lib/contract/queue";
import type { QueueVerdict } from "@/lib/contract/queue-terms";
import type { Decision } from "@/lib/rules/lifecycle";
import type { Severity } from "@/lib/rules/prompt-checks/finding";
import { type DeploymentSummaryRow, deploymentSummaryAnswer, summaryColumns } from "../deployments/row";

/** A row of the queue as SQL gives it: all of a digest is null while there is none. */
export interface QueueTableRow extends DeploymentSummaryRow {
	words_added: number | null;
	words_removed: number | null;
	findings: number | null;
	worst_severity: Severity | null;
	worst_sentence: string | null;
	verdict: QueueVerdict | null;
	effect: number | null;
	decision: Decision | null;
	decided_by_type: AuditActorType | null;
	decided_by: string | null;
	decided_at: Date | null;
}

const digestColumns = [
	"words_added",
	"words_removed",
	"findings",
	"worst_severity",
	"worst_sentence",
	"verdict",
	"effect",
] as const satisfies (keyof QueueTableRow)[];

/** The columns of a row, for SQL that joins `queueRows`. */
export const queueColumns = `${summaryColumns}, ${digestColumns.map((name) => `deployment.${name}`).join(", ")},
	decided.decision, decided.actor_type as decided_by_type, decided.actor_id as decided_by,
	decided.created_at as decided_at`;

/** The whole rows to the ids of `page`, in SQL with the tenant as `$1`: joined to it by `join`. */
export const queueRows = `deployments deployment on deployment.id = page.id and deployment.tenant_id = $1
	left join lateral (
		select decision, actor_type, actor_id, created_at from decisions
		where tenant_id = $1 and subject_kind = 'deployment' and subject_id = page.id
		order by sequence desc limit 1
	) as decided on true`;

type Answer = z.input<typeof promisedQueueRowSchema>;

/** A row as the contract writes it. */
export function queueRowAnswer(row: QueueTableRow): Answer {
	return {
		...deploymentSummaryAnswer(row),
		status_since: row.status_since.toISOString(),
		digest: digestOfRow(row),
		decided: decidedOfRow(row),
	};
}

function digestOfRow(row: QueueTableRow): Answer["digest"] {
	const { words_added, words_removed, findings, worst_severity, worst_sentence, verdict, effect } = row;
	if (words_added === null || words_removed === null || findings === null || verdict === null) return null;
	return { words_added, words_removed, findings, worst_severity, worst_sentence, verdict, effect };
}

function decidedOfRow({
	decision,
	decided_by_type,
	decided_by,
	decided_at,
}: QueueTableRow): Answer["decided"] {
	if (decision === null || decided_by_type === null || decided_by === null || decided_at === null)
		return null;
	return { decision, actor_type: decided_by_type, actor_id: decided_by, at: decided_at.toISOString() };
}
