import { failureClusterQuerySchema, promisedFailureClusterListSchema } from "@/lib/contract/failure-cluster";
import { listFailureClusters } from "../failures/list-clusters";
import { endpoint } from "./endpoint";

/** `/v1/failures` */
export const failureEndpoints = [
	endpoint({
		method: "GET",
		path: "/v1/failures/clusters",
		summary: "The failures by error, the most frequent first",
		operation: "read",
		query: failureClusterQuerySchema,
		answer: promisedFailureClusterListSchema,
		handle: (context, { query }) => listFailureClusters(context, query),
	}),
];
