import { promisedDecisionListSchema } from "@/lib/contract/decision";
import {
	decisionBodySchema,
	deploymentListQuerySchema,
	deploymentQuerySchema,
	newDeploymentSchema,
	promisedDeploymentOrSummarySchema,
	promisedDeploymentPageSchema,
	promisedDeploymentSchema,
} from "@/lib/contract/deployment";
import { promisedMetricHistorySchema } from "@/lib/contract/metrics";
import { approveDeployment } from "../deployments/approve";
import { getDeployment } from "../deployments/get";
import { listDeployments } from "../deployments/list";
import { listDeploymentDecisions } from "../deployments/list-decisions";
import { listDeploymentMetrics } from "../deployments/list-metrics";
import { proposeDeployment } from "../deployments/propose";
import { rejectDeployment } from "../deployments/reject";
import { rollbackDeployment } from "../deployments/rollback";
import { deploymentTag, deploymentTagOf } from "../deployments/row";
import { endpoint } from "./endpoint";

const deployments = "/v1/prompts/deployments";
/** Three prompts' worth: two sides, and what JSON makes of their quotes and line ends. */
const promptMaxBytes = 4 * 1024 * 1024;
const decision = {
	method: "POST",
	answer: promisedDeploymentSchema,
	tag: deploymentTag,
	isConditional: true,
	refusals: ["not_found", "already_decided"],
} as const;

/** `/v1/prompts/deployments` */
export const deploymentEndpoints = [
	endpoint({
		method: "GET",
		path: deployments,
		summary: "A page of the deployments, newest first",
		operation: "read",
		query: deploymentListQuerySchema,
		answer: promisedDeploymentPageSchema,
		handle: (context, { query }) => listDeployments(context, query),
	}),
	endpoint({
		method: "POST",
		path: deployments,
		summary: "Propose a prompt (our addition)",
		operation: "propose",
		body: { schema: newDeploymentSchema, maxBytes: promptMaxBytes },
		status: 201,
		answer: promisedDeploymentSchema,
		tag: deploymentTag,
		refusals: ["not_found", "deployment_exists"],
		handle: (context, { body }) => proposeDeployment(context, body),
	}),
	endpoint({
		method: "GET",
		path: `${deployments}/:id`,
		summary: "One deployment",
		operation: "read",
		query: deploymentQuerySchema,
		answer: promisedDeploymentOrSummarySchema,
		tag: deploymentTagOf,
		mayBeSummary: true,
		refusals: ["not_found"],
		handle: (context, { id, query }) => getDeployment(context, id, query),
	}),
	endpoint({
		method: "GET",
		path: `${deployments}/:id/decisions`,
		summary: "Every decision on a deployment, oldest first (our addition)",
		operation: "read",
		answer: promisedDecisionListSchema,
		refusals: ["not_found"],
		handle: (context, { id }) => listDeploymentDecisions(context, id),
	}),
	endpoint({
		method: "GET",
		path: `${deployments}/:id/metrics`,
		summary: "What regression_metric of a deployment has been, oldest first (our addition)",
		operation: "read",
		answer: promisedMetricHistorySchema,
		refusals: ["not_found"],
		handle: (context, { id }) => listDeploymentMetrics(context, id),
	}),
	endpoint({
		...decision,
		path: `${deployments}/:id/approve`,
		summary: "Approve a deployment and ship it",
		operation: "approve",
		body: { schema: decisionBodySchema, isOptional: true },
		handle: (context, { id, body }) => approveDeployment(context, id, body),
	}),
	endpoint({
		...decision,
		path: `${deployments}/:id/reject`,
		summary: "Reject a deployment",
		operation: "reject",
		body: { schema: decisionBodySchema, isOptional: true },
		handle: (context, { id, body }) => rejectDeployment(context, id, body),
	}),
	endpoint({
		...decision,
		path: `${deployments}/:id/rollback`,
		summary: "Roll a live deployment back",
		operation: "rollback",
		body: { schema: decisionBodySchema, isOptional: true },
		handle: (context, { id, body }) => rollbackDeployment(context, id, body),
	}),
];
