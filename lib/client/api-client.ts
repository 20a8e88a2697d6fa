import { type AuditPage, auditPageSchema } from "../contract/audit-entry";
import {
	type ControlAction,
	type ControlActionPage,
	controlActionPageSchema,
	controlActionSchema,
	type ExecuteRequest,
} from "../contract/control-action";
import { decisionListSchema, type RecordedDecision } from "../contract/decision";
import {
	type DecisionBody,
	type Deployment,
	type DeploymentPage,
	deploymentPageSchema,
	deploymentSchema,
} from "../contract/deployment";
import type { Extension } from "../contract/health";
import { type KillSwitch, killSwitchSchema } from "../contract/kill-switch";
import { type Project, projectListSchema } from "../contract/project";
import { type Trace, traceSchema } from "../contract/trace";
import type { Decision } from "../rules/lifecycle";
import { statusOf } from "./api-error";
import { send, sendForTag, type Transport } from "./request";

interface DeploymentListParams {
	status?: string | null;
	projectId?: string | null;
	/** Heeded by a server that announces it; any other lists other clusters as well. */
	clusterSignature?: string | null;
	limit: number;
	offset: number;
}

interface ControlActionListParams {
	traceId?: string | null;
	/** Heeded by a server that announces it; any other lists the actions of other deployments as well. */
	deploymentId?: string | null;
	cursor?: string | null;
	limit?: number;
}

type Options = { signal?: AbortSignal | undefined };

/** A decision as it is sent. What a server does not announce is left out: the contract has none of it. */
interface SentDecision {
	reason?: string | undefined;
	/** The `ETag` of the record that was seen, for `If-Match`. */
	tag: string | null;
	/** The same for every try of one decision, so that it is taken once. */
	idempotencyKey: string;
}

/** The API of the contract, one method an endpoint. Every method throws `ApiError` on failure. */
export interface ApiClient {
	listDeployments(params: DeploymentListParams, options?: Options): Promise<DeploymentPage>;
	getDeployment(id: string, options?: Options): Promise<Deployment>;
	/** The same with its `ETag`; null from a server that sends none. */
	getDeploymentForTag(id: string): Promise<{ data: Deployment; tag: string | null }>;
	/** Our server's addition to the contract; null from a server that does not have it. */
	listDecisions(id: string, options?: Options): Promise<RecordedDecision[] | null>;
	decide(id: string, decision: Decision, sent: SentDecision): Promise<Deployment>;
	listProjects(options?: Options): Promise<Project[]>;
	listControlActions(params: ControlActionListParams, options?: Options): Promise<ControlActionPage>;
	/** `deployment_id` is sent to a server that announces it, and left out for any other. */
	execute(request: ExecuteRequest): Promise<ControlAction>;
	getKillSwitch(options?: Options): Promise<KillSwitch>;
	setKillSwitch(active: boolean): Promise<KillSwitch>;
	getTrace(id: string, options?: Options): Promise<Trace>;
	listAuditEntries(params: { cursor?: string | null }, options?: Options): Promise<AuditPage>;
}

/** Makes a client over a transport; the server and the browser differ in nothing else. */
export function createApiClient(transport: Transport): ApiClient {
	return {
		listDeployments: async ({ status, projectId, clusterSignature, limit, offset }, { signal } = {}) => {
			const extensions = await transport.extensions?.();
			const has = (extension: Extension) => extensions === undefined || extensions.has(extension);
			return send(transport, {
				method: "GET",
				path: "/v1/prompts/deployments",
				query: {
					status,
					project_id: projectId,
					cluster_signature: has("cluster_signature") ? clusterSignature : undefined,
					limit,
					offset,
					fields: has("fields=summary") ? "summary" : undefined,
				},
				reply: deploymentPageSchema,
				signal,
			});
		},
		getDeployment: (id, { signal } = {}) =>
			send(transport, {
				method: "GET",
				path: `/v1/prompts/deployments/${encodeURIComponent(id)}`,
				reply: deploymentSchema,
				signal,
			}),
		getDeploymentForTag: (id) =>
			sendForTag(transport, {
				method: "GET",
				path: `/v1/prompts/deployments/${encodeURIComponent(id)}`,
				reply: deploymentSchema,
			}),
		listDecisions: async (id, { signal } = {}) => {
			try {
				const { decisions } = await send(transport, {
					method: "GET",
					path: `/v1/prompts/deployments/${encodeURIComponent(id)}/decisions`,
					reply: decisionListSchema,
					signal,
				});
				return decisions;
			} catch (error) {
				if (statusOf(error) === 404) return null;
				throw error;
			}
		},
		decide: async (id, decision, { reason, tag, idempotencyKey }) => {
			const extensions = (await transport.extensions?.()) ?? new Set<Extension>();
			const takesReason = decision !== "approve" || extensions.has("approve-reason");
			const body: DecisionBody | undefined = takesReason && reason ? { reason } : undefined;
			return send(transport, {
				method: "POST",
				path: `/v1/prompts/deployments/${encodeURIComponent(id)}/${decision}`,
				body,
				headers: {
					...(extensions.has("if-match") && tag !== null ? { "if-match": tag } : {}),
					...(extensions.has("idempotency-key") ? { "idempotency-key": idempotencyKey } : {}),
				},
				reply: deploymentSchema,
			});
		},
		listProjects: async ({ signal } = {}) => {
			const { projects } = await send(transport, {
				method: "GET",
				path: "/v1/projects",
				query: { include_archived: "true" },
				reply: projectListSchema,
				signal,
			});
			return projects;
		},
		listControlActions: async ({ traceId, deploymentId, cursor, limit }, { signal } = {}) => {
			const extensions = deploymentId == null ? undefined : await transport.extensions?.();
			const isHeeded = extensions === undefined || extensions.has("deployment_id");
			return send(transport, {
				method: "GET",
				path: "/v1/control/actions",
				query: { trace_id: traceId, deployment_id: isHeeded ? deploymentId : undefined, cursor, limit },
				reply: controlActionPageSchema,
				signal,
			});
		},
		execute: async ({ deployment_id, ...request }) => {
			const extensions = deployment_id === undefined ? undefined : await transport.extensions?.();
			const isHeeded = extensions?.has("deployment_id") === true;
			return send(transport, {
				method: "POST",
				path: "/v1/control/execute",
				body: { ...request, ...(isHeeded ? { deployment_id } : {}) },
				reply: controlActionSchema,
			});
		},
		getKillSwitch: ({ signal } = {}) =>
			send(transport, {
				method: "GET",
				path: "/v1/control/killswitch",
				reply: killSwitchSchema,
				signal,
			}),
		setKillSwitch: (active) =>
			send(transport, {
				method: "POST",
				path: `/v1/control/killswitch/${active ? "enable" : "disable"}`,
				reply: killSwitchSchema,
			}),
		getTrace: (id, { signal } = {}) =>
			send(transport, {
				method: "GET",
				path: `/v1/traces/${encodeURIComponent(id)}`,
				reply: traceSchema,
				signal,
			}),
		listAuditEntries: ({ cursor }, { signal } = {}) =>
			send(transport, {
				method: "GET",
				path: "/v1/audit-log",
				query: { cursor },
				reply: auditPageSchema,
				signal,
			}),
	};
}
