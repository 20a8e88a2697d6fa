import { promisedDecisionListSchema } from "@/lib/contract/decision";
import {
	decisionBodySchema,
	deploymentListQuerySchema,
	newDeploymentSchema,
	promisedDeploymentPageSchema,
	promisedDeploymentSchema,
} from "@/lib/contract/deployment";
import type { Services } from "../context";
import { approveDeployment } from "../deployments/approve";
import { getDeployment } from "../deployments/get";
import { listDeployments } from "../deployments/list";
import { listDeploymentDecisions } from "../deployments/list-decisions";
import { proposeDeployment } from "../deployments/propose";
import { rejectDeployment } from "../deployments/reject";
import { rollbackDeployment } from "../deployments/rollback";
import { endpoint } from "./endpoint";

/** `/v1/prompts/deployments` */
export function deploymentEndpoints(services: Services) {
	const deployments = "/v1/prompts/deployments";
	return [
		endpoint({
			method: "GET",
			path: deployments,
			query: deploymentListQuerySchema,
			answer: promisedDeploymentPageSchema,
			handle: ({ caller, query }) => listDeployments({ ...services, caller }, query),
		}),
		endpoint({
			method: "POST",
			path: deployments,
			body: { schema: newDeploymentSchema, maxBytes: 4 * 1024 * 1024 },
			status: 201,
			answer: promisedDeploymentSchema,
			handle: ({ caller, body }) => proposeDeployment({ ...services, caller }, body),
		}),
		endpoint({
			method: "GET",
			path: `${deployments}/:id`,
			answer: promisedDeploymentSchema,
			handle: ({ caller, id }) => getDeployment({ ...services, caller }, id),
		}),
		endpoint({
			method: "GET",
			path: `${deployments}/:id/decisions`,
			answer: promisedDecisionListSchema,
			handle: ({ caller, id }) => listDeploymentDecisions({ ...services, caller }, id),
		}),
		endpoint({
			method: "POST",
			path: `${deployments}/:id/approve`,
			answer: promisedDeploymentSchema,
			handle: ({ caller, id }) => approveDeployment({ ...services, caller }, id),
		}),
		endpoint({
			method: "POST",
			path: `${deployments}/:id/reject`,
			body: { schema: decisionBodySchema, isOptional: true },
			answer: promisedDeploymentSchema,
			handle: ({ caller, id, body }) => rejectDeployment({ ...services, caller }, id, body),
		}),
		endpoint({
			method: "POST",
			path: `${deployments}/:id/rollback`,
			body: { schema: decisionBodySchema, isOptional: true },
			answer: promisedDeploymentSchema,
			handle: ({ caller, id, body }) => rollbackDeployment({ ...services, caller }, id, body),
		}),
	];
}
