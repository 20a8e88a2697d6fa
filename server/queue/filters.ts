import type { z } from "zod";
import type { queueCountsQuerySchema } from "@/lib/contract/queue";
import type { Values } from "./values";

/** What the queue is narrowed to. */
export type QueueFilters = z.output<typeof queueCountsQuerySchema>;

/** True where nothing but a project narrows the queue. */
export function isPlain({ project_id: _, ...filters }: QueueFilters): boolean {
	return Object.values(filters).every((value) => value === undefined);
}

/**
 * The conditions on a row of `deployments` in SQL, without the search. What they look at stands in every index
 * that the queue is read from, so that a row that is left out costs no look at the row itself.
 */
export function conditionsOf(filters: QueueFilters, values: Values): string[] {
	const { project_id, verdict, created_after, created_before } = filters;
	return [
		...(project_id === undefined ? [] : [`project_id = ${values.add(project_id, "uuid")}`]),
		...(verdict === undefined ? [] : [`verdict = any (${values.add(verdict, "text[]")})`]),
		...(created_after === undefined
			? []
			: [`created_at >= ${values.add(moment(created_after), "timestamptz")}`]),
		...(created_before === undefined
			? []
			: [`created_at < ${values.add(moment(created_before), "timestamptz")}`]),
	];
}

/** Read by JavaScript first: PostgreSQL refuses a moment with too many digits after the second. */
function moment(text: string): string {
	return new Date(text).toISOString();
}
