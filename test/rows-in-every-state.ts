import { randomUUID } from "node:crypto";
import { controlActionStatuses, controlActionTypes } from "@/lib/contract/control-action-types";
import { deploymentStatuses } from "@/lib/contract/deployment-status";
import { controlActions, remediations, spans } from "@/server/db/schema";
import type { TestApi, TestTenant } from "./api";
import { insertDeployment, insertProject, insertTrace } from "./rows";

/** Ids of rows, by the word that stands before an id in a path. */
export type RowIds = Record<"projects" | "deployments" | "actions" | "traces" | "apikeys", string[]>;

/** Puts rows of every kind, in every state they can be in, into a tenant. */
export async function insertRowsInEveryState(api: TestApi, tenant: TestTenant): Promise<RowIds> {
	const projectId = await insertProject(api, tenant.id);
	const traceId = await insertTrace(api, tenant.id, projectId);
	const otherTraceId = await insertTrace(api, tenant.id, projectId);
	const ids: RowIds = {
		projects: [projectId],
		deployments: [],
		actions: [],
		traces: [traceId, otherTraceId],
		apikeys: [],
	};
	for (const status of deploymentStatuses) {
		ids.deployments.push(await insertDeployment(api, tenant.id, { status, projectId }));
	}
	// Of those that wait there are more, because a decision uses one up.
	const waiting = ["pending_approval", "pending_approval", "pending_approval"] as const;
	for (const status of [...controlActionStatuses, ...waiting]) {
		ids.actions.push(await insertAction(api, tenant.id, { status, projectId, traceId }));
	}
	for (const isEvaluated of [true, false]) {
		const actionId = await insertAction(api, tenant.id, { status: "executed", projectId, traceId });
		await insertRemediation(api, tenant.id, { actionId, traceId, isEvaluated });
		ids.actions.push(actionId);
	}
	const key = await api.ask("POST", "/v1/apikeys", {
		as: tenant.owner,
		body: { name: "A key", role: "viewer" },
	});
	ids.apikeys.push(key.body.id);
	return ids;
}

type ActionParts = Pick<typeof controlActions.$inferInsert, "status" | "projectId" | "traceId">;

async function insertAction({ orm, clock }: TestApi, tenantId: string, parts: ActionParts): Promise<string> {
	const id = randomUUID();
	const now = clock();
	const isParked = parts.status === "pending_approval";
	const [actionType] = controlActionTypes;
	await orm.insert(controlActions).values({
		...parts,
		id,
		tenantId,
		actionType: isParked ? "escalate" : actionType,
		intendedActionType: isParked ? actionType : null,
		payload: { note: "made by a test" },
		result: isParked ? { escalation_reason: "retry_threshold_exceeded", retry_count: 3 } : null,
		executedAt: parts.status === "executed" ? now : null,
		createdAt: now,
		updatedAt: now,
	});
	return id;
}

async function insertRemediation(
	{ orm, clock }: TestApi,
	tenantId: string,
	{ actionId, traceId, isEvaluated }: { actionId: string; traceId: string; isEvaluated: boolean },
): Promise<void> {
	const createdAt = clock();
	const [originalSpanId, remediatedSpanId] = [randomUUID(), randomUUID()];
	const span = { tenantId, traceId, type: "llm" as const, createdAt };
	await orm.insert(spans).values([
		{ ...span, id: originalSpanId, name: "before", latencyMs: 120, promptTokens: 10 },
		{ ...span, id: remediatedSpanId, name: "after", latencyMs: 90.4, completionTokens: 7 },
	]);
	const scores = { original_score: 0.25, remediated_score: 1, delta: 0.75 };
	await orm.insert(remediations).values({
		tenantId,
		actionId,
		originalSpanId,
		remediatedSpanId,
		embeddingSimilarity: isEvaluated ? 0.5 : null,
		scoreDeltas: isEvaluated ? [{ eval_rule_id: randomUUID(), rule_name: "Correct", ...scores }] : [],
		summary: isEvaluated ? "Better." : "",
		evaluatedAt: isEvaluated ? createdAt : null,
		createdAt,
	});
}
