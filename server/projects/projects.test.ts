import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestApi, type TestApi } from "@/test/api";
import { auditTrail, everything, insertProject } from "@/test/rows";
import { projects } from "../db/schema";
import { slugOf } from "./slug";

let api: TestApi;
beforeAll(async () => {
	api = await openTestApi();
});
afterAll(() => api.close());

describe("a new project", () => {
	test("is stored, listed and audited", async () => {
		const tenant = await api.makeTenant();
		const made = await api.ask("POST", "/v1/projects", { as: tenant.owner, body: { name: "Claims desk" } });
		expect(made.status).toBe(201);
		expect(made.body).toMatchObject({
			organization_id: tenant.organizationId,
			name: "Claims desk",
			slug: "claims-desk",
			archived_at: null,
		});
		const list = await api.ask("GET", "/v1/projects", { as: tenant.viewer });
		expect(list.body).toEqual({ projects: [made.body] });
		expect(await auditTrail(api, tenant.id)).toMatchObject([
			{ event: "project.created", resourceId: made.body.id, actorId: "user_owner" },
		]);
	});

	test("whose slug is taken is 409 and names the one that has it, also when ten come at once", async () => {
		const tenant = await api.makeTenant();
		const body = { name: "Anything", slug: "support" };
		const answers = await Promise.all(
			Array.from({ length: 10 }, () => api.ask("POST", "/v1/projects", { as: tenant.owner, body })),
		);
		const made = answers.filter(({ status }) => status === 201);
		expect(made).toHaveLength(1);
		for (const answer of answers.filter(({ status }) => status !== 201)) {
			expect(answer.status).toBe(409);
			expect(answer.body).toMatchObject({ code: "project_exists", existing_id: made[0]?.body.id });
		}
		expect(await auditTrail(api, tenant.id)).toHaveLength(1);
		const stranger = await api.makeTenant();
		expect((await api.ask("POST", "/v1/projects", { as: stranger.owner, body })).status).toBe(201);
	});

	test.each(["member", "viewer"] as const)("is not for a %s to make", async (role) => {
		const tenant = await api.makeTenant();
		const before = await everything(api, tenant.id);
		const answer = await api.ask("POST", "/v1/projects", { as: tenant[role], body: { name: "A" } });
		expect([answer.status, answer.body.code]).toEqual([403, "forbidden"]);
		expect(await everything(api, tenant.id)).toEqual(before);
	});

	test.each([
		{},
		{ name: "" },
		{ name: "\u200b" },
		{ name: 7 },
		{ name: "x".repeat(201) },
		{ name: "A", slug: "A" },
		{ name: "A", slug: "a--b" },
		{ name: "A", slug: "a".repeat(101) },
		{ name: "A", archived_at: null },
	])("%j is refused", async (body) => {
		const tenant = await api.makeTenant();
		const answer = await api.ask("POST", "/v1/projects", { as: tenant.owner, body });
		expect([answer.status, answer.body.code]).toEqual([400, "invalid_request"]);
	});
});

describe("the list", () => {
	test("leaves archived projects out unless asked", async () => {
		const tenant = await api.makeTenant();
		const id = await insertProject(api, tenant.id);
		await api.orm.update(projects).set({ archivedAt: api.clock() }).where(eq(projects.id, id));
		const count = async (query: string) =>
			(await api.ask("GET", `/v1/projects${query}`, { as: tenant.member })).body.projects.length;
		expect(await count("")).toBe(0);
		expect(await count("?include_archived=false")).toBe(0);
		expect(await count("?include_archived=true")).toBe(1);
	});

	test("holds nothing of another tenant", async () => {
		const [tenant, stranger] = [await api.makeTenant(), await api.makeTenant()];
		await insertProject(api, tenant.id);
		const list = await api.ask("GET", "/v1/projects?include_archived=true", { as: stranger.owner });
		expect(list.body).toEqual({ projects: [] });
	});
});

test.each([
	["Support assistant", "support-assistant"],
	["  Über-Käse №5!  ", "uber-kase-no5"],
	["ﬁne ①", "fine-1"],
	[`${"A".repeat(99)} bc`, "a".repeat(99)],
	["客服", "project-eae0efe2"],
])("the slug of %j is %j", (name, slug) => {
	expect(slugOf(name)).toBe(slug);
});
