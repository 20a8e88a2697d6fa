import type { z } from "zod";
import type { promisedDeploymentSchema } from "@/lib/contract/deployment";
import type { DeploymentStatus } from "@/lib/contract/deployment-status";
import type { JsonObject } from "@/lib/contract/identifiers";
import { entityTag } from "../entity-tag";

/** What a list reads of a deployment, under the names of the table, which are those of the contract. */
export interface DeploymentSummaryRow {
	id: string;
	tenant_id: string;
	project_id: string;
	cluster_signature: string;
	status: DeploymentStatus;
	content_hash: string;
	rationale: string | null;
	ab_report: JsonObject | null;
	regression_metric: number | null;
	shipped_at: Date | null;
	rolled_back_at: Date | null;
	approved_by: string | null;
	rejection_reason: string;
	created_at: Date;
	updated_at: Date;
	status_since: Date;
}

/** A whole deployment. */
export interface DeploymentRow extends DeploymentSummaryRow {
	current_prompt: string;
	proposed_prompt: string;
}

const summaryColumnNames = [
	"id",
	"tenant_id",
	"project_id",
	"cluster_signature",
	"status",
	"content_hash",
	"rationale",
	"ab_report",
	"regression_metric",
	"shipped_at",
	"rolled_back_at",
	"approved_by",
	"rejection_reason",
	"created_at",
	"updated_at",
	"status_since",
] as const satisfies (keyof DeploymentSummaryRow)[];

/** The columns of a summary and of a whole row, for SQL that calls the table `deployment`. */
export const summaryColumns = summaryColumnNames.map((name) => `deployment.${name}`).join(", ");
export const deploymentColumns = `${summaryColumns}, deployment.current_prompt, deployment.proposed_prompt`;

type Answer = z.input<typeof promisedDeploymentSchema>;
type Summary = Omit<Answer, "current_prompt" | "proposed_prompt">;

/** A row as the contract writes it. */
export function deploymentAnswer(row: DeploymentRow): Answer {
	return {
		...deploymentSummaryAnswer(row),
		current_prompt: row.current_prompt,
		proposed_prompt: row.proposed_prompt,
	};
}

/** The same without the two prompts, which make up nearly all of its bytes. */
export function deploymentSummaryAnswer(row: DeploymentSummaryRow): Summary {
	return {
		id: row.id,
		tenant_id: row.tenant_id,
		project_id: row.project_id,
		cluster_signature: row.cluster_signature,
		status: row.status,
		created_at: row.created_at.toISOString(),
		updated_at: row.updated_at.toISOString(),
		...(row.rationale === null ? {} : { rationale: row.rationale }),
		ab_report: row.ab_report,
		regression_metric: row.regression_metric,
		shipped_at: row.shipped_at?.toISOString() ?? null,
		rolled_back_at: row.rolled_back_at?.toISOString() ?? null,
		approved_by: row.approved_by,
		rejection_reason: row.rejection_reason,
	};
}

/**
 * The `ETag` of a deployment: over its content, its evidence and its state. `regression_metric` and
 * `updated_at` are left out, because the metric moves by itself while somebody reads, and a rollback at
 * night must not be refused for that.
 */
export function deploymentTag(answer: Answer): string {
	const parts = [
		answer.status,
		answer.rationale ?? null,
		answer.ab_report ?? null,
		answer.shipped_at,
		answer.rolled_back_at,
		answer.approved_by,
		answer.rejection_reason,
	];
	return entityTag(parts, [answer.current_prompt, answer.proposed_prompt]);
}

/** The same of an answer that may be a summary; null for one, because the prompts are part of the tag. */
export function deploymentTagOf({
	current_prompt,
	proposed_prompt,
	...summary
}: Summary & Partial<Answer>): string | null {
	if (current_prompt === undefined || proposed_prompt === undefined) return null;
	return deploymentTag({ ...summary, current_prompt, proposed_prompt });
}
