import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestApi, type TestApi } from "@/test/api";
import { auditTrail, everything, insertProject } from "@/test/rows";
import { expectInvisible } from "@/test/tenant-guarantees";

let api: TestApi;
beforeAll(async () => {
	api = await openTestApi();
});
afterAll(() => api.close());

async function makeProject() {
	const tenant = await api.makeTenant();
	const id = await insertProject(api, tenant.id, "Support");
	const change = (body: unknown, as: Parameters<TestApi["ask"]>[2] = { as: tenant.owner }) =>
		api.ask("PATCH", `/v1/projects/${id}`, { ...as, body });
	const listed = async () =>
		(await api.ask("GET", "/v1/projects?include_archived=true", { as: tenant.viewer })).body.projects;
	return { tenant, id, change, listed };
}

describe("a project", () => {
	test("says its settings, which begin as the contract has them", async () => {
		const { listed } = await makeProject();
		expect(await listed()).toMatchObject([
			{ prompt_autoship_enabled: false, max_retry_depth: 3, max_cascade_depth: 5 },
		]);
	});

	test("is changed in what was sent and in nothing else, and the audit log says from what to what", async () => {
		const { tenant, id, change, listed } = await makeProject();
		const [before] = await listed();
		api.pass(1_000);
		const sent = { name: "Support desk", prompt_autoship_enabled: true, max_cascade_depth: 5 };
		const first = await change(sent);
		expect([first.status, first.body]).toEqual([
			200,
			{ ...before, ...sent, updated_at: api.clock().toISOString() },
		]);
		expect(await listed()).toEqual([first.body]);
		api.pass(1_000);
		const second = await change({ max_retry_depth: 10, max_cascade_depth: 20 });
		expect(second.body).toEqual({
			...first.body,
			max_retry_depth: 10,
			max_cascade_depth: 20,
			updated_at: api.clock().toISOString(),
		});
		expect(await auditTrail(api, tenant.id)).toMatchObject([
			{
				event: "project.changed",
				actorType: "user",
				actorId: "user_owner",
				resourceId: id,
				metadata: {
					changes: {
						name: { from: "Support", to: "Support desk" },
						prompt_autoship_enabled: { from: false, to: true },
					},
				},
			},
			{
				event: "project.changed",
				resourceId: id,
				metadata: {
					changes: { max_retry_depth: { from: 3, to: 10 }, max_cascade_depth: { from: 5, to: 20 } },
				},
			},
		]);
		const [entry] = await auditTrail(api, tenant.id);
		expect(Object.keys(entry?.metadata.changes ?? {}).sort()).toEqual(["name", "prompt_autoship_enabled"]);
	});

	test("is archived and taken back", async () => {
		const { tenant, change } = await makeProject();
		const archived = await change({ archived: true });
		expect(archived.body.archived_at).toBe(api.clock().toISOString());
		expect((await api.ask("GET", "/v1/projects", { as: tenant.viewer })).body.projects).toEqual([]);
		api.pass(1_000);
		expect((await change({ archived: true })).body).toEqual(archived.body);
		expect((await change({ archived: false })).body.archived_at).toBeNull();
		expect(await auditTrail(api, tenant.id)).toMatchObject([
			{ metadata: { changes: { archived: { from: false, to: true } } } },
			{ metadata: { changes: { archived: { from: true, to: false } } } },
		]);
	});

	test("is left as it was, with no audit entry, when nothing differs", async () => {
		const { tenant, change, listed } = await makeProject();
		const before = await everything(api, tenant.id);
		api.pass(1_000);
		const same = { name: "Support", prompt_autoship_enabled: false, max_retry_depth: 3, archived: false };
		const answer = await change(same);
		expect(answer.status).toBe(200);
		expect([answer.body]).toEqual(await listed());
		expect(await everything(api, tenant.id)).toEqual(before);
	});

	test("is changed by everybody who comes at once, each from what the one before has left", async () => {
		const { tenant, change, listed } = await makeProject();
		const depths = Array.from({ length: 10 }, (_, index) => index + 1);
		const answers = await Promise.all(depths.map((max_retry_depth) => change({ max_retry_depth })));
		expect(answers.map(({ status }) => status)).toEqual(depths.map(() => 200));
		let depth: unknown = 3;
		for (const { metadata } of await auditTrail(api, tenant.id)) {
			const { max_retry_depth } = metadata.changes as { max_retry_depth: { from: number; to: number } };
			expect(max_retry_depth.from).toBe(depth);
			depth = max_retry_depth.to;
		}
		expect((await listed())[0].max_retry_depth).toBe(depth);
	});

	test.each(["member", "viewer"] as const)("is not for a %s to change", async (role) => {
		const { tenant, change } = await makeProject();
		const before = await everything(api, tenant.id);
		const answer = await change({ name: "Mine" }, { as: tenant[role] });
		expect([answer.status, answer.body.code]).toEqual([403, "forbidden"]);
		expect(await everything(api, tenant.id)).toEqual(before);
	});

	test("of another tenant is as absent as one that never was", async () => {
		const { tenant, id } = await makeProject();
		const stranger = await api.makeTenant();
		for (const as of [stranger.owner, stranger.viewer]) {
			await expectInvisible(api, tenant.id, [id], (one) => ({
				method: "PATCH",
				path: `/v1/projects/${one}`,
				asked: { as, body: { name: "Theirs" } },
			}));
		}
	});

	test.each<[object, string[]]>([
		[{}, [""]],
		[{ name: "" }, ["name"]],
		[{ name: "\u200b" }, ["name"]],
		[{ name: "a\nb" }, ["name"]],
		[{ name: null }, ["name"]],
		[{ name: "x".repeat(201) }, ["name"]],
		[{ prompt_autoship_enabled: "true" }, ["prompt_autoship_enabled"]],
		[{ max_retry_depth: 0 }, ["max_retry_depth"]],
		[{ max_retry_depth: 11 }, ["max_retry_depth"]],
		[{ max_retry_depth: 1.5 }, ["max_retry_depth"]],
		[{ max_cascade_depth: 0 }, ["max_cascade_depth"]],
		[{ max_cascade_depth: 21 }, ["max_cascade_depth"]],
		[{ archived: 1 }, ["archived"]],
		[{ name: "A", slug: "a", tenant_id: "x" }, ["slug", "tenant_id"]],
	])("is not changed by %j", async (body, wrong) => {
		const { tenant, change } = await makeProject();
		const before = await everything(api, tenant.id);
		const answer = await change(body);
		expect([answer.status, answer.body.code]).toEqual([400, "invalid_request"]);
		expect(answer.body.fields.map((field: { path: string }) => field.path)).toEqual(wrong);
		expect(await everything(api, tenant.id)).toEqual(before);
	});

	test("is not changed without a body, nor under an id that is none", async () => {
		const { tenant, id } = await makeProject();
		const empty = await api.ask("PATCH", `/v1/projects/${id}`, { as: tenant.owner });
		expect(empty.status).toBe(415);
		const wrong = await api.ask("PATCH", "/v1/projects/1", { as: tenant.owner, body: { name: "A" } });
		expect([wrong.status, wrong.body.fields]).toMatchObject([400, [{ path: "id" }]]);
	});
});
