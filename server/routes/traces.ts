import { promisedTraceSchema } from "@/lib/contract/trace";
import { getTrace } from "../traces/get";
import { endpoint } from "./endpoint";

/** `/v1/traces` */
export const traceEndpoints = [
	endpoint({
		method: "GET",
		path: "/v1/traces/:id",
		summary: "One trace with its spans",
		operation: "read",
		answer: promisedTraceSchema,
		refusals: ["not_found"],
		handle: (context, { id }) => getTrace(context, id),
	}),
];
