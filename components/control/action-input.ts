import { type JsonObject, uuidSchema } from "@/lib/contract/identifiers";

/** A typed text, read: its value (undefined when left empty), or why it is refused. */
export interface ReadInput<T> {
	value: T | undefined;
	error: string | null;
}

/** Reads a trace id; upper case is a way of writing, so it is lowered here rather than refused. */
export function readTraceId(text: string): ReadInput<string> {
	const id = text.trim().toLowerCase();
	if (id === "") return { value: undefined, error: null };
	return uuidSchema.safeParse(id).success
		? { value: id, error: null }
		: { value: undefined, error: "A trace id looks like 3f2c1a90-5b7e-4c1d-9e8f-0a1b2c3d4e5f." };
}

/** Reads a payload: nothing, or one JSON object. */
export function readPayload(text: string): ReadInput<JsonObject> {
	if (text.trim() === "") return { value: undefined, error: null };
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch (error) {
		return {
			value: undefined,
			error: `This is not JSON: ${error instanceof Error ? error.message : String(error)}`,
		};
	}
	if (typeof value !== "object" || value === null || Array.isArray(value)) {
		return { value: undefined, error: 'The payload has to be a JSON object, such as {"attempts": 2}.' };
	}
	return { value: { ...value }, error: null };
}
