import { randomUUID } from "node:crypto";
import type { ExecuteRequest } from "@/lib/contract/control-action";
import { theOnlyRow } from "../affected-rows";
import { appendAuditEntry } from "../audit/append";
import { requireAllowedToWrite } from "../auth/caller";
import type { VerbContext } from "../context";
import type { Transaction } from "../db/database";
import { controlActions } from "../db/schema";
import { recordDecision } from "../decisions/record";
import { ApiError, notFound } from "../errors/api-error";
import { objectionToJson } from "../json-gate";
import { lockKillSwitch } from "../kill-switch/state";
import { claimOnce, dropOnce, keepOnce } from "../once";
import { loadProject } from "../projects/load";
import { loadTrace } from "../traces/load";
import { type ControlActionAnswer, type ControlActionRow, controlActionAnswer } from "./answer";
import type { Executor, ExecutorOutcome } from "./executor";
import { settleAction } from "./settle";

/**
 * Stores the action, runs it, stores how it ended. The executor runs between two transactions, never in
 * one: PGlite has a single connection, and one that waits for somebody else's server blocks everybody.
 */
export async function executeControlAction(
	context: VerbContext,
	input: ExecuteRequest,
): Promise<ControlActionAnswer> {
	const { db, clock, caller, executor } = context;
	const started = await db.inTenant(caller.tenantId, async (tx) => {
		const known = await claimOnce<ControlActionAnswer>(tx, context);
		return known === null ? startAction(tx, context, input) : { known };
	});
	if ("known" in started) return started.known;
	if ("refused" in started) throw started.refused;
	const outcome = await outcomeOf(executor, started.action);
	return db.inTenant(caller.tenantId, async (tx) => {
		const settled = await settleAction(tx, clock, started.action, outcome, caller.actor, executor.name);
		const answer = controlActionAnswer(settled);
		await keepOnce(tx, context, answer);
		return answer;
	});
}

/** While the kill switch is on, all that stays is the audit entry of the refusal. */
async function startAction(
	tx: Transaction,
	context: VerbContext,
	input: ExecuteRequest,
): Promise<{ action: ControlActionRow } | { refused: ApiError }> {
	const { clock, caller } = context;
	const { tenantId, actor } = caller;
	const { project_id, trace_id, rule_id, action_type, payload } = input;
	await loadProject(tx, tenantId, project_id);
	if (trace_id !== undefined) {
		const trace = await loadTrace(tx, tenantId, trace_id);
		if (trace.projectId !== project_id) throw notFound("trace");
	}
	requireAllowedToWrite("execute_action", caller);
	const metadata = { project_id, action_type, trace_id: trace_id ?? null };
	if (await lockKillSwitch(tx, clock, tenantId)) {
		await appendAuditEntry(tx, {
			tenantId,
			event: "control_action.refused",
			actor,
			resourceId: null,
			metadata: { ...metadata, code: "error.kill_switch_active" },
			at: clock(),
		});
		await dropOnce(tx, context);
		const refused = new ApiError(
			"error.kill_switch_active",
			"The kill switch is on, so no control action was started. An owner can turn it off.",
		);
		return { refused };
	}
	const now = clock();
	const stored = await tx.orm
		.insert(controlActions)
		.values({
			id: randomUUID(),
			tenantId,
			projectId: project_id,
			actionType: action_type,
			status: "pending",
			traceId: trace_id,
			ruleId: rule_id,
			payload,
			createdAt: now,
			updatedAt: now,
		})
		.returning();
	const action = theOnlyRow(stored, "The control action");
	await recordDecision(tx, {
		tenantId,
		subject: { kind: "control_action", id: action.id },
		decision: "execute",
		fromStatus: null,
		toStatus: "pending",
		actor,
		reason: "",
		contentHash: null,
		event: "control_action.requested",
		metadata,
		at: now,
	});
	return { action };
}

async function outcomeOf(executor: Executor, action: ControlActionRow): Promise<ExecutorOutcome> {
	try {
		const outcome = await executor.execute(controlActionAnswer(action));
		const objection = objectionToJson(outcome.result);
		if (objection === null) return outcome;
		return {
			status: outcome.status,
			result: { error: `The executor's result could not be kept: it ${objection}.` },
		};
	} catch (error) {
		return {
			status: "failed",
			result: {
				error: "The executor broke off. Whether the action took effect is not known.",
				outcome: "unknown",
				detail: storableDetail(error),
			},
		};
	}
}

function storableDetail(error: unknown): string {
	const text = error instanceof Error ? error.message : String(error);
	return text.toWellFormed().replaceAll("\u0000", "").slice(0, 1_000);
}
