import { setTimeout as sleep } from "node:timers/promises";
import type { JsonObject } from "@/lib/contract/identifiers";
import type { Clock } from "../../clock";
import { type Evaluation, evaluate } from "../../evaluation/evaluate";
import type { EvaluationRule } from "../../evaluation/rule";
import type { Circumstances, Executor, ExecutorOutcome } from "../executor";
import { type Answer, askModel, type Endpoint, type NoAnswer } from "./ask-model";
import { failed, nothingRun } from "./failed";
import { inTurn } from "./in-turn";
import { type ModelRequest, modelRequestOf } from "./model-request";
import { createTurns } from "./turns";

export interface ModelSettings extends Endpoint {
	/** For traces that name no model; null where there is none. */
	defaultModel: string | null;
	/** For waiting in line and all tries together. */
	timeoutMs: number;
	/** How many actions run at once; what is more waits in line. */
	concurrency: number;
	/** The endpoint is a stand-in for a model, and everything it answers is marked so. */
	isStandIn: boolean;
}

const standInNote = "A stand-in answered, not a model.";
const firstPauseMs = 500;

/**
 * Runs an action on a model of an OpenAI-compatible endpoint: `retry` on the model of the trace,
 * `fallback_model` on the payload's, `prompt_modification` with another system prompt. The answer becomes a
 * span of the trace, scored by `rules`. `pauseMs` is the pause before the second try; it doubles for each
 * further one.
 */
export function modelExecutor(
	settings: ModelSettings,
	clock: Clock,
	rules: readonly EvaluationRule[],
	pauseMs = firstPauseMs,
): Executor {
	const turns = createTurns(settings.concurrency);
	return {
		name: "model",
		async execute(action, circumstances) {
			const asked = modelRequestOf(action, circumstances.subject, settings.defaultModel);
			if ("objection" in asked) return nothingRun(`${asked.objection} Nothing was sent.`);
			const { request } = asked;
			return inTurn(turns, settings.timeoutMs, circumstances, async (deadline) => {
				const startedAt = clock();
				const tried = await askUntilAnswered(settings, request, {
					deadline,
					pauseMs,
					mayStart: circumstances.mayStart,
				});
				const { answer } = tried;
				if (answer === null) return unanswered(tried);
				return {
					status: "executed",
					result: toldOf(settings, request, answer, tried),
					remediated: {
						original: request.subject,
						input: request.subject.input,
						output: answer.text,
						model: answer.model,
						promptTokens: answer.promptTokens,
						completionTokens: answer.completionTokens,
						latencyMs: answer.latencyMs,
						cost: null,
						startedAt,
						endedAt: clock(),
						metadata: metadataOf(settings, request),
						evaluation: evaluated(settings, request, answer, rules),
					},
				};
			});
		},
	};
}

interface Tried {
	answer: Answer | null;
	/** What came of the tries without an answer, in order. */
	faults: NoAnswer[];
	/** Why there were fewer tries than asked for, where it was not for the endpoint. */
	cutShort: string | null;
}

async function askUntilAnswered(
	endpoint: Endpoint,
	request: ModelRequest,
	{
		deadline,
		pauseMs,
		mayStart,
	}: { deadline: AbortSignal; pauseMs: number } & Pick<Circumstances, "mayStart">,
): Promise<Tried> {
	const faults: NoAnswer[] = [];
	while (true) {
		const tried = await askModel(endpoint, request, deadline);
		if ("text" in tried) return { answer: tried, faults, cutShort: null };
		faults.push(tried);
		if (!tried.mayHelp || faults.length >= request.attempts) return { answer: null, faults, cutShort: null };
		const cutShort = await reasonNotToGoOn(pauseMs * 2 ** (faults.length - 1), deadline, mayStart);
		if (cutShort !== null) return { answer: null, faults, cutShort };
	}
}

async function reasonNotToGoOn(
	pauseMs: number,
	deadline: AbortSignal,
	mayStart: Circumstances["mayStart"],
): Promise<string | null> {
	const isInTime = await sleep(pauseMs, true, { signal: deadline }).catch(() => false);
	if (!isInTime) return "There was no time left for another try.";
	return (await mayStart()) ? null : "The kill switch was turned on before the next try.";
}

function unanswered({ faults, cutShort }: Tried): ExecutorOutcome {
	const last = faults.at(-1);
	const error = [last?.fault, cutShort].filter(Boolean).join(" ");
	const more: JsonObject = { executor: "model", ...attemptsOf(faults, faults.length) };
	if (last?.status !== null) more.http_status = last?.status;
	if (last?.detail !== null) more.detail = last?.detail;
	return faults.some(({ wasSent }) => wasSent) ? failed(error, more) : nothingRun(error, more);
}

function attemptsOf(faults: NoAnswer[], attempts: number): JsonObject {
	const isWorthTelling = attempts > 1;
	return { attempts, ...(isWorthTelling ? { failed_attempts: faults.map(({ fault }) => fault) } : {}) };
}

function toldOf(
	{ isStandIn }: ModelSettings,
	{ model, notes }: ModelRequest,
	answer: Answer,
	{ faults }: Tried,
): JsonObject {
	const allNotes = [...(isStandIn ? [standInNote] : []), ...notes];
	return {
		executor: "model",
		model: answer.model,
		...(answer.model === model ? {} : { requested_model: model }),
		...attemptsOf(faults, faults.length + 1),
		finish_reason: answer.finishReason,
		latency_ms: answer.latencyMs,
		prompt_tokens: answer.promptTokens,
		completion_tokens: answer.completionTokens,
		...(isStandIn ? { stand_in: true } : {}),
		...(allNotes.length === 0 ? {} : { notes: allNotes }),
	};
}

function metadataOf({ isStandIn }: ModelSettings, { model, system, parameters }: ModelRequest): JsonObject {
	return {
		executor: "model",
		requested_model: model,
		...(system === null ? {} : { system_prompt: system }),
		...(Object.keys(parameters).length === 0 ? {} : { parameters }),
		...(isStandIn ? { stand_in: true } : {}),
	};
}

function evaluated(
	{ isStandIn }: ModelSettings,
	{ subject }: ModelRequest,
	answer: Answer,
	rules: readonly EvaluationRule[],
): Evaluation {
	const { scoreDeltas, summary } = evaluate(rules, subject.output, answer.text);
	return { scoreDeltas, summary: isStandIn ? `${standInNote} ${summary}` : summary };
}
