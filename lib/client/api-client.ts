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
import { send, type Transport } from "./request";

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
	cursor?: string | null;
	limit?: number;
}

type Options = { signal?: AbortSignal | undefined };

/** The API of the contract, one method an endpoint. Every method throws `ApiError` on failure. */
export interface ApiClient {
	listDeployments(params: DeploymentListParams, options?: Options): Promise<DeploymentPage>;
	getDeployment(id: string, options?: Options): Promise<Deployment>;
	/** Our server's addition to the contract; null from a server that does not have it. */
	listDecisions(id: string, options?: Options): Promise<RecordedDecision[] | null>;
	decide(id: string, decision: Decision, body?: DecisionBody): Promise<Deployment>;
	listProjects(options?: Options): Promise<Project[]>;
	listControlActions(params: ControlActionListParams, options?: Options): Promise<ControlActionPage>;
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
		decide: (id, decision, body) =>
			send(transport, {
				method: "POST",
				path: `/v1/prompts/deployments/${encodeURIComponent(id)}/${decision}`,
				body,
				reply: deploymentSchema,
			}),
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
		listControlActions: ({ traceId, cursor, limit }, { signal } = {}) =>
			send(transport, {
				method: "GET",
				path: "/v1/control/actions",
				query: { trace_id: traceId, cursor, limit },
				reply: controlActionPageSchema,
				signal,
			}),
		execute: (request) =>
			send(transport, {
				method: "POST",
				path: "/v1/control/execute",
				body: request,
				reply: controlActionSchema,
			}),
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
