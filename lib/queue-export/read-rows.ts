import type { ApiClient } from "../client/api-client";
import type { QueueQuestion, QueueSource } from "../client/queries/queue";
import { deploymentStatuses } from "../contract/deployment-status";
import type { QueueRow } from "../contract/queue";
import { verdictOf } from "./write-rows";

/** The most rows that one read brings; one of both lists. */
const pageSize = 200;
/** So many rows of the page before are read again in a list by offset, to see whether it has moved. */
const overlapMax = 20;

export interface RowPage {
	rows: QueueRow[];
	/** Where the next page begins, for the same reader; null at the end. */
	next: string | null;
}

/** Reads a page of the queue, the first for null. Throws `BadPlace` for a place that is none of its own. */
export type ReadRows = (place: string | null, signal: AbortSignal) => Promise<RowPage>;

/** A place that nobody gave out, or that belongs to another source of rows than the API has now. */
export class BadPlace extends Error {
	override readonly name = "BadPlace";
}

/** A list by offset that changed so much while it was read that it is not known which rows were left out. */
export class MovedList extends Error {
	override readonly name = "MovedList";
}

/**
 * All rows of a question, a page at a time. Where the API has `queue` (our addition), it narrows and sorts. The
 * list of the contract takes one state and one project: what it cannot narrow is narrowed here, exactly, and
 * the order is that of its states, each newest first. A row that changes its state meanwhile may come twice.
 */
export function rowReader(api: ApiClient, source: QueueSource, question: QueueQuestion): ReadRows {
	if (source === "list") return listReader(api, question);
	return async (place, signal) => {
		if (place !== null && !place.startsWith(cursorPrefix)) throw new BadPlace();
		const cursor = place?.slice(cursorPrefix.length) ?? null;
		const page = await api.listQueue({ ...question, cursor, limit: pageSize }, { signal });
		return { rows: page.items, next: page.next_cursor === null ? null : cursorPrefix + page.next_cursor };
	};
}

const cursorPrefix = "c:";

/** Where a list by offset is read on: of which state, at which row, and the ids that were read last. */
interface ListPlace {
	section: number;
	offset: number;
	last: readonly string[];
}

/**
 * Rows of the contract's list move while it is read: one that leaves the state draws the others up, past the
 * offset. So each page begins among the rows that were read last, and goes back until it finds one of them.
 */
function listReader(api: ApiClient, question: QueueQuestion): ReadRows {
	const isAll = question.statuses.length === deploymentStatuses.length;
	const sections: readonly (string | null)[] = isAll ? [null] : question.statuses;
	return async (given, signal) => {
		const { section, offset, last } = parsePlace(given);
		if (section >= sections.length) throw new BadPlace();
		let from = Math.max(0, offset - last.length);
		for (;;) {
			const page = await api.listDeployments(
				{
					status: sections[section] ?? null,
					projectId: question.projectId ?? null,
					limit: pageSize,
					offset: from,
				},
				{ signal },
			);
			const known = page.items.findLastIndex(({ id }) => last.includes(id));
			if (known === -1 && last.length > 0) {
				if (from === 0) throw new MovedList();
				// Half a page at a time, so that none of the rows that were read last falls between two pages.
				const step = Math.max(1, Math.floor(page.items.length / 2));
				from = Math.max(0, Math.min(from - step, page.total - overlapMax));
				continue;
			}
			const isEnd = page.items.length === 0 || from + page.items.length >= page.total;
			const fresh = page.items.slice(known + 1);
			const rows = fresh.filter((row) => answers(row, question));
			if (isEnd) {
				const isLast = section + 1 >= sections.length;
				return { rows, next: isLast ? null : writePlace({ section: section + 1, offset: 0, last: [] }) };
			}
			// At most half of a page that may be shorter than was asked for, so that each brings something new.
			const overlap = Math.min(overlapMax, Math.floor(page.items.length / 2));
			const read = [...last, ...fresh.map(({ id }) => id)];
			const place = {
				section,
				offset: from + page.items.length,
				last: read.slice(Math.max(0, read.length - overlap)),
			};
			return { rows, next: writePlace(place) };
		}
	};
}

function writePlace({ section, offset, last }: ListPlace): string {
	return JSON.stringify([section, offset, ...last]);
}

function parsePlace(place: string | null): ListPlace {
	if (place === null) return { section: 0, offset: 0, last: [] };
	let parts: unknown;
	try {
		parts = JSON.parse(place);
	} catch {
		throw new BadPlace();
	}
	const [section, offset, ...last] = Array.isArray(parts) ? (parts as unknown[]) : [];
	if (!isCount(section) || !isCount(offset) || last.length > overlapMax || !last.every(isText)) {
		throw new BadPlace();
	}
	return { section, offset, last };
}

function isCount(value: unknown): value is number {
	return Number.isSafeInteger(value) && Number(value) >= 0;
}

function isText(value: unknown): value is string {
	return typeof value === "string";
}

/** Whether a row is one of those that are asked for, as our server would have judged it. */
function answers(row: QueueRow, { verdicts, createdAfter, createdBefore, search }: QueueQuestion): boolean {
	const made = Date.parse(row.created_at);
	if (createdAfter && !(made >= Date.parse(createdAfter))) return false;
	if (createdBefore && !(made < Date.parse(createdBefore))) return false;
	if (verdicts?.length && !verdicts.includes(verdictOf(row))) return false;
	if (!search) return true;
	const wanted = search.toLowerCase();
	const holds = (text: string | null | undefined) => text?.toLowerCase().includes(wanted) === true;
	return holds(row.rationale) || holds(row.cluster_signature) || row.id.toLowerCase().startsWith(wanted);
}

/** How many rows a question has, where that is known exactly beforehand; else null. */
export async function countRows(
	api: ApiClient,
	source: QueueSource,
	question: QueueQuestion,
	signal: AbortSignal,
): Promise<number | null> {
	const { projectId = null, verdicts, createdAfter, createdBefore, search } = question;
	const statuses: readonly string[] = question.statuses;
	if (source === "queue") {
		const { counts } = await api.countQueue(
			{ projectId, verdicts, createdAfter, createdBefore, search },
			{ signal },
		);
		const asked = counts.filter(({ status }) => statuses.includes(status));
		const isExact = asked.length === statuses.length && asked.every(({ is_exact }) => is_exact);
		return isExact ? asked.reduce((sum, { total }) => sum + total, 0) : null;
	}
	if (verdicts?.length || createdAfter || createdBefore || search) return null;
	const isAll = statuses.length === deploymentStatuses.length;
	const totals = await Promise.all(
		(isAll ? [null] : statuses).map(async (status) => {
			const page = await api.listDeployments({ status, projectId, limit: 1, offset: 0 }, { signal });
			return page.total;
		}),
	);
	return totals.reduce((sum, total) => sum + total, 0);
}
