import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestApi, type TestApi } from "@/test/api";
import { auditTrail, decisionTrail, insertProject } from "@/test/rows";

const path = "/v1/prompts/deployments";
let api: TestApi;
beforeAll(async () => {
	api = await openTestApi();
});
afterAll(() => api.close());

/** A tenant whose project has had the switch turned on, as an owner does it. */
async function withAutoship(isOn: boolean) {
	const tenant = await api.makeTenant();
	const projectId = await insertProject(api, tenant.id);
	const body = { prompt_autoship_enabled: isOn };
	const changed = await api.ask("PATCH", `/v1/projects/${projectId}`, { as: tenant.owner, body });
	expect([changed.status, changed.body.prompt_autoship_enabled]).toEqual([200, isOn]);
	const propose = (more: object, headers?: Record<string, string>) =>
		api.ask("POST", path, {
			as: tenant.owner,
			body: {
				project_id: projectId,
				cluster_signature: "sha256:abc",
				current_prompt: "You help.",
				proposed_prompt: "You help well.",
				...more,
			},
			...(headers === undefined ? {} : { headers }),
		});
	const events = async () => (await auditTrail(api, tenant.id)).map(({ event }) => event);
	return { tenant, projectId, propose, events };
}

const passed = { status: "ab_passed", ab_report: { correctness_delta: 0.29 } };

test("a proposal that has passed its A/B test ships by itself, signed by the product", async () => {
	const { tenant, propose } = await withAutoship(true);
	const made = await propose(passed);
	expect(made.status).toBe(201);
	expect(made.body).toMatchObject({
		status: "shipped",
		approved_by: "system:autoship",
		shipped_at: api.clock().toISOString(),
	});
	const got = await api.ask("GET", `${path}/${made.body.id}`, { as: tenant.viewer });
	expect(got.body).toEqual(made.body);
	const [decision, ...moreDecisions] = await decisionTrail(api, tenant.id);
	expect(moreDecisions).toEqual([]);
	expect(decision).toMatchObject({
		subjectId: made.body.id,
		decision: "approve",
		fromStatus: "ab_passed",
		toStatus: "shipped",
		actorType: "system",
		actorId: "system:autoship",
	});
	expect(await auditTrail(api, tenant.id)).toMatchObject([
		{ event: "project.changed", actorId: "user_owner" },
		{
			event: "deployment.proposed",
			resourceId: made.body.id,
			actorType: "user",
			actorId: "user_owner",
			metadata: { status: "ab_passed" },
		},
		{
			event: "deployment.approved",
			resourceId: made.body.id,
			actorType: "system",
			actorId: "system:autoship",
			metadata: { decision_id: decision?.id, from_status: "ab_passed", to_status: "shipped" },
		},
	]);
});

test("the same proposal sent again under its key ships once", async () => {
	const { tenant, propose, events } = await withAutoship(true);
	const first = await propose(passed, { "Idempotency-Key": "one" });
	const second = await propose(passed, { "Idempotency-Key": "one" });
	expect([second.status, second.body]).toEqual([201, first.body]);
	expect(await decisionTrail(api, tenant.id)).toHaveLength(1);
	expect(await events()).toEqual(["project.changed", "deployment.proposed", "deployment.approved"]);
});

test.each([
	["proposed", {}],
	["ab_failed", { status: "ab_failed", ab_report: { correctness_delta: -0.1 } }],
])("a proposal that is %s waits for an owner", async (status, more) => {
	const { tenant, propose, events } = await withAutoship(true);
	const made = await propose(more);
	expect([made.status, made.body]).toMatchObject([201, { status, approved_by: null, shipped_at: null }]);
	expect(await decisionTrail(api, tenant.id)).toEqual([]);
	expect(await events()).toEqual(["project.changed", "deployment.proposed"]);
});

test("nothing ships by itself where the switch is off, or has been turned off again", async () => {
	for (const wasOn of [false, true]) {
		const { tenant, projectId, propose, events } = await withAutoship(wasOn);
		const body = { prompt_autoship_enabled: false };
		await api.ask("PATCH", `/v1/projects/${projectId}`, { as: tenant.owner, body });
		const made = await propose(passed);
		expect([made.status, made.body]).toMatchObject([201, { status: "ab_passed", approved_by: null }]);
		expect(await decisionTrail(api, tenant.id)).toEqual([]);
		expect(await events()).not.toContain("deployment.approved");
	}
});

test("the switch of one project ships nothing of another", async () => {
	const { tenant, propose } = await withAutoship(true);
	const made = await propose({ ...passed, project_id: await insertProject(api, tenant.id) });
	expect(made.body.status).toBe("ab_passed");
});
