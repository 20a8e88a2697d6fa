import { createLoader, createParser, parseAsInteger, parseAsStringLiteral } from "nuqs/server";
import type { DeploymentQueueParams } from "@/lib/client/queries/deployments";
import { deploymentStatuses } from "@/lib/contract/deployment-status";
import { uuidPattern } from "@/lib/contract/uuid";

/** The filters of the queue as its URL spells them; what a link holds that is no filter is ignored. */
export const queueSearchParams = {
	status: parseAsStringLiteral(deploymentStatuses),
	project: createParser({
		// Anything but an id would be refused by the API on every poll.
		parse: (value) => (uuidPattern.test(value) ? value : null),
		serialize: (value: string) => value,
	}),
	page: parseAsInteger.withDefault(1),
};

export const loadQueueSearchParams = createLoader(queueSearchParams);

/** The filters as the query takes them. */
export function queueParamsOf(filters: {
	status: string | null;
	project: string | null;
	page: number;
}): DeploymentQueueParams {
	const { status, project, page } = filters;
	return { status, projectId: project, page: Math.min(Math.max(1, page), 1_000_000) };
}
