import type { z } from "zod";
import type { deploymentListQuerySchema } from "@/lib/contract/deployment";
import { requireAllowed } from "../auth/caller";
import type { VerbContext } from "../context";
import { statement } from "../db/statement";
import {
	type DeploymentRow,
	deploymentAnswer,
	deploymentColumns,
	deploymentSummaryAnswer,
	summaryColumns,
} from "./row";

/**
 * One statement for a page and its total. The ids are found first, in an index alone, so that a deep page
 * reads no more rows than a shallow one; the total comes from the kept totals and counts no row.
 */
function pageStatement(columns: string, filters: readonly string[]) {
	const where = ["tenant_id = $1", ...filters].join(" and ");
	return statement(`
		select counted.total, ${columns}
		from (select coalesce(sum(total), 0)::float8 as total from deployment_totals where ${where}) as counted
		left join (
			select id, created_at from deployments where ${where}
			order by created_at desc, id desc limit $2 offset $3
		) as page on true
		left join deployments deployment on deployment.id = page.id and deployment.tenant_id = $1
		order by page.created_at desc, page.id desc
	`);
}

const filtersOf = {
	none: [],
	status: ["status = $4"],
	project: ["project_id = $4"],
	both: ["status = $4", "project_id = $5"],
};
const shapes = {
	whole: mapFilters((filters) => pageStatement(deploymentColumns, filters)),
	summary: mapFilters((filters) => pageStatement(summaryColumns, filters)),
};

function mapFilters<T>(make: (filters: readonly string[]) => T): Record<keyof typeof filtersOf, T> {
	return {
		none: make(filtersOf.none),
		status: make(filtersOf.status),
		project: make(filtersOf.project),
		both: make(filtersOf.both),
	};
}

/** A row of the page; all of it but the total is null when the page is empty. */
type PageRow = { total: number } & (DeploymentRow | { id: null });

/** A page of the tenant's deployments, newest first; without their prompts when asked. */
export async function listDeployments(
	{ db, caller }: VerbContext,
	query: z.output<typeof deploymentListQuerySchema>,
) {
	requireAllowed("read", caller);
	const { status, project_id, fields, limit, offset } = query;
	const statements = fields === "summary" ? shapes.summary : shapes.whole;
	const values = [caller.tenantId, limit, offset, status, project_id].filter((value) => value !== undefined);
	const rows = await db.inTenant(caller.tenantId, (tx) =>
		tx.query<PageRow>(statements[filterName(status, project_id)], values),
	);
	const toAnswer = fields === "summary" ? deploymentSummaryAnswer : deploymentAnswer;
	const items = rows.flatMap((row) => (row.id === null ? [] : [toAnswer(row)]));
	return { items, total: rows[0]?.total ?? 0, limit, offset };
}

function filterName(status: string | undefined, projectId: string | undefined): keyof typeof filtersOf {
	if (status === undefined) return projectId === undefined ? "none" : "project";
	return projectId === undefined ? "status" : "both";
}
