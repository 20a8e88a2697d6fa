import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestApi, type TestApi } from "@/test/api";
import { insertProject, insertTrace } from "@/test/rows";
import { expectInvisible } from "@/test/tenant-guarantees";

let api: TestApi;
beforeAll(async () => {
	api = await openTestApi();
});
afterAll(() => api.close());

test("a trace is answered with its spans in the order in which they began", async () => {
	const tenant = await api.makeTenant();
	const projectId = await insertProject(api, tenant.id);
	const id = await insertTrace(api, tenant.id, projectId);
	const { status, body } = await api.ask("GET", `/v1/traces/${id}`, { as: tenant.viewer });
	expect(status).toBe(200);
	expect(body).toMatchObject({
		id,
		project_id: projectId,
		tags: ["a", "b"],
		cost: 0.25,
		ended_at: null,
		spans: [
			{ name: "first", parent_span_id: null, metadata: { attempt: 1 }, tenant_id: tenant.id },
			{ name: "second", parent_span_id: body.spans[0].id },
		],
	});
});

test("another tenant's trace is as absent as one that never was", async () => {
	const [tenant, stranger] = [await api.makeTenant(), await api.makeTenant()];
	const id = await insertTrace(api, tenant.id, await insertProject(api, tenant.id));
	await expectInvisible(api, tenant.id, [id], (one) => ({
		method: "GET",
		path: `/v1/traces/${one}`,
		asked: { as: stranger.owner },
	}));
});
