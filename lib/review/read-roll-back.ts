import "server-only";
import { getCaller } from "../auth/caller";
import type { ApiClient } from "../client/api-client";
import { ApiError } from "../client/api-error";
import { rollBackSituation } from "../client/queries/roll-back-situation";
import { getServerApi } from "../client/server-client";
import { previewRollBack, type RollBackPreview } from "../rules/roll-back/preview";
import { contentKeyOf } from "./prepare-review";

const guards = { "cache-control": "private, no-store", "x-content-type-options": "nosniff" };

/** The preview of a roll back as JSON, or why there is none, as JSON with a status. */
export async function answerRollBackPreview(id: string, signal: AbortSignal): Promise<Response> {
	const caller = await getCaller();
	if (caller === null) return refuse(401, "unauthenticated", "Your session has ended. Sign in again.");
	if (caller.organizationId === null) return refuse(403, "forbidden", "Choose an organization first.");
	try {
		return Response.json(await readRollBackPreview(id, getServerApi(), signal), { headers: guards });
	} catch (error) {
		if (!(error instanceof ApiError)) throw error;
		const { status, code, message } = error;
		const isNone = status === 400 || status === 404;
		if (isNone) return refuse(404, "not_found", "There is no such deployment.");
		return refuse(status === 401 || status === 403 ? status : 502, code, message);
	}
}

/**
 * Reads the record and those beside it. What stands beside it may be missing, and then that is said: a roll back
 * does not wait for a list.
 */
async function readRollBackPreview(
	id: string,
	api: ApiClient,
	signal: AbortSignal,
): Promise<RollBackPreview> {
	const deployment = await api.getDeployment(id, { signal });
	const { situation, isRead } = await rollBackSituation(api, deployment, { now: Date.now(), signal });
	const { warnings, ...preview } = previewRollBack(situation);
	const unread = "The records beside this one could not be read, so a warning may be missing.";
	return {
		contentKey: contentKeyOf(deployment),
		...preview,
		warnings: isRead ? warnings : [...warnings, unread],
	};
}

function refuse(status: number, code: string, error: string): Response {
	return Response.json({ error, code }, { status, headers: guards });
}
