import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestApi, type TestApi } from "@/test/api";
import { auditTrail, decisionTrail, everything, insertProject } from "@/test/rows";
import { expectInvisible } from "@/test/tenant-guarantees";

const path = "/v1/prompts/deployments";
let api: TestApi;
beforeAll(async () => {
	api = await openTestApi();
});
afterAll(() => api.close());

const proposal = (projectId: string, more: object = {}) => ({
	project_id: projectId,
	cluster_signature: "sha256:abc",
	current_prompt: "You help.",
	proposed_prompt: "You help well. 🙂\r\n",
	...more,
});

test("a proposal is stored as it was sent, and audited", async () => {
	const tenant = await api.makeTenant();
	const projectId = await insertProject(api, tenant.id);
	const ab_report = { correctness_delta: 0.29, nested: { deep: [1, null, "x"] } };
	const body = proposal(projectId, { rationale: "Shorter.", ab_report, status: "ab_passed" });
	const made = await api.ask("POST", path, { as: tenant.owner, body });
	expect(made.status).toBe(201);
	expect(made.body).toMatchObject({ ...body, tenant_id: tenant.id, approved_by: null, shipped_at: null });
	const got = await api.ask("GET", `${path}/${made.body.id}`, { as: tenant.viewer });
	expect(got.body).toEqual(made.body);
	const [entry, ...more] = await auditTrail(api, tenant.id);
	expect(more).toEqual([]);
	expect(entry).toMatchObject({ event: "deployment.proposed", resourceId: made.body.id });
	expect(await decisionTrail(api, tenant.id)).toEqual([]);
});

test("the same content again is 409 and names the one that exists, also when twenty come at once", async () => {
	const tenant = await api.makeTenant();
	const projectId = await insertProject(api, tenant.id);
	const answers = await Promise.all(
		Array.from({ length: 20 }, () => api.ask("POST", path, { as: tenant.owner, body: proposal(projectId) })),
	);
	const made = answers.filter(({ status }) => status === 201);
	expect(made).toHaveLength(1);
	for (const { status, body } of answers.filter((one) => one.status !== 201)) {
		expect(status).toBe(409);
		expect(body).toMatchObject({ code: "deployment_exists", existing_id: made[0]?.body.id });
	}
	expect(await auditTrail(api, tenant.id)).toHaveLength(1);
	for (const difference of [{ cluster_signature: "sha256:other" }, { rationale: "For another reason." }]) {
		const other = proposal(projectId, difference);
		expect((await api.ask("POST", path, { as: tenant.owner, body: other })).status).toBe(201);
	}
});

test.each(["member", "viewer"] as const)(
	"a %s may not propose, and leaves everything as it was",
	async (role) => {
		const tenant = await api.makeTenant();
		const projectId = await insertProject(api, tenant.id);
		const before = await everything(api, tenant.id);
		const answer = await api.ask("POST", path, { as: tenant[role], body: proposal(projectId) });
		expect([answer.status, answer.body.code]).toEqual([403, "forbidden"]);
		expect(await everything(api, tenant.id)).toEqual(before);
	},
);

test("another tenant's project is as absent as one that never was", async () => {
	const [tenant, stranger] = [await api.makeTenant(), await api.makeTenant()];
	const projectId = await insertProject(api, tenant.id);
	for (const as of [stranger.owner, stranger.viewer]) {
		await expectInvisible(api, tenant.id, [projectId], (id) => ({
			method: "POST",
			path,
			asked: { as, body: proposal(id) },
		}));
	}
});

test.each<[string, object, string[]]>([
	["a verdict without a report", { status: "ab_passed" }, ["ab_report"]],
	["a report without a verdict", { ab_report: { a: 1 } }, ["status"]],
	["a state that only a decision leads to", { status: "shipped" }, ["status"]],
	["what only the server writes", { approved_by: "ceo", shipped_at: "x" }, ["approved_by", "shipped_at"]],
	["a tenant of its own choice", { tenant_id: "6f1d1c1e-0c9b-4f0e-9c55-3a1d2f7b8e64" }, ["tenant_id"]],
	["an empty prompt", { proposed_prompt: "" }, ["proposed_prompt"]],
	["a report that is no object", { ab_report: [1], status: "ab_passed" }, ["ab_report"]],
])("%s is refused with the field that is wrong", async (_name, more, wrong) => {
	const tenant = await api.makeTenant();
	const body = proposal(await insertProject(api, tenant.id), more);
	const before = await everything(api, tenant.id);
	const answer = await api.ask("POST", path, { as: tenant.owner, body });
	expect(answer.status).toBe(400);
	expect(answer.body.code).toBe("invalid_request");
	expect(answer.body.fields.map((field: { path: string }) => field.path)).toEqual(wrong);
	expect(await everything(api, tenant.id)).toEqual(before);
});

test("two prompts of a megabyte fit, and a body of more than 4 MB does not", async () => {
	const tenant = await api.makeTenant();
	const projectId = await insertProject(api, tenant.id);
	const fits = proposal(projectId, {
		proposed_prompt: "x".repeat(1_300_000),
		current_prompt: "y".repeat(1_300_000),
	});
	expect((await api.ask("POST", path, { as: tenant.owner, body: fits })).status).toBe(201);
	const tooLong = proposal(projectId, { proposed_prompt: "x".repeat(1_300_001) });
	expect((await api.ask("POST", path, { as: tenant.owner, body: tooLong })).status).toBe(400);
	const tooLarge = proposal(projectId, { proposed_prompt: "é".repeat(2_100_000) });
	expect((await api.ask("POST", path, { as: tenant.owner, body: tooLarge })).status).toBe(413);
});
