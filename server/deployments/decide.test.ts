import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type DeploymentStatus, deploymentStatuses } from "@/lib/contract/deployment-status";
import { type Decision, transitions } from "@/lib/rules/lifecycle";
import { openTestApi, type TestApi } from "@/test/api";
import { auditTrail, decisionTrail, everything, insertDeployment } from "@/test/rows";
import { expectInvisible } from "@/test/tenant-guarantees";
import { deployments } from "../db/schema";

let api: TestApi;
beforeAll(async () => {
	api = await openTestApi();
});
afterAll(() => api.close());

const pathOf = (id: string, verb: string) => `/v1/prompts/deployments/${id}/${verb}`;

const verbs: { verb: Decision; from: DeploymentStatus; event: string; body?: object; reason: string }[] = [
	{
		verb: "approve",
		from: "ab_passed",
		event: "deployment.approved",
		body: { reason: "Latency is worse, and worth it 🙂" },
		reason: "Latency is worse, and worth it 🙂",
	},
	{
		verb: "reject",
		from: "proposed",
		event: "deployment.rejected",
		body: { reason: "Zu lang 🙂" },
		reason: "Zu lang 🙂",
	},
	{
		verb: "rollback",
		from: "regressed",
		event: "deployment.rolled_back",
		body: { reason: "Worse" },
		reason: "Worse",
	},
];

