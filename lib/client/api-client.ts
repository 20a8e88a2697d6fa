import type { AuditPage } from "../contract/audit-entry";
import type { ControlAction, ExecuteRequest } from "../contract/control-action";
import type { RecordedDecision } from "../contract/decision";
import type { DecisionBody, Deployment, DeploymentPage, DeploymentSummary } from "../contract/deployment";
import type { FailureCluster } from "../contract/failure-cluster";
import type { Extension } from "../contract/health";
import type { KillSwitch } from "../contract/kill-switch";
import type { MetricPoint } from "../contract/metrics";
import type { Project } from "../contract/project";
import type { QueueCounts, QueuePage, QueueRow, QueueTimes } from "../contract/queue";
import type { Decision } from "../rules/lifecycle";
import { statusOf } from "./api-error";
import { type ControlActionsApi, createControlActionsApi } from "./control-actions-api";
import { send, sendForTag, type Transport } from "./request";
import { createTracesApi, type TracesApi } from "./traces-api";

interface DeploymentListParams {
	status?: string | null;
	projectId?: string | null;
	/** Heeded by a server that announces it; any other lists other clusters as well. */
	clusterSignature?: string | null;
	limit: number;
	offset: number;
}

/** What the queue is narrowed to, in the words of `lib/contract/queue.ts`. */
export interface QueueFilterParams {
	projectId?: string | null;
	verdicts?: readonly string[] | null;
	createdAfter?: string | null;
	createdBefore?: string | null;
	search?: string | null;
}

export interface QueueParams extends QueueFilterParams {
	statuses: readonly string[];
	sort: string;
	cursor?: string | null;
	limit: number;
}

interface AuditListParams {
	event?: string | null;
	/** Moments in RFC 3339; `from` is included, `to` is not. */
	from?: string | null;
	to?: string | null;
	cursor?: string | null;
}

