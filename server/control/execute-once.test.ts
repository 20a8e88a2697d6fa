import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { openTestApi, type TestApi } from "@/test/api";
import { makeTracedProject, standInExecutor, toldActions } from "@/test/control-actions";
import { everything } from "@/test/rows";

const executor = standInExecutor();
let api: TestApi;
beforeAll(async () => {
	api = await openTestApi({ executor });
});
beforeEach(() => {
	executor.told.length = 0;
});
afterAll(() => api.close());

test("a repeat is answered with the first answer, marked as one, and the action runs once", async () => {
	const { tenant, execute } = await makeTracedProject(api);
	const headers = { "Idempotency-Key": randomUUID() };
	const first = await execute("retry", { payload: { span: "a" } }, headers);
	const before = await everything(api, tenant.id);
	api.pass(60_000);
	const again = await execute("retry", { payload: { span: "a" } }, headers);
	expect([again.status, again.body]).toEqual([201, first.body]);
	expect(first.headers.get("Idempotency-Replayed")).toBeNull();
	expect(again.headers.get("Idempotency-Replayed")).toBe("true");
	expect(executor.told).toHaveLength(1);
	expect(await everything(api, tenant.id)).toEqual(before);
});

test("a repeat with another body is refused with 422, and changes nothing", async () => {
	const { tenant, execute } = await makeTracedProject(api);
	const headers = { "Idempotency-Key": randomUUID() };
	await execute("retry", {}, headers);
	const before = await everything(api, tenant.id);
	const other = await execute("retry", { payload: {} }, headers);
	expect([other.status, other.body.code]).toEqual([422, "idempotency_key_reused"]);
	expect(await everything(api, tenant.id)).toEqual(before);
});

test("while the executor runs, repeats are refused with 409, and get the answer afterwards", async () => {
	const { execute } = await makeTracedProject(api);
	const headers = { "Idempotency-Key": randomUUID() };
	const release = executor.hold();
	const first = execute("retry", {}, headers);
	await toldActions(executor, 1);
	const repeats = await Promise.all(Array.from({ length: 5 }, () => execute("retry", {}, headers)));
	for (const { status, body } of repeats) expect([status, body.code]).toEqual([409, "idempotency_in_flight"]);
	release();
	const { body } = await first;
	expect((await execute("retry", {}, headers)).body).toEqual(body);
	expect(executor.told).toHaveLength(1);
});

test("of 20 requests at once under one key one runs", async () => {
	const { tenant, execute } = await makeTracedProject(api);
	const headers = { "Idempotency-Key": randomUUID() };
	const answers = await Promise.all(Array.from({ length: 20 }, () => execute("retry", {}, headers)));
	expect(executor.told).toHaveLength(1);
	for (const { status } of answers) expect([201, 409]).toContain(status);
	const { body } = await api.ask("GET", "/v1/control/actions", { as: tenant.viewer });
	expect(body.actions).toHaveLength(1);
});

test("what was refused while the kill switch was on may be asked for again under the same key", async () => {
	const { tenant, execute } = await makeTracedProject(api);
	const headers = { "Idempotency-Key": randomUUID() };
	await api.ask("POST", "/v1/control/killswitch/enable", { as: tenant.owner });
	expect((await execute("retry", {}, headers)).status).toBe(503);
	await api.ask("POST", "/v1/control/killswitch/disable", { as: tenant.owner });
	expect((await execute("retry", {}, headers)).status).toBe(201);
});
