import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { seedSampleData } from "@/local/data/seed";
import { openTestApi, type TestApi } from "@/test/api";
import { makeTracedProject, parkRetry, standInExecutor, toldActions } from "@/test/control-actions";
import { openTestDatabase } from "@/test/database";
import { auditTrail, everything } from "@/test/rows";
import { firstBrokenEntry } from "../audit/chain";
import { controlActions } from "../db/schema";
import { settleInterruptedActions } from "./settle-interrupted";

const staleAfterMs = 60_000;
const unknown = {
	error: "The server stopped while the action ran. Whether it took effect is not known.",
	outcome: "unknown",
};

const executor = standInExecutor();
let api: TestApi;
beforeAll(async () => {
	api = await openTestApi({ executor });
});
beforeEach(async () => {
	executor.told.length = 0;
	executor.outcome = { status: "executed", result: { ran: true } };
});
afterAll(() => api.close());

const settle = () => settleInterruptedActions(api.db, api.clock, staleAfterMs);

/** Asks for an action whose executor does not come back, as when the server is killed meanwhile. */
async function interruptedExecute(headers: Record<string, string> = {}) {
	const place = await makeTracedProject(api);
	const release = executor.hold();
	const request = place.execute("retry", {}, headers);
	await toldActions(executor, 1);
	const id = executor.told[0]?.id ?? "";
	return { ...place, id, path: `/v1/control/actions/${id}`, request, release };
}

test("an action whose server stopped is settled as failed with an outcome nobody knows, once", async () => {
	const { tenant, path, id, request, release } = await interruptedExecute();
	api.pass(staleAfterMs - 1);
	expect(await settle()).toBe(0);
	expect((await api.ask("GET", path, { as: tenant.viewer })).body.status).toBe("pending");
	api.pass(1);
	expect(await settle()).toBe(1);
	const { body } = await api.ask("GET", path, { as: tenant.viewer });
	expect(body).toMatchObject({
		status: "failed",
		result: unknown,
		executed_at: null,
		updated_at: api.clock().toISOString(),
	});
	expect((await auditTrail(api, tenant.id)).at(-1)).toMatchObject({
		event: "control_action.failed",
		actorType: "system",
		actorId: "system:recovery",
		resourceId: id,
		metadata: { action_type: "retry", executor: "stand-in" },
	});
	const before = await everything(api, tenant.id);
	expect(await settle()).toBe(0);
	// The server was only slow: what has been told meanwhile stays.
	release();
	expect((await request).body).toEqual(body);
	expect(await everything(api, tenant.id)).toEqual(before);
});

test("a repeat under the same Idempotency-Key is told the outcome, and nothing is run again", async () => {
	const headers = { "Idempotency-Key": randomUUID() };
	const { path, tenant, execute, release } = await interruptedExecute(headers);
	expect((await execute("retry", {}, headers)).status).toBe(409);
	api.pass(staleAfterMs);
	await settle();
	const again = await execute("retry", {}, headers);
	expect(again.status).toBe(201);
	expect(again.body).toEqual((await api.ask("GET", path, { as: tenant.viewer })).body);
	expect(again.headers.get("Idempotency-Replayed")).toBe("true");
	expect(executor.told).toHaveLength(1);
	release();
});

test("an approved action is stale by the time of its approval, and its approver is told the outcome", async () => {
	const { tenant, path } = await parkRetry(api, executor);
	api.pass(10 * staleAfterMs);
	const release = executor.hold();
	const headers = { "Idempotency-Key": randomUUID() };
	const approve = () => api.ask("POST", `${path}/approve`, { as: tenant.owner, headers });
	const request = approve();
	await toldActions(executor, 1);
	expect(await settle()).toBe(0);
	api.pass(staleAfterMs);
	expect(await settle()).toBe(1);
	const again = await approve();
	expect([again.status, again.body.status, again.body.result]).toEqual([200, "failed", unknown]);
	expect(executor.told).toHaveLength(1);
	release();
	await request;
});

test("what waits for approval, has ended, or is run by another program is left alone", async () => {
	const { tenant, projectId, parked, path } = await parkRetry(api, executor);
	const foreign = { id: randomUUID(), tenantId: tenant.id, projectId };
	const now = api.clock();
	await api.orm
		.insert(controlActions)
		.values({ ...foreign, actionType: "retry", status: "pending", createdAt: now, updatedAt: now });
	const before = await everything(api, tenant.id);
	api.pass(100 * staleAfterMs);
	expect(await settle()).toBe(0);
	expect(await everything(api, tenant.id)).toEqual(before);
	expect((await api.ask("GET", path, { as: tenant.viewer })).body).toEqual(parked);
});

test("the sample actions that are pending stay pending", async () => {
	const { db, orm, close } = await openTestDatabase();
	await seedSampleData(db, api.clock);
	const pending = () => orm.select().from(controlActions).where(eq(controlActions.status, "pending"));
	const before = await pending();
	expect(before.length).toBeGreaterThan(0);
	const later = () => new Date(api.clock().getTime() + 30 * 24 * 3_600_000);
	expect(await settleInterruptedActions(db, later, staleAfterMs)).toBe(0);
	expect(await pending()).toEqual(before);
	await close();
});

test("ten servers at once settle each action of several tenants once, and every chain holds", async () => {
	const hung = [];
	for (let number = 0; number < 4; number += 1) {
		executor.told.length = 0;
		hung.push(await interruptedExecute({ "Idempotency-Key": randomUUID() }));
	}
	api.pass(staleAfterMs);
	const settled = await Promise.all(Array.from({ length: 10 }, settle));
	expect(settled.reduce((sum, count) => sum + count, 0)).toBe(4);
	for (const { tenant, id, release } of hung) {
		const trail = await auditTrail(api, tenant.id);
		const failed = trail.filter(({ event }) => event === "control_action.failed");
		expect(failed).toMatchObject([{ resourceId: id }]);
		const { body } = await api.ask("GET", "/v1/audit-log", { as: tenant.viewer });
		expect(firstBrokenEntry(body.entries.reverse())).toBeNull();
		release();
	}
});
