import { type Caller, requireAllowed } from "../auth/caller";
import type { Services } from "../context";
import { requireDeployment } from "../deployments/load";
import type { Resume } from "./feed";

interface Request {
	/** The deployment whose review page is open, or null. */
	lookingAt: string | null;
	/** As the reader sent it, or null when it sent none. */
	lastEventId: string | null;
	hangUp: (() => void) | undefined;
}

/** Opens a stream of what changes in the caller's tenant, and of who looks at a deployment of it. */
export async function openEvents(
	{ db, events, caller }: Pick<Services, "db" | "events"> & { caller: Caller },
	{ lookingAt, lastEventId, hangUp }: Request,
): Promise<ReadableStream<Uint8Array>> {
	requireAllowed("read", caller);
	if (lookingAt !== null) {
		await db.inTenant(caller.tenantId, (tx) => requireDeployment(tx, caller.tenantId, lookingAt));
	}
	return events.open({ caller, resume: resumeOf(lastEventId), lookingAt, hangUp });
}

/** An empty id is what a browser sends that has been told of none. */
function resumeOf(lastEventId: string | null): Resume | null {
	if (lastEventId === null || lastEventId === "") return null;
	return /^(?:0|[1-9]\d{0,8})$/.test(lastEventId) ? Number(lastEventId) : "unknown";
}