describe.each(verbs)("$verb", ({ verb, from, event, body, reason }) => {
	test("works, and leaves one decision and one audit entry that name each other", async () => {
		const tenant = await api.makeTenant();
		const id = await insertDeployment(api, tenant.id, { status: from });
		api.pass(1_000);
		const answer = await api.ask("POST", pathOf(id, verb), { as: tenant.owner, body });
		expect(answer.status).toBe(200);
		expect(answer.body).toMatchObject({
			id,
			status: transitions[verb].to,
			updated_at: api.clock().toISOString(),
		});
		const [decision, ...moreDecisions] = await decisionTrail(api, tenant.id);
		const [entry, ...moreEntries] = await auditTrail(api, tenant.id);
		expect([moreDecisions, moreEntries]).toEqual([[], []]);
		expect(decision).toMatchObject({
			subjectKind: "deployment",
			subjectId: id,
			decision: verb,
			fromStatus: from,
			toStatus: transitions[verb].to,
			actorType: "user",
			actorId: "user_owner",
			reason,
		});
		expect(decision?.contentHash).toMatch(/^[0-9a-f]{64}$/);
		expect(entry).toMatchObject({
			event,
			resourceId: id,
			actorId: "user_owner",
			metadata: {
				decision_id: decision?.id,
				from_status: from,
				reason,
				content_hash: decision?.contentHash,
			},
		});
		const list = await api.ask("GET", pathOf(id, "decisions"), { as: tenant.member });
		expect(list.body).toEqual({
			decisions: [
				{
					decision: verb,
					from_status: from,
					to_status: transitions[verb].to,
					actor_type: "user",
					actor_id: "user_owner",
					reason,
					created_at: api.clock().toISOString(),
				},
			],
		});
	});

	test("refuses a repeat with 409 that says who was first, when and why", async () => {
		const tenant = await api.makeTenant();
		const id = await insertDeployment(api, tenant.id, { status: from });
		const first = { ...tenant.owner, userId: "user_first" };
		expect((await api.ask("POST", pathOf(id, verb), { as: first, body })).status).toBe(200);
		const decidedAt = api.clock().toISOString();
		api.pass(5_000);
		const before = await everything(api, tenant.id);
		const repeat = await api.ask("POST", pathOf(id, verb), { as: tenant.owner, body });
		expect(repeat.status).toBe(409);
		expect(repeat.body).toMatchObject({
			code: "already_decided",
			current: { status: transitions[verb].to, by: "user_first", at: decidedAt, reason },
		});
		expect(await everything(api, tenant.id)).toEqual(before);
	});

	test.each(deploymentStatuses)(
		"on %s answers as the lifecycle says, and nothing else changes",
		async (status) => {
			const tenant = await api.makeTenant();
			const id = await insertDeployment(api, tenant.id, { status });
			const before = await everything(api, tenant.id);
			const answer = await api.ask("POST", pathOf(id, verb), { as: tenant.owner, body });
			const allowed: readonly string[] = transitions[verb].from;
			expect(answer.status).toBe(allowed.includes(status) ? 200 : 409);
			if (answer.status === 200) return;
			expect(answer.body.current).toEqual({ status, by: null, at: null, reason: null });
			expect(await everything(api, tenant.id)).toEqual(before);
		},
	);

	test.each(["member", "viewer"] as const)("refuses a %s and leaves everything as it was", async (role) => {
		const tenant = await api.makeTenant();
		const id = await insertDeployment(api, tenant.id, { status: from });
		const before = await everything(api, tenant.id);
		const answer = await api.ask("POST", pathOf(id, verb), { as: tenant[role], body });
		expect(answer.status).toBe(403);
		expect(answer.body).toMatchObject({ code: "forbidden" });
		expect(answer.body.error).toContain(`You are a ${role}.`);
		expect(await everything(api, tenant.id)).toEqual(before);
	});

	test("without a body, or with an empty one, it is decided with an empty reason", async () => {
		for (const nothing of [undefined, {}, { reason: "" }]) {
			const tenant = await api.makeTenant();
			const id = await insertDeployment(api, tenant.id, { status: from });
			const answer = await api.ask("POST", pathOf(id, verb), { as: tenant.owner, body: nothing });
			expect(answer.status).toBe(200);
			expect(await decisionTrail(api, tenant.id)).toMatchObject([{ decision: verb, reason: "" }]);
			expect(await auditTrail(api, tenant.id)).toMatchObject([{ event, metadata: { reason: "" } }]);
		}
	});

	test("takes a reason of 2,000 characters, and refuses a longer one, an unseen one and what it does not know", async () => {
		const tenant = await api.makeTenant();
		const id = await insertDeployment(api, tenant.id, { status: from });
		const before = await everything(api, tenant.id);
		for (const wrong of [
			{ reason: "🙂".repeat(2_001) },
			{ reason: " \u200b" },
			{ reason: null },
			{ reason: "Good", because: "more" },
		]) {
			const answer = await api.ask("POST", pathOf(id, verb), { as: tenant.owner, body: wrong });
			expect([answer.status, answer.body.code]).toEqual([400, "invalid_request"]);
		}
		expect(await everything(api, tenant.id)).toEqual(before);
		const reason = "🙂".repeat(2_000);
		const answer = await api.ask("POST", pathOf(id, verb), { as: tenant.owner, body: { reason } });
		expect(answer.status).toBe(200);
		expect(await decisionTrail(api, tenant.id)).toMatchObject([{ reason }]);
	});

	test("its Idempotency-Key belongs to its reason: with another one it is 422, with the same one a repeat", async () => {
		const tenant = await api.makeTenant();
		const id = await insertDeployment(api, tenant.id, { status: from });
		const headers = { "Idempotency-Key": "one" };
		const first = await api.ask("POST", pathOf(id, verb), { as: tenant.owner, body, headers });
		const before = await everything(api, tenant.id);
		for (const other of [undefined, { reason: "Another" }]) {
			const answer = await api.ask("POST", pathOf(id, verb), { as: tenant.owner, body: other, headers });
			expect([answer.status, answer.body.code]).toEqual([422, "idempotency_key_reused"]);
		}
		const again = await api.ask("POST", pathOf(id, verb), { as: tenant.owner, body, headers });
		expect([again.status, again.body]).toEqual([200, first.body]);
		expect(await everything(api, tenant.id)).toEqual(before);
	});

	test("another tenant's deployment is as absent as one that never was, whatever the role and state", async () => {
		const [tenant, stranger] = [await api.makeTenant(), await api.makeTenant()];
		const ids = [
			await insertDeployment(api, tenant.id, { status: from }),
			await insertDeployment(api, tenant.id, { status: "rejected" }),
		];
		for (const as of [stranger.owner, stranger.member, stranger.viewer]) {
			await expectInvisible(api, tenant.id, ids, (id) => ({
				method: "POST",
				path: pathOf(id, verb),
				asked: { as, body },
			}));
		}
	});

	test("a failing audit entry takes the decision back with it", async () => {
		const tenant = await api.makeTenant();
		const id = await insertDeployment(api, tenant.id, { status: from });
		const before = await everything(api, tenant.id);
		await api.orm.execute(sql`alter table audit_entries add constraint broken check (false) not valid`);
		const answer = await api.ask("POST", pathOf(id, verb), { as: tenant.owner, body });
		await api.orm.execute(sql`alter table audit_entries drop constraint broken`);
		expect(answer.status).toBe(500);
		expect(await everything(api, tenant.id)).toEqual(before);
	});

	test("a write that touches no row is an error, not a success", async () => {
		const tenant = await api.makeTenant();
		const id = await insertDeployment(api, tenant.id, { status: from });
		const before = await everything(api, tenant.id);
		await api.orm.execute(sql`create rule swallow as on update to deployments do instead nothing`);
		const answer = await api.ask("POST", pathOf(id, verb), { as: tenant.owner, body });
		await api.orm.execute(sql`drop rule swallow on deployments`);
		expect(answer.status).toBe(500);
		expect(await everything(api, tenant.id)).toEqual(before);
	});
});

