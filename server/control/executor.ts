import type { ControlAction } from "@/lib/contract/control-action";
import type { JsonObject } from "@/lib/contract/identifiers";

export interface ExecutorOutcome {
	status: "executed" | "failed";
	result: JsonObject;
}

/** What really runs a control action. It may be slow and may fail; it never runs inside a transaction. */
export interface Executor {
	name: string;
	execute(action: ControlAction): Promise<ExecutorOutcome>;
}
