import { promisedLiveChangeSchema, promisedLivePresenceSchema } from "@/lib/contract/live-event";

/** What is read of an entry of the audit log. */
export interface LoggedEvent {
	sequence: number;
	event: string;
	resourceId: string | null;
	at: Date | string;
}

/** How soon a reader without a rule of its own comes back. */
const retryMs = 1_000;

/** A line that says nothing, by which the connection is seen to be alive. */
export const heartbeatFrame = ":\n\n";

/** Opens a stream: what comes next follows this sequence. */
export function helloFrame(sequence: number): string {
	return `retry: ${retryMs}\n${frame("hello", {}, sequence)}`;
}

/** One change, under its sequence. */
export function changeFrame({ sequence, event, resourceId, at }: LoggedEvent): string {
	const moment = new Date(at).toISOString();
	const change = promisedLiveChangeSchema.parse({ event, resource_id: resourceId, at: moment });
	return frame("change", change, sequence);
}

/** What is known from before says nothing any more; what comes next follows this sequence. */
export function resetFrame(sequence: number): string {
	return frame("reset", {}, sequence);
}

/** Who looks at a deployment; not part of the log, so without a sequence. */
export function presenceFrame(deploymentId: string, userIds: readonly string[]): string {
	return frame(
		"presence",
		promisedLivePresenceSchema.parse({ deployment_id: deploymentId, user_ids: userIds }),
	);
}

/** JSON escapes every end of a line, so that `data` is always one. */
function frame(event: string, data: object, sequence?: number): string {
	const id = sequence === undefined ? "" : `id: ${sequence}\n`;
	return `${id}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}
