import type { Values } from "./values";

/** When a search goes from one way of finding to another. */
export interface SearchLimits {
	/** Rows of the asked order that are looked through before the index is asked. */
	lookedThrough: number;
	/** More ids than so many are not taken from the index. */
	foundMax: number;
}

/** Where on a million rows no way takes long: see the decision note. */
export const searchLimits: SearchLimits = { lookedThrough: 2_000, foundMax: 5_000 };

/** What is looked for, as SQL wants it. */
export interface Search {
	/** For ILIKE. */
	pattern: string;
	/** The first and the last id that begin so; null where no id can. */
	firstId: string | null;
	lastId: string | null;
}

const lowestId = "00000000-0000-0000-0000-000000000000";
const highestId = lowestId.replaceAll("0", "f");

/** A text that somebody looks for: part of a rationale or a signature, or the start of an id. */
export function searchOf(text: string): Search {
	const pattern = `%${text.replace(/[\\%_]/g, "\\$&")}%`;
	const start = text.toLowerCase();
	const isStart =
		start.length <= lowestId.length &&
		[...start].every((character, place) =>
			lowestId[place] === "-" ? character === "-" : /^[0-9a-f]$/.test(character),
		);
	if (!isStart) return { pattern, firstId: null, lastId: null };
	return {
		pattern,
		firstId: start + lowestId.slice(start.length),
		lastId: start + highestId.slice(start.length),
	};
}

/** True, in SQL, for a row of `deployments` that is looked for. */
export function matchOf({ pattern, firstId, lastId }: Search, values: Values): string {
	const like = values.add(pattern, "text");
	const ids = `id between ${values.add(firstId, "uuid")} and ${values.add(lastId, "uuid")}`;
	return `(rationale ilike ${like} or cluster_signature ilike ${like} or ${ids})`;
}

/**
 * The ids of at most so many rows that may be looked for, from the search index, in SQL: see
 * `countersign_search_deployments` in the migrations. Whoever asks has to look at each of them again.
 */
export function foundIds({ pattern, firstId, lastId }: Search, most: number, values: Values): string {
	const parts = [
		values.add(pattern, "text"),
		values.add(firstId, "uuid"),
		values.add(lastId, "uuid"),
		values.add(most, "integer"),
	];
	return `select id from countersign_search_deployments(${parts}) as found(id)`;
}
