import { randomUUID } from "node:crypto";
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

const addProject = statement(
	"insert into projects (id, tenant_id, name, slug, created_at, updated_at) values ($1, $2, $3, $3, now(), now())",
);
const addDeployments = statement(`
	insert into deployments (
		id, tenant_id, project_id, cluster_signature, status, current_prompt, proposed_prompt, content_hash, proposal_hash,
		rationale, ab_report, created_at, updated_at
	)
	select gen_random_uuid(), $1::uuid, ($2::uuid[])[1 + n % ${projectsOfEach}], 'sha256:' || md5(n::text),
		(${statuses})[1 + n % 10],
		repeat(md5(n::text) || ' Answer in the language of the customer. ', 10),
		repeat(md5(n::text) || ' Answer in the language of the customer. ', 11),
		md5(n::text) || md5(n::text), md5(n::text) || md5($1::uuid::text),
		'The prompt did not say what to do when a tool returns nothing, and ' || n || ' answers were made up.',
		'{"correctness_baseline":0.42,"correctness_candidate":0.71,"correctness_delta":0.29,"sample_size":80}',
		moment, moment
	from (
		select n, now() - make_interval(mins => n) as moment from generate_series($3::integer, $4::integer) as n
	) as numbers
`);

/** Fills a database with deployments of about 1.6 KB, spread evenly over tenants, projects and states. */
export async function fill(
	{ db }: Connection,
	options: { tenants: number; rows: number },
): Promise<FilledTenant[]> {
	const each = Math.ceil(options.rows / options.tenants);
	const filled = [];
	for (let index = 0; index < options.tenants; index += 1) {
		const organizationId = `org_bench${index}`;
		const projectIds = Array.from({ length: projectsOfEach }, () => randomUUID());
		const tenantId = await db.asOwner(async (tx) => {
			const id = await ensureTenant(tx, () => new Date(), organizationId);
			for (const projectId of projectIds) await tx.query(addProject, [projectId, id, `p-${projectId}`]);
			return id;
		});
		// In portions: one statement of a million rows would not end within the statement time-out.
		for (let from = 1; from <= each; from += 10_000) {
			await db.asOwner((tx) =>
				tx.query(addDeployments, [tenantId, projectIds, from, Math.min(each, from + 9_999)]),
			);
		}
		filled.push({ organizationId, tenantId, projectIds });
	}
	return filled;
}
