import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestApi, type TestApi } from "@/test/api";
import { insertDeployment } from "@/test/rows";
import { expectInvisible } from "@/test/tenant-guarantees";
import { sqlStateOf } from "../db/query-error";
import { deploymentMetrics, deployments } from "../db/schema";
import { statement } from "../db/statement";

let api: TestApi;
beforeAll(async () => {
	api = await openTestApi();
});
afterAll(() => api.close());

const pathOf = (id: string) => `/v1/prompts/deployments/${id}/metrics`;

/** Writes as a monitor does: the value, and when it was measured. */
async function measure(id: string, regressionMetric: number | null): Promise<void> {
	api.pass(60_000);
	await api.orm
		.update(deployments)
		.set({ regressionMetric, updatedAt: api.clock() })
		.where(eq(deployments.id, id));
}

test("tells every value that the metric has had, oldest first, to each role", async () => {
	const tenant = await api.makeTenant();
	const id = await insertDeployment(api, tenant.id, { status: "monitoring", regressionMetric: 0.02 });
	const first = api.clock().toISOString();
	await measure(id, -0.03);
	const second = api.clock().toISOString();
	await measure(id, -0.03);
	await measure(id, null);
	await measure(id, -0.03);
	const third = api.clock().toISOString();
	const points = [
		{ at: first, value: 0.02 },
		{ at: second, value: -0.03 },
		{ at: third, value: -0.03 },
	];
	for (const as of [tenant.owner, tenant.member, tenant.viewer]) {
		const answer = await api.ask("GET", pathOf(id), { as });
		expect([answer.status, answer.body]).toEqual([200, { points }]);
	}
});

test("keeps a value that was written without a moment of its own, at the moment of the write", async () => {
	const tenant = await api.makeTenant();
	const id = await insertDeployment(api, tenant.id, { status: "monitoring", regressionMetric: 0 });
	const before = Date.now();
	await api.orm.update(deployments).set({ regressionMetric: -0.5 }).where(eq(deployments.id, id));
	const { body } = await api.ask("GET", pathOf(id), { as: tenant.viewer });
	const kept = body.points.find(({ value }: { value: number }) => value === -0.5);
	expect(Math.abs(Date.parse(kept.at) - before)).toBeLessThan(60_000);
});

test("has no point for a deployment that was never measured, and none that JSON cannot say", async () => {
	const tenant = await api.makeTenant();
	const unmeasured = await insertDeployment(api, tenant.id);
	const odd = await insertDeployment(api, tenant.id, { status: "monitoring" });
	for (const value of [Number.NaN, Number.POSITIVE_INFINITY, -0.1, Number.NEGATIVE_INFINITY]) {
		await measure(odd, value);
	}
	expect((await api.ask("GET", pathOf(unmeasured), { as: tenant.viewer })).body).toEqual({ points: [] });
	const { body } = await api.ask("GET", pathOf(odd), { as: tenant.viewer });
	expect(body.points.map(({ value }: { value: number }) => value)).toEqual([-0.1]);
});

test("answers the last 1,000 of more values", async () => {
	const tenant = await api.makeTenant();
	const id = await insertDeployment(api, tenant.id, { status: "monitoring" });
	await api.orm.execute(sql`
		insert into deployment_metrics (deployment_id, at, tenant_id, value)
		select ${id}, '2026-11-01T00:00:00Z'::timestamptz + place * interval '1 minute', ${tenant.id}, place
		from generate_series(1, 1005) as place
	`);
	const { points } = (await api.ask("GET", pathOf(id), { as: tenant.viewer })).body;
	expect([points.length, points[0].value, points.at(-1).value]).toEqual([1_000, 6, 1_005]);
});

test("is invisible from another tenant, and no request may write it", async () => {
	const [tenant, stranger] = [await api.makeTenant(), await api.makeTenant()];
	const id = await insertDeployment(api, tenant.id, { status: "monitoring", regressionMetric: 0.1 });
	await expectInvisible(api, tenant.id, [id], (asked) => ({
		method: "GET",
		path: pathOf(asked),
		asked: { as: stranger.owner },
	}));
	const seen = await api.db.inTenant(stranger.id, (tx) => tx.orm.select().from(deploymentMetrics));
	expect(seen).toEqual([]);
	for (const text of ["update deployment_metrics set value = 1", "delete from deployment_metrics"]) {
		const refusal = api.db
			.inTenant(tenant.id, (tx) => tx.query(statement(text), []))
			.then(
				() => null,
				(error: unknown) => sqlStateOf(error),
			);
		expect(await refusal).toBe("42501");
	}
});
