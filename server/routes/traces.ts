import { promisedTraceSchema } from "@/lib/contract/trace";
import type { Services } from "../context";
import { getTrace } from "../traces/get";
import { endpoint } from "./endpoint";

/** `/v1/traces` */
export function traceEndpoints(services: Services) {
	return [
		endpoint({
			method: "GET",
			path: "/v1/traces/:id",
			answer: promisedTraceSchema,
			handle: ({ caller, id }) => getTrace({ ...services, caller }, id),
		}),
	];
}
