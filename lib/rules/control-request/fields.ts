import type { RequestableActionType } from "../../contract/control-action-types";

/** A part of a payload that a form has a field for. */
export interface PayloadField {
	/** Unique within its type, and what the value is kept under while it is typed. */
	name: string;
	/** Where it stands in the payload. */
	path: readonly [string] | readonly [string, string];
	kind: "integer" | "number" | "line" | "prompt" | "object";
	label: string;
	hint: string;
	isRequired: boolean;
	/** Of a figure: the least and the most, both included. Of a text: its length in UTF-16 units. */
	least: number;
	most: number;
}

const parameters = [
	figure("temperature", "number", "Temperature", [0, 2]),
	figure("top_p", "number", "Top p", [0, 1]),
	figure("max_tokens", "integer", "Max tokens", [1, 1_000_000]),
];

const span: PayloadField = {
	name: "span",
	path: ["span"],
	kind: "line",
	label: "Span",
	hint: "Optional: the name or the id of the span to mend; without it, the first that a model has answered.",
	isRequired: false,
	least: 1,
	most: 200,
};

/** The fields of each type of action; what else a payload may hold is written as JSON. */
export const payloadFields: Record<RequestableActionType, readonly PayloadField[]> = {
	retry: [
		{
			name: "attempts",
			path: ["attempts"],
			kind: "integer",
			label: "Attempts",
			hint: "How often it is tried until an answer comes: 1 to 5, 1 where it is left empty.",
			isRequired: false,
			least: 1,
			most: 5,
		},
		span,
	],
	fallback_model: [
		{
			name: "model",
			path: ["model"],
			kind: "line",
			label: "Model",
			hint: "By the name that the executor's endpoint knows it by.",
			isRequired: true,
			least: 1,
			most: 200,
		},
		...parameters,
		span,
	],
	prompt_modification: [
		{
			name: "system_prompt",
			path: ["system_prompt"],
			kind: "prompt",
			label: "System prompt",
			hint: "Used for this one run instead of the current one; it does not go live.",
			// Either of the two will do: see `payloadOf`.
			isRequired: false,
			least: 1,
			most: 200_000,
		},
		{
			name: "append",
			path: ["append"],
			kind: "prompt",
			label: "Added at its end",
			hint: "Optional: with nothing above, this is added to the prompt that the trace has kept.",
			isRequired: false,
			least: 1,
			most: 200_000,
		},
		span,
	],
	agent_action: [
		{
			name: "name",
			path: ["name"],
			kind: "line",
			label: "Name",
			hint: "What your application calls the action.",
			isRequired: true,
			least: 1,
			most: 200,
		},
		{
			name: "arguments",
			path: ["arguments"],
			kind: "object",
			label: "Arguments",
			hint: 'Optional: a JSON object, such as {"queue": "refunds"}.',
			isRequired: false,
			least: 0,
			most: Number.POSITIVE_INFINITY,
		},
	],
};

function figure(
	name: string,
	kind: "integer" | "number",
	label: string,
	[least, most]: readonly [number, number],
): PayloadField {
	const hint = `Optional: from ${least} to ${most.toLocaleString("en")}.`;
	return { name, path: ["parameters", name], kind, label, hint, isRequired: false, least, most };
}
