import { queryOptions } from "@tanstack/react-query";
import type { Deployment, DeploymentSummary } from "../../contract/deployment";
import {
	comparedMax,
	type EarlierDeployment,
	isTakenBack,
} from "../../rules/prompt-checks/earlier-candidates";
import {
	type LiveState,
	liveStatuses,
	newestRolledBack,
	newestShipped,
} from "../../rules/prompt-checks/stale-base";
import type { ApiClient } from "../api-client";
import { statusOf } from "../api-error";
import { deploymentKeys } from "./deployments";
import { liveRead } from "./polling";

/** The most rows of a page, and the pages that are looked through before the rest is given up openly. */
const pageSize = 200;
const pagesMax = 5;
/** Several lists are read for one answer, and a server that knows no summaries sends every prompt in them. */
const refreshIntervalMs = 30_000;

/**
 * What a project runs on: the newest of its live deployments and the one that was rolled back last, each with
 * the prompt that it proposed. The contract lists one state at a time, so this asks for four lists.
 */
export function liveDeploymentQuery(client: ApiClient, projectId: string) {
	return queryOptions({
		queryKey: [...deploymentKeys.all, "live", projectId] as const,
		queryFn: async ({ signal }): Promise<LiveState> => {
			const list = (status: string) => listPages(client, { projectId, status }, signal);
			const [rolledBackRows, ...live] = await Promise.all(["rolled_back", ...liveStatuses].map(list));
			const newest = newestShipped(live.flatMap(({ rows }) => rows));
			const rolledBack = newestRolledBack(rolledBackRows?.rows ?? []);
			const [newestWhole, rolledBackWhole] = await Promise.all(
				[newest, rolledBack].map((row) => (row === null ? null : findDeployment(client, row.id, signal))),
			);
			return {
				newest: newestWhole
					? pick(newestWhole, ["id", "status", "shipped_at", "approved_by", "proposed_prompt"])
					: null,
				rolledBack: rolledBackWhole
					? pick(rolledBackWhole, ["id", "rolled_back_at", "proposed_prompt"])
					: null,
				isComplete: live.every(({ isComplete }) => isComplete),
			};
		},
		...liveRead,
		refetchInterval: refreshIntervalMs,
	});
}

export interface EarlierCandidatesParams {
	projectId: string;
	clusterSignature: string;
	/** The deployment whose forerunners are asked for, and when it was made. */
	id: string;
	createdAt: string;
}

/**
 * The proposals that were made before this one for the same cluster, newest first. Those that were rejected or
 * rolled back come with their prompts, the newest ten. A server that cannot list a cluster lists the project,
 * and the first 1,000 rows of that are looked through: `isComplete` says whether this was all.
 */
export function earlierCandidatesQuery(client: ApiClient, params: EarlierCandidatesParams) {
	const { projectId, clusterSignature, id, createdAt } = params;
	return queryOptions({
		queryKey: [...deploymentKeys.all, "earlier", params] as const,
		queryFn: async ({ signal }): Promise<{ earlier: EarlierDeployment[]; isComplete: boolean }> => {
			const { rows, isComplete } = await listPages(client, { projectId, clusterSignature }, signal);
			const before = Date.parse(createdAt);
			const earlier = rows
				.filter((row) => row.cluster_signature === clusterSignature && row.id !== id)
				.filter((row) => !(Date.parse(row.created_at) > before))
				.sort((one, other) => Date.parse(other.created_at) - Date.parse(one.created_at));
			const wanted = earlier.filter(({ status }) => isTakenBack(status)).slice(0, comparedMax);
			const found = await Promise.all(wanted.map((row) => findDeployment(client, row.id, signal)));
			const whole = new Map(found.flatMap((one) => (one === null ? [] : [[one.id, one] as const])));
			return {
				earlier: earlier.map((row) => ({
					...pick(row, ["id", "status", "created_at", "rejection_reason"]),
					...promptsOf(whole.get(row.id)),
				})),
				isComplete,
			};
		},
		// What is past changes seldom, and then by a decision that a person looks up.
		staleTime: 60_000,
	});
}

interface ListParams {
	projectId: string;
	status?: string;
	clusterSignature?: string;
}

/** All rows of a list, as far as five pages hold them. */
async function listPages(
	client: ApiClient,
	params: ListParams,
	signal: AbortSignal,
): Promise<{ rows: DeploymentSummary[]; isComplete: boolean }> {
	const read = (offset: number) => client.listDeployments({ ...params, limit: pageSize, offset }, { signal });
	const first = await read(0);
	// A server may hold its pages shorter than was asked for.
	const step = first.items.length;
	const pages = step === 0 ? 1 : Math.ceil(first.total / step);
	const others = Array.from({ length: Math.min(pages, pagesMax) - 1 }, (_, index) =>
		read((index + 1) * step),
	);
	const rows = [first, ...(await Promise.all(others))].flatMap(({ items }) => items);
	// A row that is made while the pages are read moves others onto the next page, where they come again.
	const once = new Map(rows.map((row) => [row.id, row]));
	return { rows: [...once.values()], isComplete: pages <= pagesMax };
}

/** The whole deployment; null where it is gone since it was listed. */
async function findDeployment(
	client: ApiClient,
	id: string,
	signal: AbortSignal,
): Promise<Deployment | null> {
	try {
		return await client.getDeployment(id, { signal });
	} catch (error) {
		if (statusOf(error) === 404) return null;
		throw error;
	}
}

function promptsOf(deployment: Deployment | undefined) {
	return deployment === undefined ? {} : pick(deployment, ["current_prompt", "proposed_prompt"]);
}

/** Some fields of a row: what a page is made with is sent to the browser whole. */
function pick<Row extends object, Key extends keyof Row>(row: Row, keys: readonly Key[]): Pick<Row, Key> {
	const picked: Partial<Row> = {};
	for (const key of keys) picked[key] = row[key];
	// Each of the keys has just been set.
	return picked as Pick<Row, Key>;
}
