import type { ControlAction, ControlActionPage } from "../contract/control-action";
import type { Extension } from "../contract/health";
import type { RemediationDiff } from "../contract/remediation";
import { ApiError } from "./api-error";
import { send, type Transport } from "./request";

/** What the list is narrowed to; all but the trace is heeded by a server that announces it, and by no other. */
export interface ControlActionFilters {
	traceId?: string | null;
	deploymentId?: string | null;
	status?: string | null;
	actionType?: string | null;
	projectId?: string | null;
}

interface ControlActionListParams extends ControlActionFilters {
	cursor?: string | null;
	limit?: number;
}

/** What an action has changed on its trace, as far as the API can tell by now. */
type RemediationAnswer =
	| { kind: "ready"; diff: RemediationDiff }
	/** The two spans are not compared yet. */
	| { kind: "pending"; reason: string }
	/** The action left nothing to compare, and will not. */
	| { kind: "none"; why: string };

export type ParkedDecision = "approve" | "reject";

/** A decision on a parked action as it is sent; an approval carries no reason, the contract has none. */
interface SentParkedDecision {
	reason: string;
	/** The same for every try of one decision, so that it is taken once. */
	idempotencyKey: string;
}

type Options = { signal?: AbortSignal | undefined };

/** The control actions of the API. Every method throws `ApiError` on failure. */
export interface ControlActionsApi {
	listControlActions(params: ControlActionListParams, options?: Options): Promise<ControlActionPage>;
	/** Our server's addition; where it does not announce `action-filters`, there is none to be asked. */
	getControlAction(id: string, options?: Options): Promise<ControlAction>;
	/** What waits for an owner, the one that has waited longest first. For owners. */
	listParkedActions(options?: Options): Promise<ControlAction[]>;
	decideParkedAction(id: string, decision: ParkedDecision, sent: SentParkedDecision): Promise<ControlAction>;
	getRemediationDiff(id: string, options?: Options): Promise<RemediationAnswer>;
}

const actions = "/v1/control/actions";
const pathOf = (id: string) => `${actions}/${encodeURIComponent(id)}`;

/** Makes the part of the client that reads control actions and decides on parked ones. */
export function createControlActionsApi(transport: Transport): ControlActionsApi {
	return {
		listControlActions: async (params, { signal } = {}) => {
			const { traceId, deploymentId, status, actionType, projectId, cursor, limit } = params;
			const isNarrowed = [deploymentId, status, actionType, projectId].some((one) => one != null);
			const extensions = isNarrowed ? await transport.extensions?.() : undefined;
			const has = (extension: Extension) => extensions === undefined || extensions.has(extension);
			return send(transport, {
				method: "GET",
				path: actions,
				query: {
					trace_id: traceId,
					deployment_id: has("deployment_id") ? deploymentId : undefined,
					...(has("action-filters") ? { status, action_type: actionType, project_id: projectId } : {}),
					cursor,
					limit,
				},
				reply: "controlActionPage",
				signal,
			});
		},
		getControlAction: (id, { signal } = {}) =>
			send(transport, { method: "GET", path: pathOf(id), reply: "controlAction", signal }),
		listParkedActions: async ({ signal } = {}) => {
			const parked = await send(transport, {
				method: "GET",
				path: `${actions}/pending`,
				reply: "parkedActions",
				signal,
			});
			return parked.actions;
		},
		decideParkedAction: async (id, decision, { reason, idempotencyKey }) => {
			const extensions = (await transport.extensions?.()) ?? new Set<Extension>();
			return send(transport, {
				method: "POST",
				path: `${pathOf(id)}/${decision}`,
				body: decision === "reject" && reason !== "" ? { reason } : undefined,
				headers: extensions.has("idempotency-key") ? { "idempotency-key": idempotencyKey } : {},
				reply: "controlAction",
			});
		},
		getRemediationDiff: async (id, { signal } = {}) => {
			try {
				return await send(transport, {
					method: "GET",
					path: `${pathOf(id)}/diff`,
					reply: "remediationAnswer",
					signal,
				});
			} catch (error) {
				if (!(error instanceof ApiError) || error.status !== 422) throw error;
				// The contract answers this with a bare reason and no sentence.
				const isBare = error.code === "http_422";
				return {
					kind: "none",
					why: isBare ? "This action left no remediated span to compare." : error.message,
				};
			}
		},
	};
}