interface FailureClusterParams {
	projectId?: string | null;
	from?: string | null;
	to?: string | null;
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
export interface ApiClient extends ControlActionsApi, TracesApi {
	listDeployments(params: DeploymentListParams, options?: Options): Promise<DeploymentPage>;
	/** The four of the queue are our server's addition; they are asked where it announces `queue`. */
	listQueue(params: QueueParams, options?: Options): Promise<QueuePage>;
	listQueueRows(ids: readonly string[], options?: Options): Promise<QueueRow[]>;
	countQueue(params: QueueFilterParams, options?: Options): Promise<QueueCounts>;
	getQueueTimes(projectId: string | null, options?: Options): Promise<QueueTimes>;
	getDeployment(id: string, options?: Options): Promise<Deployment>;
	/** The same without its prompts, which a server that announces `fields=summary` does not send. */
	getDeploymentSummary(id: string, options?: Options): Promise<DeploymentSummary>;
	/** The same with its `ETag`; null from a server that sends none. */
	getDeploymentForTag(id: string): Promise<{ data: Deployment; tag: string | null }>;
	/** Our server's addition to the contract; null from a server that does not have it. */
	listDecisions(id: string, options?: Options): Promise<RecordedDecision[] | null>;
	/** What `regression_metric` has been, oldest first: our addition; null from a server that does not have it. */
	listMetrics(id: string, options?: Options): Promise<MetricPoint[] | null>;
	decide(id: string, decision: Decision, sent: SentDecision): Promise<Deployment>;
	listProjects(options?: Options): Promise<Project[]>;
	/** `deployment_id` is sent to a server that announces it, and left out for any other. */
	execute(request: ExecuteRequest): Promise<ControlAction>;
	getKillSwitch(options?: Options): Promise<KillSwitch>;
	/** The reason is sent to a server that announces that it keeps one. */
	setKillSwitch(active: boolean, reason: string): Promise<KillSwitch>;
	/** `from` is included, `to` is not. */
	listFailureClusters(params: FailureClusterParams, options?: Options): Promise<FailureCluster[]>;
	listAuditEntries(params: AuditListParams, options?: Options): Promise<AuditPage>;
}

/** Makes a client over a transport; the server and the browser differ in nothing else. */
export function createApiClient(transport: Transport): ApiClient {
	return {
		...createControlActionsApi(transport),
		...createTracesApi(transport),
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
				reply: "deploymentPage",
				signal,
			});
		},
		listQueue: ({ statuses, sort, cursor, limit, ...filters }, { signal } = {}) =>
			send(transport, {
				method: "GET",
				path: "/v1/prompts/queue",
				query: { ...filterQuery(filters), status: statuses.join(","), sort, cursor, limit },
				reply: "queuePage",
				signal,
			}),
		listQueueRows: async (ids, { signal } = {}) => {
			const { items } = await send(transport, {
				method: "GET",
				path: "/v1/prompts/queue/rows",
				query: { ids: ids.join(",") },
				reply: "queueRows",
				signal,
			});
			return items;
		},
		countQueue: (filters, { signal } = {}) =>
			send(transport, {
				method: "GET",
				path: "/v1/prompts/queue/counts",
				query: filterQuery(filters),
				reply: "queueCounts",
				signal,
			}),
		getQueueTimes: (projectId, { signal } = {}) =>
			send(transport, {
				method: "GET",
				path: "/v1/prompts/queue/times",
				query: { project_id: projectId },
				reply: "queueTimes",
				signal,
			}),
		getDeployment: (id, { signal } = {}) =>
			send(transport, {
				method: "GET",
				path: `/v1/prompts/deployments/${encodeURIComponent(id)}`,
				reply: "deployment",
				signal,
			}),
		getDeploymentSummary: async (id, { signal } = {}) => {
			const extensions = await transport.extensions?.();
			const isKnown = extensions === undefined || extensions.has("fields=summary");
			return send(transport, {
				method: "GET",
				path: `/v1/prompts/deployments/${encodeURIComponent(id)}`,
				query: { fields: isKnown ? "summary" : undefined },
				reply: "deploymentSummary",
				signal,
			});
		},
		getDeploymentForTag: (id) =>
			sendForTag(transport, {
				method: "GET",
				path: `/v1/prompts/deployments/${encodeURIComponent(id)}`,
				reply: "deployment",
			}),
		listDecisions: async (id, { signal } = {}) => {
			try {
				const { decisions } = await send(transport, {
					method: "GET",
					path: `/v1/prompts/deployments/${encodeURIComponent(id)}/decisions`,
					reply: "decisionList",
					signal,
				});
				return decisions;
			} catch (error) {
				if (statusOf(error) === 404) return null;
				throw error;
			}
		},
		listMetrics: async (id, { signal } = {}) => {
			try {
				const { points } = await send(transport, {
					method: "GET",
					path: `/v1/prompts/deployments/${encodeURIComponent(id)}/metrics`,
					reply: "metricHistory",
					signal,
				});
				return points;
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
				reply: "deployment",
			});
		},
		listProjects: async ({ signal } = {}) => {
			const { projects } = await send(transport, {
				method: "GET",
				path: "/v1/projects",
				query: { include_archived: "true" },
				reply: "projectList",
				signal,
			});
			return projects;
		},
		execute: async ({ deployment_id, ...request }) => {
			const extensions = deployment_id === undefined ? undefined : await transport.extensions?.();
			const isHeeded = extensions?.has("deployment_id") === true;
			return send(transport, {
				method: "POST",
				path: "/v1/control/execute",
				body: { ...request, ...(isHeeded ? { deployment_id } : {}) },
				reply: "controlAction",
			});
		},
		getKillSwitch: ({ signal } = {}) =>
			send(transport, {
				method: "GET",
				path: "/v1/control/killswitch",
				reply: "killSwitch",
				signal,
			}),
		setKillSwitch: async (active, reason) => {
			const isKept = (await transport.extensions?.())?.has("kill-switch-record") === true;
			return send(transport, {
				method: "POST",
				path: `/v1/control/killswitch/${active ? "enable" : "disable"}`,
				body: isKept && reason !== "" ? { reason } : undefined,
				reply: "killSwitch",
			});
		},
		listFailureClusters: async ({ projectId, from, to }, { signal } = {}) => {
			const { clusters } = await send(transport, {
				method: "GET",
				path: "/v1/failures/clusters",
				query: { project_id: projectId, from, to },
				reply: "failureClusterList",
				signal,
			});
			return clusters;
		},
		listAuditEntries: ({ event, from, to, cursor }, { signal } = {}) =>
			send(transport, {
				method: "GET",
				path: "/v1/audit-log",
				query: { event, from, to, cursor },
				reply: "auditPage",
				signal,
			}),
	};
}

function filterQuery({ projectId, verdicts, createdAfter, createdBefore, search }: QueueFilterParams) {
	return {
		project_id: projectId,
		verdict: verdicts?.length ? verdicts.join(",") : undefined,
		created_after: createdAfter,
		created_before: createdBefore,
		q: search,
	};
}
