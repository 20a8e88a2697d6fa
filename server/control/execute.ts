import { randomUUID } from "node:crypto";
import type { ExecuteRequest } from "@/lib/contract/control-action";
import { theOnlyRow } from "../affected-rows";
import { requireAllowedToWrite } from "../auth/caller";
import type { VerbContext } from "../context";
import type { Transaction } from "../db/database";
import { controlActions } from "../db/schema";
import { recordDecision } from "../decisions/record";
import { requireDeploymentIn } from "../deployments/load";
import { notFound } from "../errors/api-error";
import { loadProject } from "../projects/load";
import { loadTrace } from "../traces/load";
import type { ControlActionAnswer } from "./answer";
import { escalationOf } from "./gates";
import { refuseIfStopped } from "./refuse-if-stopped";
import { type Start, startAndRun } from "./run";

/** Runs an action, or parks it for an owner to decide when it would be one too many on its trace. */
export async function executeControlAction(
	context: VerbContext,
	input: ExecuteRequest,
): Promise<ControlActionAnswer> {
	return startAndRun(context, (tx) => storeAction(tx, context, input));
}

async function storeAction(tx: Transaction, context: VerbContext, input: ExecuteRequest): Promise<Start> {
	const { clock, caller, executor } = context;
	const { tenantId, actor } = caller;
	const { project_id, trace_id, deployment_id, rule_id, action_type, payload } = input;
	const project = await loadProject(tx, tenantId, project_id);
	if (trace_id !== undefined) {
		const trace = await loadTrace(tx, tenantId, trace_id);
		if (trace.projectId !== project_id) throw notFound("trace");
	}
	if (deployment_id !== undefined) {
		await requireDeploymentIn(tx, { tenantId, projectId: project_id, id: deployment_id });
	}
	requireAllowedToWrite("execute_action", caller);
	const metadata = {
		project_id,
		action_type,
		trace_id: trace_id ?? null,
		deployment_id: deployment_id ?? null,
	};
	const refused = await refuseIfStopped(tx, context, { resourceId: null, metadata });
	if (refused !== null) return { refused };
	const escalation = await escalationOf(tx, project, input);
	const isParked = escalation !== null;
	const now = clock();
	const stored = await tx.orm
		.insert(controlActions)
		.values({
			id: randomUUID(),
			tenantId,
			projectId: project_id,
			actionType: isParked ? "escalate" : action_type,
			intendedActionType: isParked ? action_type : null,
			status: isParked ? "pending_approval" : "pending",
			traceId: trace_id,
			deploymentId: deployment_id,
			ruleId: rule_id,
			payload: isParked ? escalation : payload,
			createdAt: now,
			updatedAt: now,
		})
		.returning();
	const action = theOnlyRow(stored, "The control action");
	await recordDecision(tx, {
		tenantId,
		subject: { kind: "control_action", id: action.id },
		decision: isParked ? "escalate" : "execute",
		fromStatus: null,
		toStatus: action.status,
		actor,
		reason: "",
		contentHash: null,
		event: isParked ? "control_action.escalated" : "control_action.requested",
		metadata: isParked
			? { ...metadata, escalation_reason: escalation.escalation_reason }
			: { ...metadata, executor: executor.name },
		at: now,
	});
	return isParked ? { parked: action } : { run: action };
}
