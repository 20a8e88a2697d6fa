import { promisedRemediationChainSchema } from "@/lib/contract/remediation";
import { promisedTracePageSchema, promisedTraceSchema, traceListQuerySchema } from "@/lib/contract/trace";
import { getTrace } from "../traces/get";
import { listTraces } from "../traces/list";
import { listRemediations } from "../traces/list-remediations";
import { endpoint } from "./endpoint";

/** `/v1/traces` */
export const traceEndpoints = [
	endpoint({
		method: "GET",
		path: "/v1/traces",
		summary: "A page of the traces, newest first, without their spans",
		operation: "read",
		query: traceListQuerySchema,
		answer: promisedTracePageSchema,
		handle: (context, { query }) => listTraces(context, query),
	}),
	endpoint({
		method: "GET",
		path: "/v1/traces/:id",
		summary: "One trace with its spans",
		operation: "read",
		answer: promisedTraceSchema,
		refusals: ["not_found"],
		handle: (context, { id }) => getTrace(context, id),
	}),
	endpoint({
		method: "GET",
		path: "/v1/traces/:id/remediations",
		summary: "The control actions taken on a trace, oldest first",
		operation: "read",
		answer: promisedRemediationChainSchema,
		refusals: ["not_found"],
		handle: (context, { id }) => listRemediations(context, id),
	}),
];
