import type { ControlAction } from "@/lib/contract/control-action";
import { jsonObjectSchema } from "@/lib/contract/identifiers";
import type { VerbContext } from "../context";
import type { Transaction } from "../db/database";
import type { ApiError } from "../errors/api-error";
import { objectionToJson } from "../json-gate";
import { lockKillSwitch } from "../kill-switch/state";
import { claimOnce, dropOnce, keepOnce, linkOnce } from "../once";
import { type ControlActionAnswer, type ControlActionRow, controlActionAnswer } from "./answer";
import type { Circumstances, Executor, ExecutorOutcome } from "./executor";
import { lockControlAction } from "./load";
import { settleAction } from "./settle";
import { type FoundSubject, loadSubject } from "./subject";

/** What the first transaction has made of a request. */
export type Start =
	/** The action is stored as pending and is to be run. */
	| { run: ControlActionRow }
	/** The action is stored and is not to be run now. */
	| { parked: ControlActionRow }
	/** Nothing is to be run, and what was written about the refusal stays. */
	| { refused: ApiError };

type Started =
	| { answer: ControlActionAnswer }
	| { refused: ApiError }
	| { row: ControlActionRow; action: ControlAction; subject: FoundSubject };

/**
 * Starts an action, runs it, stores how it ended. The executor runs between two transactions, never in
 * one: PGlite has a single connection, and one that waits for somebody else's server blocks everybody.
 */
export async function startAndRun(
	context: VerbContext,
	start: (tx: Transaction) => Promise<Start>,
): Promise<ControlActionAnswer> {
	const { db, clock, caller, executor } = context;
	const started = await db.inTenant(caller.tenantId, async (tx): Promise<Started> => {
		const known = await claimOnce<ControlActionAnswer>(tx, context);
		if (known !== null) return { answer: known };
		const begun = await start(tx);
		if ("refused" in begun) {
			await dropOnce(tx, context);
			return begun;
		}
		if ("run" in begun) {
			await linkOnce(tx, context, begun.run.id);
			const action = toldToExecutor(begun.run);
			return { row: begun.run, action, subject: await loadSubject(tx, caller.tenantId, action) };
		}
		const answer = controlActionAnswer(begun.parked);
		await keepOnce(tx, context, answer);
		return { answer };
	});
	if ("answer" in started) return started.answer;
	if ("refused" in started) throw started.refused;
	const { row, action, subject } = started;
	const mayStart = () =>
		db.inTenant(caller.tenantId, async (tx) => !(await lockKillSwitch(tx, clock, caller.tenantId)));
	const outcome = await outcomeOf(executor, action, { subject, mayStart });
	return db.inTenant(caller.tenantId, async (tx) => {
		const now = await lockControlAction(tx, caller.tenantId, row.id);
		// Given up as interrupted meanwhile: what has been told about it since is not contradicted.
		if (now.status !== "pending") return controlActionAnswer(now);
		const settled = await settleAction(tx, clock, row, outcome, caller.actor, executor.name);
		const answer = controlActionAnswer(settled);
		await keepOnce(tx, context, answer);
		return answer;
	});
}

/** The action as it was asked for: an executor is not told `escalate`, but what an owner has let through. */
function toldToExecutor(action: ControlActionRow): ControlAction {
	const answer = controlActionAnswer(action);
	if (action.intendedActionType === null) return answer;
	const payload = jsonObjectSchema.nullable().parse(action.payload?.requested_payload ?? null);
	return { ...answer, action_type: action.intendedActionType, payload };
}

async function outcomeOf(
	executor: Executor,
	action: ControlAction,
	circumstances: Circumstances,
): Promise<ExecutorOutcome> {
	try {
		const outcome = await executor.execute(action, circumstances);
		const objection = objectionToJson(outcome.result) ?? objectionToJson(storedOf(outcome));
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

/** The texts of an answer that become columns of a span. */
function storedOf({ remediated }: ExecutorOutcome): unknown {
	if (remediated === undefined) return null;
	const { input, output, model, metadata, evaluation } = remediated;
	return { input, output, model, metadata, summary: evaluation.summary };
}

function storableDetail(error: unknown): string {
	const text = error instanceof Error ? error.message : String(error);
	return text.toWellFormed().replaceAll("\u0000", "").slice(0, 1_000);
}
