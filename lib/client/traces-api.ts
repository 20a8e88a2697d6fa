import type { RemediationChain } from "../contract/remediation";
import type { Trace, TracePage } from "../contract/trace";
import { send, type Transport } from "./request";

interface TraceListParams {
	projectId?: string | null;
	/** True for traces with an error, false for those without, null for all. */
	hasError?: boolean | null;
	cursor?: string | null;
	limit?: number;
}

type Options = { signal?: AbortSignal | undefined };

/** The traces of the API. Every method throws `ApiError` on failure. */
export interface TracesApi {
	/** Newest first, without their spans. */
	listTraces(params: TraceListParams, options?: Options): Promise<TracePage>;
	getTrace(id: string, options?: Options): Promise<Trace>;
	/** The control actions taken on a trace, oldest first. */
	listRemediations(id: string, options?: Options): Promise<RemediationChain>;
}

/** Makes the part of the client that reads traces. */
export function createTracesApi(transport: Transport): TracesApi {
	return {
		listTraces: ({ projectId, hasError, cursor, limit }, { signal } = {}) =>
			send(transport, {
				method: "GET",
				path: "/v1/traces",
				query: {
					project_id: projectId,
					error: hasError == null ? undefined : String(hasError),
					cursor,
					limit,
				},
				reply: "tracePage",
				signal,
			}),
		getTrace: (id, { signal } = {}) =>
			send(transport, {
				method: "GET",
				path: `/v1/traces/${encodeURIComponent(id)}`,
				reply: "trace",
				signal,
			}),
		listRemediations: (id, { signal } = {}) =>
			send(transport, {
				method: "GET",
				path: `/v1/traces/${encodeURIComponent(id)}/remediations`,
				reply: "remediationChain",
				signal,
			}),
	};
}
