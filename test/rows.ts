import { randomUUID } from "node:crypto";
import { asc, eq, sql } from "drizzle-orm";
import { auditEntries, decisions, deployments, projects, spans, traces } from "@/server/db/schema";
import { contentHashOf } from "@/server/deployments/content-hash";
import { proposalHashOf } from "@/server/deployments/proposal-hash";
import type { TestApi } from "./api";

type Api = Pick<TestApi, "orm" | "clock">;

/** Puts a project into a tenant and returns its id. */
export async function insertProject(
	{ orm, clock }: Api,
	tenantId: string,
	name = "Support",
): Promise<string> {
	const id = randomUUID();
	const now = clock();
	await orm
		.insert(projects)
		.values({ id, tenantId, name, slug: `p-${id.slice(0, 8)}`, createdAt: now, updatedAt: now });
	return id;
}

type DeploymentParts = Partial<typeof deployments.$inferInsert>;

/** Puts a deployment into a tenant (and a project, unless one is given) and returns its id. */
export async function insertDeployment(
	api: Api,
	tenantId: string,
	parts: DeploymentParts = {},
): Promise<string> {
	const id = randomUUID();
	const prompts = { current_prompt: "You help.", proposed_prompt: `You help well. ${id}` };
	const createdAt = parts.createdAt ?? api.clock();
	await api.orm.insert(deployments).values({
		id,
		tenantId,
		projectId: parts.projectId ?? (await insertProject(api, tenantId)),
		clusterSignature: "sha256:cluster",
		status: "ab_passed",
		currentPrompt: prompts.current_prompt,
		proposedPrompt: prompts.proposed_prompt,
		contentHash: contentHashOf(prompts),
		proposalHash: proposalHashOf({ cluster_signature: "sha256:cluster", ...prompts }),
		createdAt,
		updatedAt: createdAt,
		...parts,
	});
	return id;
}

/** Puts many deployments that have passed their A/B test into a project at once, and returns their ids. */
export async function insertDeployments(
	{ orm, clock }: Api,
	tenantId: string,
	projectId: string,
	count: number,
): Promise<string[]> {
	const now = clock();
	const rows = Array.from({ length: count }, (_, index) => ({
		id: randomUUID(),
		tenantId,
		projectId,
		clusterSignature: `sha256:${index}`,
		status: "ab_passed" as const,
		currentPrompt: "You help.",
		proposedPrompt: "You help well.",
		contentHash: contentHashOf({ current_prompt: "You help.", proposed_prompt: "You help well." }),
		proposalHash: randomUUID(),
		createdAt: now,
		updatedAt: now,
	}));
	// A statement takes at most 65,535 values.
	for (let from = 0; from < count; from += 500) {
		await orm.insert(deployments).values(rows.slice(from, from + 500));
	}
	return rows.map(({ id }) => id);
}

/** Puts a trace with two spans into a project and returns its id. */
export async function insertTrace({ orm, clock }: Api, tenantId: string, projectId: string): Promise<string> {
	const traceId = randomUUID();
	const startedAt = clock();
	await orm
		.insert(traces)
		.values({ id: traceId, tenantId, projectId, tags: ["a", "b"], startedAt, cost: 0.25 });
	const root = randomUUID();
	const span = { tenantId, traceId, type: "llm" as const };
	await orm.insert(spans).values([
		{
			...span,
			id: randomUUID(),
			parentSpanId: root,
			name: "second",
			createdAt: new Date(startedAt.getTime() + 5),
		},
		{ ...span, id: root, name: "first", createdAt: startedAt, metadata: { attempt: 1 } },
	]);
	return traceId;
}

const watchedTables = [
	"deployments",
	"decisions",
	"control_actions",
	"kill_switches",
	"projects",
	"audit_entries",
	"idempotency_keys",
];
const everyRow = watchedTables
	.map(
		(table) => `select '${table} ' || row_to_json(${table})::text as line from ${table} where tenant_id = `,
	)
	.map((select) => (tenantId: string) => sql`${sql.raw(select)}${tenantId}`);

/** Everything that a refused write must leave as it was, a row a line. */
export async function everything({ orm }: Pick<Api, "orm">, tenantId: string): Promise<string[]> {
	const all = sql.join(
		everyRow.map((select) => select(tenantId)),
		sql` union all `,
	);
	const { rows } = (await orm.execute(sql`${all} order by line`)) as { rows: { line: string }[] };
	return rows.map(({ line }) => line);
}

/** The tenant's audit entries as they are stored, oldest first. */
export async function auditTrail({ orm }: Api, tenantId: string) {
	return orm
		.select()
		.from(auditEntries)
		.where(eq(auditEntries.tenantId, tenantId))
		.orderBy(asc(auditEntries.sequence));
}

/** The tenant's decisions as they are stored, oldest first. */
export async function decisionTrail({ orm }: Api, tenantId: string) {
	return orm
		.select()
		.from(decisions)
		.where(eq(decisions.tenantId, tenantId))
		.orderBy(asc(decisions.sequence));
}
