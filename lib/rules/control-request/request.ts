import type { ExecuteRequest } from "../../contract/control-action";
import type { RequestableActionType } from "../../contract/control-action-types";

/** A request to execute an action, as far as it is written. */
export interface DraftRequest {
	type: RequestableActionType;
	projectName: string;
	traceId: string | null;
	payload: Readonly<Record<string, unknown>> | null;
}

/** What will happen when the request is sent, as one or two sentences for the person. */
export function consequenceOf({ type, projectName, traceId, payload }: DraftRequest): string {
	const trace = traceId === null ? "a trace" : `trace ${traceId.slice(0, 8)}`;
	const missing =
		traceId === null && type !== "agent_action"
			? " No trace is named, so an executor that runs on a model has nothing to run."
			: "";
	return `${sentenceOf(type, { projectName, trace, payload })}${missing}`;
}

function sentenceOf(
	type: RequestableActionType,
	{ projectName, trace, payload }: { projectName: string; trace: string; payload: DraftRequest["payload"] },
): string {
	switch (type) {
		case "retry": {
			const attempts = payload?.attempts ?? 1;
			const times = attempts === 1 ? "once" : `until an answer comes, at most ${String(attempts)} times`;
			return `Asks the API to run the input of ${trace} again on its own model, ${times}.`;
		}
		case "fallback_model": {
			const model = payload?.model;
			const which =
				typeof model === "string" && model !== "" ? `the model “${model.slice(0, 80)}”` : "another model";
			return `Asks the API to run the input of ${trace} again on ${which}.`;
		}
		case "prompt_modification":
			return `Asks the API to run the input of ${trace} again with another system prompt. The live prompt of ${projectName} stays as it is.`;
		case "agent_action": {
			const name = payload?.name;
			const what =
				typeof name === "string" && name !== "" ? `the action “${name.slice(0, 80)}”` : "an action";
			return `Asks the runtime of ${projectName} to do ${what}. What that changes there is up to it.`;
		}
	}
}

/** What is sent to the API, to the letter, so that it can be looked at before. */
export function requestInWords(body: ExecuteRequest): string {
	return `POST /v1/control/execute\ncontent-type: application/json\n\n${JSON.stringify(body, null, 2)}`;
}
