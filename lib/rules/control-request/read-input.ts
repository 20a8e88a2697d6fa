import type { RequestableActionType } from "../../contract/control-action-types";
import type { JsonObject } from "../../contract/identifiers";
import { uuidPattern } from "../../contract/uuid";
import { figure } from "../prompt-checks/deployment-in-words";

/** A typed text, read: its value (undefined when left empty), or why it is refused. */
export interface ReadInput<T> {
	value: T | undefined;
	error: string | null;
}

/** What the API takes in a decision body is 64 KB and 32 levels; some of both goes to what is around. */
const maxBytes = 60_000;
const maxDepth = 30;

/** True where an action runs again what a trace has kept: without a trace there is nothing to run. */
export function needsTrace(type: RequestableActionType): boolean {
	return type !== "agent_action";
}

/** Reads a trace id; upper case is a way of writing, so it is lowered here rather than refused. */
export function readTraceId(text: string, type: RequestableActionType): ReadInput<string> {
	const id = text.trim().toLowerCase();
	if (id === "" && needsTrace(type)) {
		return refused(
			"This type runs what a trace has kept: paste the id of one, or choose one of the newest failures.",
		);
	}
	if (id === "") return { value: undefined, error: null };
	return uuidPattern.test(id)
		? { value: id, error: null }
		: refused("A trace id looks like 3f2c1a90-5b7e-4c1d-9e8f-0a1b2c3d4e5f.");
}

/** Reads a payload: nothing, or one JSON object that arrives exactly as it was typed. */
export function readPayload(text: string): ReadInput<JsonObject> {
	if (text.trim() === "") return { value: undefined, error: null };
	const bytes = new TextEncoder().encode(text).length;
	if (bytes > maxBytes) {
		return refused(`The payload has ${figure(bytes)} bytes; the API takes at most ${figure(maxBytes)}.`);
	}
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch (error) {
		return refused(`This is not JSON: ${error instanceof Error ? error.message : String(error)}`);
	}
	if (typeof value !== "object" || value === null || Array.isArray(value)) {
		return refused('The payload has to be a JSON object, such as {"attempts": 2}.');
	}
	const fault = findFault(value);
	return fault === null ? { value: { ...value }, error: null } : refused(fault);
}

function refused(error: string): { value: undefined; error: string } {
	return { value: undefined, error };
}

/** Walks with a list of its own: a text may be nested deeper than a function may call itself. */
function findFault(root: object): string | null {
	let level: unknown[] = [root];
	for (let depth = 1; level.length > 0; depth += 1) {
		if (depth > maxDepth) {
			return `The payload is nested more than ${maxDepth} levels deep, which the API does not take.`;
		}
		for (const part of level) {
			if (typeof part !== "number") continue;
			const isKept = Number.isFinite(part) && (!Number.isInteger(part) || Number.isSafeInteger(part));
			if (!isKept) {
				return `A number about as large as ${part} cannot be sent exactly. Write it as a text, in quotes.`;
			}
		}
		level = level.flatMap((part) => (typeof part === "object" && part !== null ? Object.values(part) : []));
	}
	return null;
}