describe("of decisions at the same time", () => {
	test("exactly one wins, and every loser is told who, what and when", async () => {
		const tenant = await api.makeTenant();
		for (let round = 0; round < 5; round += 1) {
			const id = await insertDeployment(api, tenant.id, { status: "regressed" });
			const answers = await Promise.all(
				Array.from({ length: 20 }, (_, number) =>
					api.ask("POST", pathOf(id, number % 2 === 0 ? "rollback" : "reject"), {
						as: { ...tenant.owner, userId: `user_${number}` },
						body: { reason: `Reason ${number}` },
					}),
				),
			);
			const winners = answers.filter(({ status }) => status === 200);
			expect(winners).toHaveLength(1);
			const decided = (await decisionTrail(api, tenant.id)).filter(({ subjectId }) => subjectId === id);
			expect(decided).toHaveLength(1);
			for (const { status, body } of answers.filter((one) => one.status !== 200)) {
				expect([status, body.code]).toEqual([409, "already_decided"]);
				expect(body.current).toEqual({
					status: winners[0]?.body.status,
					by: decided[0]?.actorId,
					at: decided[0]?.createdAt.toISOString(),
					reason: decided[0]?.reason,
				});
			}
		}
	});

	test.each(verbs)("twenty times $verb is one $verb", async ({ verb, from }) => {
		const tenant = await api.makeTenant();
		const id = await insertDeployment(api, tenant.id, { status: from });
		const answers = await Promise.all(
			Array.from({ length: 20 }, () => api.ask("POST", pathOf(id, verb), { as: tenant.owner })),
		);
		expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
		expect(answers.filter(({ status }) => status === 409)).toHaveLength(19);
		expect(await decisionTrail(api, tenant.id)).toHaveLength(1);
		expect(await auditTrail(api, tenant.id)).toHaveLength(1);
	});
});

describe("what a decision stamps", () => {
	test("approve stamps when and by whom, and its reason is no reason of a rejection", async () => {
		const tenant = await api.makeTenant();
		const id = await insertDeployment(api, tenant.id, { status: "proposed" });
		const { body } = await api.ask("POST", pathOf(id, "approve"), {
			as: tenant.owner,
			body: { reason: "Fine" },
		});
		expect(body).toMatchObject({
			shipped_at: api.clock().toISOString(),
			approved_by: "user_owner",
			rejection_reason: "",
		});
	});

	test("reject without a body keeps an empty reason", async () => {
		const tenant = await api.makeTenant();
		const id = await insertDeployment(api, tenant.id);
		const { body } = await api.ask("POST", pathOf(id, "reject"), { as: tenant.owner });
		expect(body).toMatchObject({ rejection_reason: "", shipped_at: null, approved_by: null });
	});

	test("rollback leaves the approver where he was, and its reason in the decision", async () => {
		const tenant = await api.makeTenant();
		const shippedAt = api.clock();
		const id = await insertDeployment(api, tenant.id, {
			status: "monitoring",
			approvedBy: "user_approver",
			shippedAt,
		});
		api.pass(1_000);
		const { body } = await api.ask("POST", pathOf(id, "rollback"), {
			as: tenant.owner,
			body: { reason: "Worse" },
		});
		expect(body).toMatchObject({
			approved_by: "user_approver",
			shipped_at: shippedAt.toISOString(),
			rolled_back_at: api.clock().toISOString(),
			rejection_reason: "",
		});
		const [stored] = await api.orm.select().from(deployments).where(eq(deployments.id, id));
		expect(stored?.approvedBy).toBe("user_approver");
	});

	test("the decisions of a deployment stay invisible to another tenant", async () => {
		const [tenant, stranger] = [await api.makeTenant(), await api.makeTenant()];
		const id = await insertDeployment(api, tenant.id);
		expect((await api.ask("GET", pathOf(id, "decisions"), { as: stranger.owner })).status).toBe(404);
	});
});
