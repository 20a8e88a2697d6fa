import { type DeploymentStatus, deploymentStatuses } from "@/lib/contract/deployment-status";
import type { Transaction } from "../db/database";
import { plannedEachTime } from "../db/statement";
import { conditionsOf, type QueueFilters } from "./filters";
import { foundIds, matchOf, type Search, searchOf } from "./search";
import { atMost, countedMax, type StateCounts } from "./state-count";
import { Values } from "./values";

interface CountLimits {
	/** The newest rows of each state that tell a frequent word from a rare one. */
	sampleSize: number;
	/** Of a frequent word, how many rows of a state are looked through. */
	lookedThrough: number;
	/** More ids than so many are not taken from the index. */
	foundMax: number;
}

const countLimits: CountLimits = { sampleSize: 200, lookedThrough: 1_000, foundMax: 5_000 };
/** Of more ids than that, so many are looked at: all that is told then is that there are more. */
const lookedAtOfMany = 1_000;
/** A word that this part of the sample has is frequent: the index would have to give a good part of the table. */
const frequentShare = 0.05;

/** How many rows of each state are met by a search; where it stops early, at least so many. */
export async function countFound(
	tx: Transaction,
	tenantId: string,
	filters: QueueFilters,
	text: string,
	{ sampleSize, lookedThrough, foundMax }: CountLimits = countLimits,
): Promise<StateCounts> {
	const search = searchOf(text);
	const sample = await lookThrough(tx, tenantId, filters, search, sampleSize);
	if (sample.every(({ read }) => read < sampleSize)) return countsOf(sample, sampleSize);
	const read = sample.reduce((sum, one) => sum + one.read, 0);
	const found = sample.reduce((sum, one) => sum + one.found, 0);
	if (found >= frequentShare * read) {
		return countsOf(await lookThrough(tx, tenantId, filters, search, lookedThrough), lookedThrough);
	}
	return countInIndex(tx, tenantId, filters, search, foundMax);
}

interface Looked {
	status: DeploymentStatus;
	found: number;
	read: number;
}

function countsOf(looked: readonly Looked[], most: number): StateCounts {
	return new Map(looked.map(({ status, found, read }) => [status, atMost(found, read < most)]));
}

/** Looks through the newest rows of each state, and stops where enough are found. */
function lookThrough(
	tx: Transaction,
	tenantId: string,
	filters: QueueFilters,
	search: Search,
	most: number,
): Promise<Looked[]> {
	const values = new Values();
	values.add(tenantId, "uuid");
	const conditions = conditionsOf(filters, values);
	const match = matchOf(search, values);
	const counts = deploymentStatuses.map((status) => {
		const state = values.add(status, "text");
		const where = ["tenant_id = $1", `status = ${state}`, ...conditions].join(" and ");
		const newest = (columns: string) =>
			`select ${columns} from deployments where ${where} order by created_at desc, id desc limit ${most}`;
		return `select ${state} as status,
			(select count(*)::float8 from (
				select from (${newest("id, rationale, cluster_signature")}) as newest where ${match}
				limit ${countedMax + 1}
			) as matching) as found,
			(select count(*)::float8 from (${newest("id")}) as newest) as read`;
	});
	return tx.query<Looked>(plannedEachTime(counts.join(" union all ")), values.list);
}

async function countInIndex(
	tx: Transaction,
	tenantId: string,
	filters: QueueFilters,
	search: Search,
	foundMax: number,
): Promise<StateCounts> {
	const values = new Values();
	values.add(tenantId, "uuid");
	const conditions = ["tenant_id = $1", ...conditionsOf(filters, values), matchOf(search, values)];
	const text = `
		with found as materialized (${foundIds(search, foundMax + 1, values)}),
		counted as (select count(*)::float8 as found from found),
		looked as materialized (
			select id from found limit (
				select case when found > ${foundMax} then ${lookedAtOfMany} else ${foundMax} end from counted
			)
		)
		select counted.found, status, matching
		from counted
		left join (
			select status, count(*)::float8 as matching from looked join deployments using (id)
			where ${conditions.join(" and ")} group by status
		) as states on true
	`;
	const rows = await tx.query<{ found: number; status: DeploymentStatus; matching: number }>(
		plannedEachTime(text),
		values.list,
	);
	const isWhole = (rows[0]?.found ?? 0) <= foundMax;
	const counts = new Map(rows.map(({ status, matching }) => [status, atMost(matching ?? 0, isWhole)]));
	return new Map(deploymentStatuses.map((status) => [status, counts.get(status) ?? atMost(0, isWhole)]));
}
