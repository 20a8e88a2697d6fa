import type { z } from "zod";
import type { promisedDeploymentSchema } from "@/lib/contract/deployment";
import type { deployments } from "../db/schema";

export type DeploymentRow = typeof deployments.$inferSelect;
type Answer = z.input<typeof promisedDeploymentSchema>;
type Summary = Omit<Answer, "current_prompt" | "proposed_prompt">;

/** A row as the contract writes it. */
export function deploymentAnswer(row: DeploymentRow): Answer {
	return {
		...deploymentSummaryAnswer(row),
		current_prompt: row.currentPrompt,
		proposed_prompt: row.proposedPrompt,
	};
}

/** The same without the two prompts, which make up nearly all of its bytes. */
export function deploymentSummaryAnswer(
	row: Omit<DeploymentRow, "currentPrompt" | "proposedPrompt">,
): Summary {
	return {
		id: row.id,
		tenant_id: row.tenantId,
		project_id: row.projectId,
		cluster_signature: row.clusterSignature,
		status: row.status,
		created_at: row.createdAt.toISOString(),
		updated_at: row.updatedAt.toISOString(),
		...(row.rationale === null ? {} : { rationale: row.rationale }),
		ab_report: row.abReport,
		regression_metric: row.regressionMetric,
		shipped_at: row.shippedAt?.toISOString() ?? null,
		rolled_back_at: row.rolledBackAt?.toISOString() ?? null,
		approved_by: row.approvedBy,
		rejection_reason: row.rejectionReason,
	};
}
