import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { type DeploymentStatus, deploymentStatuses } from "../../contract/deployment-status";
import type { QueueRow } from "../../contract/queue";
import { queueDefaultSort } from "../../contract/queue-terms";
import type { Count } from "../../rules/queue/views";
import type { ApiClient, QueueFilterParams, QueueParams } from "../api-client";
import { statusOf } from "../api-error";
import { deploymentKeys } from "./deployments";
import { liveRead } from "./polling";

/**
 * Where rows are read: `queue` is our server's addition, which searches, sorts and goes on by cursor; `list`
 * is all that the contract has: one state, one project, limit and offset.
 */
export type QueueSource = "queue" | "list";

/** What the rows are narrowed to and how they are ordered; in `state` order the states come as they stand here. */
export interface QueueQuestion extends Omit<QueueParams, "cursor" | "limit" | "statuses"> {
	statuses: readonly DeploymentStatus[];
}

/** Where the next rows begin: behind a cursor, or at an offset in the list of one of the asked states. */
type Place = { cursor: string } | { section: number; offset: number };

export interface QueueSlice {
	items: QueueRow[];
	/** Null at the end. */
	next: Place | null;
}

/** Few with the page itself, many while somebody scrolls. */
const firstSliceSize = 50;
const laterSliceSize = 200;
/** The contract has no way to read several at once. */
const singleReadsMax = 10;

const root = [...deploymentKeys.all, "queue"] as const;
export const queueKeys = {
	list: (source: QueueSource, question: QueueQuestion) =>
		[...deploymentKeys.queueRows, source, question] as const,
};

/** All rows of the queue, a slice at a time. They change by `reconcile` only, never by themselves. */
export function queueListQuery(client: ApiClient, source: QueueSource, question: QueueQuestion) {
	return infiniteQueryOptions({
		queryKey: queueKeys.list(source, question),
		queryFn: ({ pageParam, signal }) =>
			readSlice(client, source, question, {
				place: pageParam,
				limit: pageParam === null ? firstSliceSize : laterSliceSize,
				signal,
			}),
		initialPageParam: null as Place | null,
		getNextPageParam: ({ next }) => next,
		staleTime: Number.POSITIVE_INFINITY,
		refetchOnWindowFocus: false,
		refetchOnReconnect: false,
	});
}

/** The first rows once more, again and again: what is held against the list to see what has changed. */
export function queueHeadQuery(client: ApiClient, source: QueueSource, question: QueueQuestion) {
	return queryOptions({
		queryKey: [...root, "head", source, question] as const,
		queryFn: ({ signal }) => readFirstSlice(client, source, question, signal),
		...liveRead,
	});
}

/** The first rows of the queue, for the page as the server draws it. */
export function readFirstSlice(
	client: ApiClient,
	source: QueueSource,
	question: QueueQuestion,
	signal?: AbortSignal,
): Promise<QueueSlice> {
	return readSlice(client, source, question, { place: null, limit: firstSliceSize, signal });
}

/** Some rows as they are now, in whatever state; of the contract's API at most ten, and none that is gone. */
export async function readRows(
	client: ApiClient,
	source: QueueSource,
	ids: readonly string[],
): Promise<QueueRow[]> {
	if (ids.length === 0) return [];
	if (source === "queue") return client.listQueueRows(ids.slice(0, 200));
	const found = await Promise.all(
		ids.slice(0, singleReadsMax).map(async (id) => {
			try {
				return await client.getDeploymentSummary(id);
			} catch (error) {
				if (statusOf(error) === 404) return null;
				throw error;
			}
		}),
	);
	return found.filter((row) => row !== null);
}

/** How many there are in each state. The contract's API is asked for one state at a time. */
export function queueCountsQuery(client: ApiClient, source: QueueSource, filters: QueueFilterParams) {
	const { projectId, verdicts, createdAfter, createdBefore, search } = filters;
	return queryOptions({
		queryKey: [
			...deploymentKeys.all,
			"counts",
			source,
			{ projectId, verdicts, createdAfter, createdBefore, search },
		] as const,
		queryFn: async ({ signal }): Promise<Record<string, Count>> => {
			if (source === "queue") {
				const { counts } = await client.countQueue(filters, { signal });
				return Object.fromEntries(
					counts.map(({ status, total, is_exact }) => [status, { total, isExact: is_exact }]),
				);
			}
			const totals = await Promise.all(
				deploymentStatuses.map(async (status) => {
					const { total } = await client.listDeployments(
						{ status, projectId: projectId ?? null, limit: 1, offset: 0 },
						{ signal },
					);
					return [status, { total, isExact: true }] as const;
				}),
			);
			return Object.fromEntries(totals);
		},
		placeholderData: keepPreviousData,
		...liveRead,
	});
}

/** How long deployments wait, and how long decisions have taken. */
export function queueTimesQuery(client: ApiClient, projectId: string | null) {
	return queryOptions({
		queryKey: [...deploymentKeys.all, "times", projectId] as const,
		queryFn: ({ signal }) => client.getQueueTimes(projectId, { signal }),
		staleTime: 30_000,
		refetchInterval: 60_000,
	});
}

interface SliceParams {
	place: Place | null;
	limit: number;
	signal?: AbortSignal | undefined;
}

async function readSlice(
	client: ApiClient,
	source: QueueSource,
	question: QueueQuestion,
	{ place, limit, signal }: SliceParams,
): Promise<QueueSlice> {
	if (source === "queue") {
		const cursor = place !== null && "cursor" in place ? place.cursor : null;
		const { items, next_cursor: next } = await client.listQueue({ ...question, cursor, limit }, { signal });
		return { items, next: next === null ? null : { cursor: next } };
	}
	// One list where all states are asked for, else one after the other.
	const isAll = question.statuses.length === deploymentStatuses.length;
	const sections = isAll ? [null] : question.statuses;
	const items: QueueRow[] = [];
	let { section, offset } = place !== null && "section" in place ? place : { section: 0, offset: 0 };
	while (section < sections.length && items.length < limit) {
		const page = await client.listDeployments(
			{
				status: sections[section] ?? null,
				projectId: question.projectId ?? null,
				limit: limit - items.length,
				offset,
			},
			{ signal },
		);
		items.push(...page.items);
		offset += page.items.length;
		if (page.items.length === 0 || offset >= page.total) {
			section += 1;
			offset = 0;
		}
	}
	return { items, next: section < sections.length ? { section, offset } : null };
}

/** What the contract's API cannot do of a question, in words; empty where it can do all of it. */
export function notPossible(source: QueueSource, question: QueueQuestion): string[] {
	if (source === "queue") return [];
	const isAged = Boolean(question.createdAfter ?? question.createdBefore);
	return [
		...(question.search ? ["the search"] : []),
		...(question.verdicts?.length ? ["the filter by verdict"] : []),
		...(isAged ? ["the filter by age"] : []),
		...(question.sort === queueDefaultSort ? [] : ["the order"]),
	];
}
