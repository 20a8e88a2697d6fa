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

/** What a list can be narrowed to: the columns, in the order in which their values are handed over. */
const filterColumns = ["status", "project_id", "cluster_signature"] as const;
type FilterColumn = (typeof filterColumns)[number];

/**
 * One statement for a page and its total. The ids are found first, in an index alone, so that a deep page
 * reads no more rows than a shallow one; the total comes from the kept totals and counts no row. They know
 * nothing of clusters: there the rows are counted, in the index that the page is read from.
 */
function pageStatement(selected: string, filters: readonly FilterColumn[]) {
	const where = ["tenant_id = $1", ...filters.map((column, index) => `${column} = $${index + 4}`)].join(
		" and ",
	);
	const counted = filters.includes("cluster_signature")
		? `select count(*)::float8 as total from deployments where ${where}`
		: `select coalesce(sum(total), 0)::float8 as total from deployment_totals where ${where}`;
	return statement(`
		select counted.total, ${selected}
		from (${counted}) as counted
		left join (
			select id, created_at from deployments where ${where}
			order by created_at desc, id desc limit $2 offset $3
		) as page on true
		left join deployments deployment on deployment.id = page.id and deployment.tenant_id = $1
		order by page.created_at desc, page.id desc
	`);
}

/** Every choice of filters, in the order of their columns. */
const choices = filterColumns.reduce<FilterColumn[][]>(
	(known, column) => known.concat(known.map((filters) => [...filters, column])),
	[[]],
);
const shapes = { whole: statementsFor(deploymentColumns), summary: statementsFor(summaryColumns) };

function statementsFor(selected: string) {
	return new Map(choices.map((filters) => [String(filters), pageStatement(selected, filters)]));
}

/** A row of the page; all of it but the total is null when the page is empty. */
type PageRow = { total: number } & (DeploymentRow | { id: null });

/** A page of the tenant's deployments, newest first; without their prompts when asked. */
export async function listDeployments(
	{ db, caller }: VerbContext,
	query: z.output<typeof deploymentListQuerySchema>,
) {
	requireAllowed("read", caller);
	const { fields, limit, offset } = query;
	const filters = filterColumns.filter((column) => query[column] !== undefined);
	const page = shapes[fields ?? "whole"].get(String(filters));
	if (page === undefined) throw new Error(`No statement lists deployments by ${filters}`);
	const values = [caller.tenantId, limit, offset, ...filters.map((column) => query[column])];
	const rows = await db.inTenant(caller.tenantId, (tx) => tx.query<PageRow>(page, values));
	const toAnswer = fields === "summary" ? deploymentSummaryAnswer : deploymentAnswer;
	const items = rows.flatMap((row) => (row.id === null ? [] : [toAnswer(row)]));
	return { items, total: rows[0]?.total ?? 0, limit, offset };
}
