import type { Deployment } from "../../contract/deployment";
import { idsToRead, neighboursOf } from "../../rules/roll-back/neighbours";
import { shippedStatuses } from "../../rules/roll-back/shipped-row";
import type { RollBackSituation } from "../../rules/roll-back/warnings";
import type { ApiClient } from "../api-client";
import { statusOf } from "../api-error";

/** The most rows of a page; of each state the newest page is looked through. */
const pageSize = 200;

/**
 * A deployment with those of its project that tell what rolling it back means, read from any API of the contract:
 * a list for each of four states, and at most 18 texts. `isRead` is false where they could not be read; `now` in
 * milliseconds.
 */
export async function rollBackSituation(
	client: ApiClient,
	deployment: Deployment,
	{ now, signal }: { now: number; signal: AbortSignal },
): Promise<{ situation: RollBackSituation; isRead: boolean }> {
	const { project_id: projectId } = deployment;
	try {
		const pages = await Promise.all(
			shippedStatuses.map((status) =>
				client.listDeployments({ projectId, status, limit: pageSize, offset: 0 }, { signal }),
			),
		);
		const rows = pages.flatMap(({ items }) => items);
		const neighbours = neighboursOf(deployment, rows, now);
		const found = await Promise.all(idsToRead(neighbours).map((id) => readText(client, id, signal)));
		const isComplete = pages.every(({ items, total }) => items.length >= total);
		return {
			situation: {
				deployment,
				neighbours,
				texts: new Map(found.filter((one) => one !== null)),
				isComplete,
			},
			isRead: true,
		};
	} catch (error) {
		if (signal.aborted) throw error;
		const neighbours = neighboursOf(deployment, [], now);
		return { situation: { deployment, neighbours, texts: new Map(), isComplete: true }, isRead: false };
	}
}

/** Null where the record is gone since it was listed. */
async function readText(
	client: ApiClient,
	id: string,
	signal: AbortSignal,
): Promise<[string, string] | null> {
	try {
		return [id, (await client.getDeployment(id, { signal })).proposed_prompt];
	} catch (error) {
		if (statusOf(error) === 404) return null;
		throw error;
	}
}
