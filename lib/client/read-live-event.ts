import type { LiveChange } from "../contract/live-event";
import type { Presence } from "./live-state";

/*
 * By hand and not by schema: the stream is passed on as it comes, and the browser is spared the schemas.
 */

/** A change as the stream tells of it; undefined for anything else. */
export function readChange(data: unknown): LiveChange | undefined {
	const { event, resource_id, at } = Object(data) as Record<string, unknown>;
	if (typeof event !== "string" || typeof at !== "string") return undefined;
	if (resource_id !== null && typeof resource_id !== "string") return undefined;
	return { event, resource_id, at };
}

/** Who has a review page open, as the stream tells of it; undefined for anything else. */
export function readPresence(data: unknown): Presence | undefined {
	const { deployment_id, user_ids } = Object(data) as Record<string, unknown>;
	if (typeof deployment_id !== "string" || !Array.isArray(user_ids)) return undefined;
	const userIds = user_ids.filter((id) => typeof id === "string");
	return userIds.length === user_ids.length ? { deploymentId: deployment_id, userIds } : undefined;
}
