import { randomUUID } from "node:crypto";
import { digestVersion } from "../lib/rules/queue-digest";
import type { Connection } from "../server/db/database";
import { statement } from "../server/db/statement";
import { ensureTenant } from "../server/tenants/ensure";

export interface FilledTenant {
	organizationId: string;
	tenantId: string;
	projectIds: string[];
}

const projectsOfEach = 5;
const statuses =
	"array['proposed','ab_running','ab_passed','ab_failed','shipped','monitoring','regressed','rolled_back','rejected','rejected']";

const verdicts = "array['better','worse','mixed','not-shown','contradictory','none','untested']";

const addProject = statement(
	"insert into projects (id, tenant_id, name, slug, created_at, updated_at) values ($1, $2, $3, $3, now(), now())",
);
const addDeployments = statement(`
	insert into deployments (
		id, tenant_id, project_id, cluster_signature, status, current_prompt, proposed_prompt, content_hash, proposal_hash,
		rationale, ab_report, created_at, updated_at, words_added, words_removed, findings, worst_severity,
		worst_sentence, verdict, effect, digest_version
	)
	select gen_random_uuid(), $1::uuid, ($2::uuid[])[1 + n / 10 % ${projectsOfEach}], 'sha256:' || md5(n::text),
		(${statuses})[1 + n % 10],
		repeat(md5(n::text) || ' Answer in the language of the customer. ', 10),
		repeat(md5(n::text) || ' Answer in the language of the customer. ', 11),
		md5(n::text) || md5(n::text), md5(n::text) || md5($1::uuid::text),
		'The prompt did not say what to do when ' || (array['a tool returns nothing', 'a customer is angry'])[1 + n / 350 % 2]
			|| ', and ' || n || ' answers were made up.' || case when n % 20011 = 7 then ' A zebra was seen.' else '' end,
		'{"correctness_baseline":0.42,"correctness_candidate":0.71,"correctness_delta":0.29,"sample_size":80}',
		moment, moment, n % 60, n % 17, n % 4, (array[null, 'note', 'warning', 'severe'])[1 + n % 4],
		case when n % 4 = 0 then null else 'A rule is gone: “Answer in the language of the customer.”' end,
		(${verdicts})[1 + n / 50 % 7], case when n / 50 % 7 > 3 then null else sin(n) / 2 end, ${digestVersion}
	from (
		select n, now() - make_interval(mins => n) as moment from generate_series($3::integer, $4::integer) as n
	) as numbers
`);

// Made at the end in a tenth of the time that it takes to keep it row by row.
const findSearchIndex = statement(
	"select indexdef from pg_indexes where indexname = 'deployment_texts_search'",
);
const dropSearchIndex = statement("drop index deployment_texts_search");

async function fillTenant(
	{ db }: Pick<Connection, "db">,
	organizationId: string,
	rows: number,
): Promise<FilledTenant> {
	const projectIds = Array.from({ length: projectsOfEach }, () => randomUUID());
	const tenantId = await db.asOwner(async (tx) => {
		const id = await ensureTenant(tx, () => new Date(), organizationId);
		for (const projectId of projectIds) await tx.query(addProject, [projectId, id, `p-${projectId}`]);
		return id;
	});
	// In portions: one statement of a million rows would not end within the statement time-out.
	for (let from = 1; from <= rows; from += 10_000) {
		await db.asOwner((tx) =>
			tx.query(addDeployments, [tenantId, projectIds, from, Math.min(rows, from + 9_999)]),
		);
	}
	return { organizationId, tenantId, projectIds };
}

/**
 * Fills a database with deployments of about 1.6 KB, spread evenly over tenants, projects and states. The tenants
 * are new ones, so many, or those of the organizations that are named.
 */
export async function fill(
	{ db }: Pick<Connection, "db">,
	{ tenants, rows }: { tenants: number | readonly string[]; rows: number },
): Promise<FilledTenant[]> {
	const organizationIds =
		typeof tenants === "number"
			? Array.from({ length: tenants }, (_, index) => `org_bench${index}`)
			: tenants;
	const each = Math.ceil(rows / organizationIds.length);
	const searchIndex = await db.asOwner((tx) => tx.query<{ indexdef: string }>(findSearchIndex, []));
	await db.asOwner((tx) => tx.query(dropSearchIndex, []));
	const filled = [];
	for (const organizationId of organizationIds) filled.push(await fillTenant({ db }, organizationId, each));
	await db.asOwner(async (tx) => {
		for (const setting of ["statement_timeout = 0", "maintenance_work_mem = '1GB'"]) {
			await tx.query(statement(`set local ${setting}`), []);
		}
		for (const { indexdef } of searchIndex) await tx.query(statement(indexdef), []);
	});
	return filled;
}
