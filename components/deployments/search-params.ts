import {
	createLoader,
	createParser,
	parseAsString,
	parseAsStringLiteral,
	type SearchParams,
} from "nuqs/server";
import type { QueueQuestion } from "@/lib/client/queries/queue";
import { deploymentStatuses } from "@/lib/contract/deployment-status";
import {
	queueDefaultSort,
	queueSorts,
	queueVerdicts,
	queueViews,
	searchMaxLength,
	searchMinLength,
} from "@/lib/contract/queue-terms";
import type { Role } from "@/lib/contract/role";
import { uuidPattern } from "@/lib/contract/uuid";
import { viewOf } from "@/lib/rules/queue/views";

/** How old a deployment may be: made in the last day, week, month, or before that. */
const queueAges = ["1d", "7d", "30d", "older"] as const;
export type QueueAge = (typeof queueAges)[number];

const dayMs = 24 * 60 * 60_000;
const minuteMs = 60_000;

/** The filters of the queue as its URL spells them; what a link holds that is no filter is not applied. */
export const queueSearchParams = {
	view: parseAsStringLiteral(queueViews),
	status: parseAsStringLiteral(deploymentStatuses),
	project: createParser({
		// Anything but an id would be refused by the API on every poll.
		parse: (value) => (uuidPattern.test(value) ? value : null),
		serialize: (value: string) => value,
	}),
	verdict: parseAsStringLiteral(queueVerdicts),
	age: parseAsStringLiteral(queueAges),
	q: createParser({
		parse: (value) => {
			const text = value.trim().slice(0, searchMaxLength);
			return text.length < searchMinLength || !text.isWellFormed() || text.includes("\u0000") ? null : text;
		},
		serialize: (value: string) => value,
	}),
	sort: parseAsStringLiteral(queueSorts),
};

export const loadQueueSearchParams = createLoader(queueSearchParams);
export type QueueFilters = Awaited<ReturnType<typeof loadQueueSearchParams>>;

/** Parameters that were once ours or that others add to links mean nothing here and are nobody's mistake. */
const loadRaw = createLoader({
	view: parseAsString,
	status: parseAsString,
	project: parseAsString,
	verdict: parseAsString,
	age: parseAsString,
	q: parseAsString,
	sort: parseAsString,
} satisfies Record<keyof typeof queueSearchParams, unknown>);

/** What a link asks for and this page does not know, as `name=value`: it is told, not passed over. */
export function unknownIn(search: Awaited<SearchParams>, filters: QueueFilters): string[] {
	const raw = loadRaw(search);
	// The cast: both have the names of `queueSearchParams`.
	const names = Object.keys(raw) as (keyof QueueFilters)[];
	return names.flatMap((name) => {
		const asked = raw[name];
		return asked && filters[name] === null ? [`${name}=${asked.slice(0, 60)}`] : [];
	});
}

/**
 * The filters as the API takes them. `now` in milliseconds is what an age is counted from; it is cut to the
 * minute and stays what it was while a list is read, because a cursor belongs to one question.
 */
export function queueQuestionOf(filters: QueueFilters, role: Role | null, now: number): QueueQuestion {
	const { project, verdict, age, q, sort } = filters;
	const { statuses } = viewOf(filters, role);
	const before = (days: number) => new Date(now - (now % minuteMs) - days * dayMs).toISOString();
	return {
		statuses,
		projectId: project,
		verdicts: verdict === null ? null : [verdict],
		createdAfter: age === null || age === "older" ? null : before(Number.parseInt(age, 10)),
		createdBefore: age === "older" ? before(30) : null,
		search: q,
		sort: sort ?? queueDefaultSort,
	};
}
