import type { ControlAction } from "@/lib/contract/control-action";
import type { JsonObject } from "@/lib/contract/identifiers";
import type { Evaluation } from "../evaluation/evaluate";
import type { FoundSubject, Subject } from "./subject";

/** What an executor made of a span of the action's trace. It is stored with the outcome, or not at all. */
export interface RemediatedAnswer {
	original: Subject;
	/** What was sent, where the executor knows it. */
	input: string | null;
	output: string;
	model: string | null;
	promptTokens: number | null;
	completionTokens: number | null;
	latencyMs: number | null;
	/** In the currency of the trace. */
	cost: number | null;
	startedAt: Date;
	endedAt: Date;
	/** Says which executor this is from. */
	metadata: JsonObject;
	/** How it compares with the answer before. */
	evaluation: Evaluation;
}

export interface ExecutorOutcome {
	status: "executed" | "failed";
	result: JsonObject;
	remediated?: RemediatedAnswer;
}

/** What an executor is told besides the action. */
export interface Circumstances {
	/** The span that the action is to mend, or why there is none. */
	subject: FoundSubject;
	/**
	 * False once the kill switch is on. To be asked before anything is sent later than at once: after waiting
	 * in line, and before another try.
	 */
	mayStart: () => Promise<boolean>;
}

/** What really runs a control action. It may be slow and may fail; it never runs inside a transaction. */
export interface Executor {
	name: string;
	execute(action: ControlAction, circumstances: Circumstances): Promise<ExecutorOutcome>;
}
