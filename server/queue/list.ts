import type { z } from "zod";
import type { queueQuerySchema } from "@/lib/contract/queue";
import { statusesOfView } from "@/lib/contract/queue-terms";
import { requireAllowed } from "../auth/caller";
import type { VerbContext } from "../context";
import { orders, type Place } from "./order";
import { type QueueQuestion, readQueuePage } from "./read-page";
import { queueRowAnswer } from "./row";

/**
 * A page of the tenant's queue. What stays in the states that were asked for is given exactly once when every
 * page is read, whatever is added or decided meanwhile; what moves to another state may be given there again,
 * or no more, when the order is by state or by waiting time, which that changes. A cursor is good for the very
 * question that it comes from, but for the limit.
 */
export async function listQueue(
	{ db, caller, cursors }: VerbContext,
	query: z.output<typeof queueQuerySchema>,
) {
	requireAllowed("read", caller);
	const { cursor, limit, sort, status: statuses = statusesOfView.all, ...filters } = query;
	const { project_id, verdict, created_after, created_before, q } = filters;
	const { tenantId } = caller;
	const asked = [tenantId, statuses, sort, project_id, verdict, created_after, created_before, q];
	const scope = `queue ${JSON.stringify(asked.map((part) => part ?? null))}`;
	const after = cursor === undefined ? null : placeOf(cursors.read(scope, cursor));
	const question: QueueQuestion = { tenantId, statuses, filters, sort };
	const rows = await db.inTenant(tenantId, (tx) => readQueuePage(tx, question, after, limit + 1));
	const page = rows.slice(0, limit);
	const last = rows.length > limit ? page.at(-1) : undefined;
	if (last === undefined) return { items: page.map(queueRowAnswer), next_cursor: null };
	const range = sort === "state" ? statuses.indexOf(last.status) : 0;
	const place = [String(range), orders[sort].keyOf(last), last.id];
	return { items: page.map(queueRowAnswer), next_cursor: cursors.write(scope, place) };
}

function placeOf([range = "0", key = "", id = ""]: readonly string[]): Place {
	return { range: Number(range), key, id };
}
