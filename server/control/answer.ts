import type { z } from "zod";
import type { promisedControlActionSchema } from "@/lib/contract/control-action";
import type { controlActions } from "../db/schema";

export type ControlActionRow = typeof controlActions.$inferSelect;

export type ControlActionAnswer = z.input<typeof promisedControlActionSchema>;

/** A row as the contract writes it. */
export function controlActionAnswer(row: ControlActionRow): ControlActionAnswer {
	return {
		id: row.id,
		tenant_id: row.tenantId,
		project_id: row.projectId,
		action_type: row.actionType,
		status: row.status,
		created_at: row.createdAt.toISOString(),
		updated_at: row.updatedAt.toISOString(),
		trace_id: row.traceId,
		deployment_id: row.deploymentId,
		rule_id: row.ruleId,
		payload: row.payload,
		result: row.result,
		executed_at: row.executedAt?.toISOString() ?? null,
	};
}
