import { auditListQuerySchema, promisedAuditPageSchema } from "@/lib/contract/audit-entry";
import { listAuditEntries } from "../audit/list";
import type { Services } from "../context";
import { endpoint } from "./endpoint";

/** `/v1/audit-log` */
export function auditLogEndpoints(services: Services) {
	return [
		endpoint({
			method: "GET",
			path: "/v1/audit-log",
			query: auditListQuerySchema,
			answer: promisedAuditPageSchema,
			handle: ({ caller, query }) => listAuditEntries({ ...services, caller }, query),
		}),
	];
}
