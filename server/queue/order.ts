import type { QueueSort } from "@/lib/contract/queue-terms";
import { effectOrLast } from "../db/queue-expressions";
import type { QueueTableRow } from "./row";
import type { Values } from "./values";

/** An order of rows that an index has: by a key, then by id in the same direction. */
export interface Order {
	/** The key in SQL, exactly as the index has it. */
	key: string;
	type: "timestamptz" | "float8";
	direction: "asc" | "desc";
	/** The key of a row, as a cursor carries it and SQL reads it back without loss. */
	keyOf: (row: QueueTableRow) => string;
}

/** Where a page ended: in which range of the question, and at which row of it. */
export interface Place {
	range: number;
	key: string;
	id: string;
}

const byCreation = {
	key: "created_at",
	type: "timestamptz",
	keyOf: ({ created_at }: QueueTableRow) => created_at.toISOString(),
} as const;

/** The order within a state; `state` puts one state after the other besides. */
export const orders: Record<QueueSort, Order> = {
	state: { ...byCreation, direction: "desc" },
	newest: { ...byCreation, direction: "desc" },
	oldest: { ...byCreation, direction: "asc" },
	waiting: {
		key: "status_since",
		type: "timestamptz",
		direction: "asc",
		keyOf: ({ status_since }) => status_since.toISOString(),
	},
	effect: {
		key: effectOrLast,
		type: "float8",
		direction: "desc",
		keyOf: ({ effect }) => String(effect ?? Number.NEGATIVE_INFINITY),
	},
};

/** True, in SQL, for a row behind the place. */
export function isAfter({ key, type, direction }: Order, place: Place, values: Values): string {
	const sign = direction === "asc" ? ">" : "<";
	return `(${key}, id) ${sign} (${values.add(place.key, type)}, ${values.add(place.id, "uuid")})`;
}
