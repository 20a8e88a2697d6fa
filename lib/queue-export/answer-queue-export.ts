import "server-only";
import { decodeJwt } from "jose";
import { getApiToken, getCaller } from "../auth/caller";
import type { ApiClient } from "../client/api-client";
import { ApiError } from "../client/api-error";
import { createCheckedClient } from "../client/checked-client";
import { announcedExtensions } from "../client/extensions";
import { fetchApi } from "../client/fetch-api";
import type { QueueQuestion } from "../client/queries/queue";
import type { Role } from "../contract/role";
import { getEnvironment } from "../env";
import { routes } from "../routes";
import { csvStream } from "./csv-stream";
import { BadPlace, countRows, MovedList, rowReader } from "./read-rows";
import { writeRows } from "./write-rows";

/** Left of a session token when no further page is begun: longer than a page may take. */
const marginMs = 12_000;

interface ExportRequest {
	/** What is asked for, by whoever asks and at what moment (milliseconds): an age is counted from there. */
	questionOf: (role: Role | null, now: number) => QueueQuestion;
	/** Null for the whole file; else a part of it: empty for the first, then what the part before said. */
	after: string | null;
	signal: AbortSignal;
}

/**
 * The rows of the queue as CSV, streamed while they are read, or why there are none, as JSON with a status.
 * `x-total-rows` says how many there will be where that is known. They are read with the session of this very
 * request, which cannot be renewed from here: what lasts longer than its token (a minute) is read in parts.
 */
export async function answerQueueExport({ questionOf, after, signal }: ExportRequest): Promise<Response> {
	const caller = await getCaller();
	const token = await getApiToken();
	if (caller === null || token === null) {
		return refuse(401, "unauthenticated", "Your session has ended. Sign in again.");
	}
	if (caller.organizationId === null) return refuse(403, "forbidden", "Choose an organization first.");
	const start = startOf(after);
	if (start === null) return refuse(400, "invalid_request", "This part of an export is not known.");
	const { apiUrl, origin } = getEnvironment();
	const extensions = await announcedExtensions(apiUrl);
	const source = extensions.has("queue") ? "queue" : "list";
	// Not `getServerApi`: most rows are read when the request is no longer in reach of Clerk.
	const api = createCheckedClient({
		baseUrl: apiUrl,
		fetch: fetchApi,
		extensions: async () => extensions,
		authorize: async () => ({ authorization: `Bearer ${token}` }),
	});
	const question = questionOf(caller.role, start.now);
	const readRows = rowReader(api, source, question);
	const isBeginning = start.place === null;
	try {
		const [first, total, projectNames] = await Promise.all([
			readRows(start.place, signal),
			isBeginning ? countRows(api, source, question, signal) : null,
			readProjectNames(api, signal),
		]);
		const urlOf = (id: string) => `${origin}${routes.deployment(id)}`;
		const body = csvStream({
			first,
			readRows,
			isBeginning,
			write: (rows, isFirst) => writeRows(rows, { projectNames, urlOf }, isFirst),
			isTimeUp: () => Date.now() > endOf(token) - marginMs,
			afterOf: after === null ? null : (place) => `${start.now}:${place}`,
			onFailure: report,
		});
		const day = new Date(start.now).toISOString().slice(0, 10);
		return new Response(body, {
			headers: {
				...guards,
				"content-type": "text/csv; charset=utf-8",
				"content-disposition": `attachment; filename="deployments-${day}.csv"`,
				...(total === null ? {} : { "x-total-rows": String(total) }),
			},
		});
	} catch (error) {
		if (error instanceof ApiError) return refusalOf(error);
		if (error instanceof BadPlace) {
			return refuse(400, "invalid_request", "This part of an export is not known.");
		}
		if (error instanceof MovedList) return refuse(409, "list_moved", movedMessage);
		report(error);
		return refuse(500, "internal", "The export could not be made. Something failed on our side.");
	}
}

const guards = { "cache-control": "no-store", "x-content-type-options": "nosniff" };
const movedMessage = "The list changed too much while it was read. Export it again.";

function refuse(status: number, code: string, error: string): Response {
	return Response.json({ error, code }, { status, headers: guards });
}

function refusalOf({ status, code, message }: ApiError): Response {
	const isOurs = status === 400 || status === 401 || status === 403 || status === 429;
	return refuse(isOurs ? status : 502, code, message);
}

function report(cause: unknown): void {
	console.error(JSON.stringify({ level: "error", event: "queue_export_failed", cause: String(cause) }));
}

/** Where a part begins and the moment that ages are counted from: that of the first part, else of now. */
function startOf(after: string | null): { now: number; place: string | null } | null {
	if (!after) return { now: Date.now(), place: null };
	const [, now] = /^(\d{13}):/.exec(after) ?? [];
	return now === undefined ? null : { now: Number(now), place: after.slice(now.length + 1) };
}

/** Names are a comfort: without them a project is written by its id. */
async function readProjectNames(api: ApiClient, signal: AbortSignal): Promise<Map<string, string>> {
	try {
		return new Map((await api.listProjects({ signal })).map(({ id, name }) => [id, name]));
	} catch {
		return new Map();
	}
}

/** When a token ends, in milliseconds; one that does not say it is used until the API refuses it. */
function endOf(token: string): number {
	try {
		return (decodeJwt(token).exp ?? Number.POSITIVE_INFINITY) * 1_000;
	} catch {
		return Number.POSITIVE_INFINITY;
	}
}
