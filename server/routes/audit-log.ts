import { auditListQuerySchema, promisedAuditPageSchema } from "@/lib/contract/audit-entry";
import { listAuditEntries } from "../audit/list";
import { endpoint } from "./endpoint";

/** `/v1/audit-log` */
export const auditLogEndpoints = [
	endpoint({
		method: "GET",
		path: "/v1/audit-log",
		summary: "A page of the audit log, newest first",
		operation: "read_audit_log",
		query: auditListQuerySchema,
		answer: promisedAuditPageSchema,
		handle: (context, { query }) => listAuditEntries(context, query),
	}),
];
