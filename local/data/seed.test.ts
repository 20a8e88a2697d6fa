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
		const actions = await api.ask("GET", "/v1/control/actions?limit=100", { as: owner });
		expect(actions.body.actions).toHaveLength(controlActions.length);
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
