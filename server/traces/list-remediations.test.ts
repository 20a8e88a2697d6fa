import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { remediationChainSchema } from "@/lib/contract/remediation";
import { openTestApi, type TestApi, type TestTenant } from "@/test/api";
import { insertProject, insertTrace } from "@/test/rows";
import { expectInvisible } from "@/test/tenant-guarantees";
import { controlActions, remediations, spans } from "../db/schema";

let api: TestApi;
beforeAll(async () => {
	api = await openTestApi();
});
afterAll(() => api.close());

type Action = Partial<typeof controlActions.$inferInsert>;

async function insertAction(tenant: TestTenant, projectId: string, traceId: string, parts: Action) {
	const id = parts.id ?? randomUUID();
	const now = api.clock();
	await api.orm.insert(controlActions).values({
		actionType: "retry",
		status: "executed",
		createdAt: now,
		updatedAt: now,
		...parts,
		id,
		tenantId: tenant.id,
		projectId,
		traceId,
	});
	return id;
}

/** What an action has made of the first span of its trace. */
async function insertRemediation(
	tenant: TestTenant,
	traceId: string,
	actionId: string,
	isEvaluated: boolean,
) {
	const [first, second] = await api.orm
		.select({ id: spans.id })
		.from(spans)
		.where(eq(spans.traceId, traceId))
		.orderBy(spans.createdAt);
	if (first === undefined || second === undefined) return expect.unreachable();
	await api.orm.insert(remediations).values({
		actionId,
		tenantId: tenant.id,
		originalSpanId: first.id,
		remediatedSpanId: second.id,
		embeddingSimilarity: 0.75,
		scoreDeltas: [],
		summary: "Shorter.",
		evaluatedAt: isEvaluated ? api.clock() : null,
		createdAt: api.clock(),
	});
	return { original_span_id: first.id, remediated_span_id: second.id };
}

async function steps(tenant: TestTenant, traceId: string, role: "owner" | "member" | "viewer" = "viewer") {
	const path = `/v1/traces/${traceId}/remediations`;
	const { status, body } = await api.ask("GET", path, { as: tenant[role] });
	expect(status).toBe(200);
	expect(remediationChainSchema.safeParse(body).success).toBe(true);
	return body.steps;
}

describe("the remediations of a trace", () => {
	test("are its control actions, oldest first, each with its difference once that is evaluated", async () => {
		const tenant = await api.makeTenant();
		const projectId = await insertProject(api, tenant.id);
		const traceId = await insertTrace(api, tenant.id, projectId);
		await insertAction(tenant, projectId, await insertTrace(api, tenant.id, projectId), {});
		const begun = api.clock().toISOString();
		const failed = await insertAction(tenant, projectId, traceId, { status: "failed" });
		api.pass(1_000);
		const evaluated = await insertAction(tenant, projectId, traceId, { actionType: "fallback_model" });
		const spansOfDiff = await insertRemediation(tenant, traceId, evaluated, true);
		api.pass(1_000);
		const waiting = await insertAction(tenant, projectId, traceId, {});
		await insertRemediation(tenant, traceId, waiting, false);
		api.pass(1_000);
		const escalated = await insertAction(tenant, projectId, traceId, {
			actionType: "escalate",
			intendedActionType: "retry",
			status: "pending_approval",
		});
		const found = await steps(tenant, traceId);
		expect(found).toEqual([
			{ action_id: failed, action_type: "retry", status: "failed", created_at: begun },
			{
				action_id: evaluated,
				action_type: "fallback_model",
				status: "executed",
				created_at: expect.any(String),
				diff: {
					...spansOfDiff,
					action_id: evaluated,
					token_length_delta: 0,
					latency_delta_ms: 0,
					embedding_similarity: 0.75,
					score_deltas: [],
					summary: "Shorter.",
					citation_density_delta: null,
				},
			},
			{ action_id: waiting, action_type: "retry", status: "executed", created_at: expect.any(String) },
			{
				action_id: escalated,
				action_type: "escalate",
				status: "pending_approval",
				intended_action_type: "retry",
				created_at: expect.any(String),
			},
		]);
	});

	test("are ordered by id within one millisecond", async () => {
		const tenant = await api.makeTenant();
		const projectId = await insertProject(api, tenant.id);
		const traceId = await insertTrace(api, tenant.id, projectId);
		const ids = Array.from({ length: 5 }, () => randomUUID());
		for (const id of ids) await insertAction(tenant, projectId, traceId, { id });
		const found = await steps(tenant, traceId);
		expect(found.map((step: { action_id: string }) => step.action_id)).toEqual(ids.toSorted());
	});

	test("are none for a trace that nobody has touched, and open to every role", async () => {
		const tenant = await api.makeTenant();
		const traceId = await insertTrace(api, tenant.id, await insertProject(api, tenant.id));
		for (const role of ["owner", "member", "viewer"] as const) {
			expect(await steps(tenant, traceId, role)).toEqual([]);
		}
		expect((await api.ask("GET", `/v1/traces/${traceId}/remediations`)).status).toBe(401);
	});

	test("of another tenant's trace are as absent as those of one that never was", async () => {
		const [tenant, stranger] = [await api.makeTenant(), await api.makeTenant()];
		const projectId = await insertProject(api, tenant.id);
		const traceId = await insertTrace(api, tenant.id, projectId);
		await insertAction(tenant, projectId, traceId, {});
		for (const as of [stranger.owner, stranger.viewer]) {
			await expectInvisible(api, tenant.id, [traceId], (id) => ({
				method: "GET",
				path: `/v1/traces/${id}/remediations`,
				asked: { as },
			}));
		}
	});

	test.each(["x", "6F1D1C1E-0C9B-4F0E-9C55-3A1D2F7B8E64"])("are refused for the id %s", async (id) => {
		const tenant = await api.makeTenant();
		for (const path of [`/v1/traces/${id}/remediations`, `/v1/traces/${id}`]) {
			const { status, body } = await api.ask("GET", path, { as: tenant.owner });
			expect([status, body.code]).toEqual([400, "invalid_request"]);
			expect(body.fields).toMatchObject([{ path: "id" }]);
		}
	});
});
