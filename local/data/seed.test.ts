import { asc, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { firstBrokenEntry } from "@/server/audit/chain";
import * as tables from "@/server/db/schema";
import { tenantIdOf } from "@/server/tenants/tenant-id";
import { openTestApi, type TestApi } from "@/test/api";
import { auditTrail } from "@/test/rows";
import { acme, otherCompany } from "../people";
import { loadSampleData } from "./sample";
import { sampleId } from "./sample-id";
import { seedSampleData } from "./seed";

let api: TestApi;
const owner = { organizationId: acme.id, role: "owner" as const };
beforeAll(async () => {
	api = await openTestApi();
	expect((await seedSampleData(api.db, api.clock)).outcome).toBe("seeded");
}, 60_000);
afterAll(() => api.close());

async function wholeDatabase(from: TestApi) {
	const rows = [];
	for (const table of Object.values(tables)) rows.push(await from.orm.select().from(table));
	return rows;
}

describe("the sample data", () => {
	test("tells how every metric came to be what it is, up to its present value", async () => {
		const measured = loadSampleData().deployments.filter(({ regressionMetric }) => regressionMetric != null);
		expect(measured.length).toBeGreaterThan(3);
		for (const { key, organizationId, regressionMetric, status } of measured) {
			const as = { organizationId, role: "viewer" as const };
			const path = `/v1/prompts/deployments/${sampleId("deployment", key)}/metrics`;
			const points: { at: string; value: number }[] = (await api.ask("GET", path, { as })).body.points;
			expect([key, points.length > 10]).toEqual([key, true]);
			expect(points.at(-1)?.value).toBe(regressionMetric);
			expect(Math.abs(points[0]?.value ?? 1)).toBeLessThan(0.02);
			expect(points.map(({ at }) => at)).toEqual(points.map(({ at }) => at).sort());
			if (status === "regressed") {
				const halfway = points[Math.floor(points.length / 2)]?.value ?? -1;
				expect(halfway).toBeGreaterThan(regressionMetric ?? 0);
			}
		}
	});

	test("is all there, and the API answers every piece of it", async () => {
		const { deployments, traces, controlActions } = loadSampleData();
		for (const one of deployments) {
			const as = { organizationId: one.organizationId, role: "viewer" as const };
			const id = sampleId("deployment", one.key);
			const { status, body } = await api.ask("GET", `/v1/prompts/deployments/${id}`, { as });
			expect([one.key, status]).toEqual([one.key, 200]);
			expect(body).toMatchObject({
				status: one.status,
				current_prompt: one.currentPrompt,
				proposed_prompt: one.proposedPrompt,
				rejection_reason: one.rejectionReason ?? "",
			});
		}
		for (const { key } of traces) {
			const answer = await api.ask("GET", `/v1/traces/${sampleId("trace", key)}`, { as: owner });
			expect([key, answer.status]).toEqual([key, 200]);
		}
		const list = await api.ask("GET", "/v1/traces?limit=100", { as: owner });
		expect(list.body.traces).toHaveLength(traces.length);
		const actions = await api.ask("GET", "/v1/control/actions?limit=100", { as: owner });
		expect(actions.body.actions).toHaveLength(controlActions.length);
	});

	test("says what each remediation has changed, but for the one that waits for its evaluation", async () => {
		const { controlActions } = loadSampleData();
		const statuses = new Map<number, number>();
		for (const { key, traceKey, intendedActionType, remediation } of controlActions) {
			const id = sampleId("control action", key);
			const { status, body } = await api.ask("GET", `/v1/control/actions/${id}/diff`, { as: owner });
			statuses.set(status, (statuses.get(status) ?? 0) + 1);
			if (traceKey === undefined) continue;
			const path = `/v1/traces/${sampleId("trace", traceKey)}/remediations`;
			const { steps } = (await api.ask("GET", path, { as: owner })).body;
			const step = steps.find((one: { action_id: string }) => one.action_id === id);
			expect([key, step.intended_action_type]).toEqual([key, intendedActionType]);
			expect([key, step.diff]).toEqual([key, status === 200 ? body : undefined]);
			expect([key, status === 200]).toEqual([key, Boolean(remediation?.evaluation)]);
		}
		expect(statuses.get(200)).toBe(controlActions.filter((one) => one.remediation?.evaluation).length);
		expect(statuses.get(202)).toBeGreaterThanOrEqual(1);
		expect(statuses.get(422)).toBeGreaterThanOrEqual(1);
		const id = sampleId("control action", "retry-refund-by-friday");
		const { body } = await api.ask("GET", `/v1/control/actions/${id}/diff`, { as: owner });
		expect(body).toMatchObject({
			token_length_delta: 5174 + 47 - 5120 - 36,
			latency_delta_ms: 1290 - 1180,
			embedding_similarity: 0.81,
			score_deltas: [
				{ rule_name: "No invented dates", delta: 1 },
				{
					eval_rule_id: sampleId("eval rule", "Answers the question first"),
					rule_name: "Answers the question first",
					original_score: 0.9,
					remediated_score: 0.85,
					delta: -0.05,
				},
			],
		});
	});

	test("fails in clusters, the most frequent first", async () => {
		const { clusters } = (await api.ask("GET", "/v1/failures/clusters", { as: owner })).body;
		const told = clusters.map((one: { error_message: string; count: number }) => [
			one.error_message,
			one.count,
		]);
		expect(told.slice(0, 3)).toEqual([
			["answers with an invented refund deadline", 5],
			["routes a refund to the payments queue", 3],
			["upstream timeout after 30000 ms", 3],
		]);
		expect(clusters[0].sample_ids[0]).toBe(sampleId("trace", "refund-by-friday"));
		const failed = await api.ask("GET", "/v1/traces?error=true&limit=100", { as: owner });
		const total = told.reduce((sum: number, [, count]: [string, number]) => sum + count, 0);
		expect(failed.body.traces).toHaveLength(total);
	});

	test("has the settings of its projects as the audit log says that they were changed", async () => {
		const { projects } = (await api.ask("GET", "/v1/projects", { as: owner })).body;
		const settings = new Map<string, Record<string, unknown>>();
		for (const { event, resourceId, metadata } of await auditTrail(api, tenantIdOf(acme.id))) {
			if (event !== "project.changed" || resourceId === null) continue;
			const changes = Object.entries(metadata.changes as Record<string, { from: unknown; to: unknown }>);
			for (const [key, { from, to }] of changes) {
				const known = settings.get(resourceId) ?? {};
				if (key in known) expect(known[key]).toBe(from);
				settings.set(resourceId, { ...known, [key]: to });
			}
		}
		expect(settings.size).toBe(3);
		for (const project of projects) expect(project).toMatchObject(settings.get(project.id) ?? {});
	});

	test("has a history: decisions in order, by the right people, in an unbroken audit chain", async () => {
		for (const { id } of [acme, otherCompany]) {
			const trail = await auditTrail(api, tenantIdOf(id));
			const moments = trail.map(({ createdAt }) => createdAt.getTime());
			expect(moments).toEqual([...moments].sort((one, other) => one - other));
			const entries = trail.map((row) => ({
				id: row.id,
				event: row.event,
				actor_type: row.actorType,
				actor_id: row.actorId,
				resource_id: row.resourceId,
				metadata: row.metadata,
				created_at: row.createdAt.toISOString(),
				prev_hash: row.prevHash,
				curr_hash: row.currHash,
			}));
			expect(firstBrokenEntry(entries)).toBeNull();
		}
		const sample = loadSampleData().deployments.find((one) => one.rolledBackBy === "system:auto_rollback");
		if (sample === undefined) return expect.unreachable();
		const path = `/v1/prompts/deployments/${sampleId("deployment", sample.key)}`;
		const { body } = await api.ask("GET", `${path}/decisions`, { as: owner });
		expect(body.decisions).toMatchObject([
			{ decision: "approve", actor_id: sample.shippedBy, actor_type: "user", to_status: "shipped" },
			{
				decision: "rollback",
				actor_id: "system:auto_rollback",
				actor_type: "system",
				from_status: "regressed",
			},
		]);
		const got = await api.ask("GET", path, { as: owner });
		expect(got.body.approved_by).toBe("system:auto_rollback");
	});

	test("every state that a decision led to has that decision, made by who is named on the row", async () => {
		const { deployments } = loadSampleData();
		for (const one of deployments) {
			const rows = await api.orm
				.select()
				.from(tables.decisions)
				.where(eq(tables.decisions.subjectId, sampleId("deployment", one.key)))
				.orderBy(asc(tables.decisions.sequence));
			const expected = [one.shippedBy, one.rolledBackBy, one.rejectedBy].filter((by) => by !== undefined);
			expect([one.key, ...rows.map(({ actorId }) => actorId)]).toEqual([one.key, ...expected]);
		}
	});

	test("is put in once: a second run changes nothing, also after people decided things", async () => {
		const one = loadSampleData().deployments.find(({ status }) => status === "ab_passed");
		const id = sampleId("deployment", one?.key ?? "");
		const approve = await api.ask("POST", `/v1/prompts/deployments/${id}/approve`, { as: owner });
		expect(approve.status).toBe(200);
		const before = await wholeDatabase(api);
		api.pass(3_600_000);
		expect((await seedSampleData(api.db, api.clock)).outcome).toBe("unchanged");
		expect(await wholeDatabase(api)).toEqual(before);
	});
});

test("a database that is somebody else's stays as it is, and a sentence says so", async () => {
	const theirs = await openTestApi();
	await theirs.makeTenant();
	const before = await wholeDatabase(theirs);
	const { outcome, sentence } = await seedSampleData(theirs.db, theirs.clock);
	expect(outcome).toBe("not_ours");
	expect(sentence).toBe("This database is not the sample one, so no sample data was added to it.");
	expect(await wholeDatabase(theirs)).toEqual(before);
	await theirs.close();
});
