import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestApi, type TestApi, type TestTenant } from "@/test/api";
import { auditTrail, decisionTrail, everything, insertProject } from "@/test/rows";

const path = "/v1/control/killswitch";
let started: number;
let api: TestApi;
beforeAll(async () => {
	const execute = async () => {
		started += 1;
		return { status: "executed" as const, result: {} };
	};
	api = await openTestApi({ executor: { name: "test", execute } });
});
afterAll(() => api.close());

async function isActive(tenant: TestTenant): Promise<boolean> {
	return (await api.ask("GET", path, { as: tenant.viewer })).body.active;
}

test("is off at first, turns on and off, and each turn is decided and audited once", async () => {
	const tenant = await api.makeTenant();
	expect(await isActive(tenant)).toBe(false);
	for (const [verb, active] of [
		["disable", false],
		["enable", true],
		["enable", true],
		["disable", false],
		["disable", false],
	] as const) {
		const answer = await api.ask("POST", `${path}/${verb}`, { as: tenant.owner });
		expect([answer.status, answer.body.active]).toEqual([200, active]);
		expect(await isActive(tenant)).toBe(active);
	}
	expect(await decisionTrail(api, tenant.id)).toMatchObject([
		{ decision: "enable", fromStatus: "off", toStatus: "on", actorId: "user_owner" },
		{ decision: "disable", fromStatus: "on", toStatus: "off", actorId: "user_owner" },
	]);
	expect((await auditTrail(api, tenant.id)).map(({ event }) => event)).toEqual([
		"kill_switch.enabled",
		"kill_switch.disabled",
	]);
});

test("tells who turned it last, when and why, to everybody who may read", async () => {
	const tenant = await api.makeTenant();
	const nobody = { changed_by: null, changed_at: null, reason: null };
	expect((await api.ask("GET", path, { as: tenant.member })).body).toEqual({ active: false, ...nobody });
	const reason = "Retries pile up.\nSee the incident.";
	const on = { active: true, changed_by: "user_owner", changed_at: api.clock().toISOString(), reason };
	const turned = await api.ask("POST", `${path}/enable`, { as: tenant.owner, body: { reason } });
	expect([turned.status, turned.body]).toEqual([200, on]);
	api.pass(60_000);
	const again = await api.ask("POST", `${path}/enable`, {
		as: { ...tenant.owner, userId: "user_second" },
		body: { reason: "I too." },
	});
	expect(again.body).toEqual(on);
	expect((await api.ask("GET", path, { as: tenant.viewer })).body).toEqual(on);
	const off = await api.ask("POST", `${path}/disable`, { as: tenant.owner });
	expect(off.body).toEqual({ ...on, active: false, changed_at: api.clock().toISOString(), reason: null });
	expect((await decisionTrail(api, tenant.id)).map((row) => row.reason)).toEqual([reason, ""]);
	expect((await auditTrail(api, tenant.id))[0]?.metadata).toMatchObject({ reason });
	const empty = await api.ask("POST", `${path}/enable`, { as: tenant.owner, body: { reason: " " } });
	expect([empty.status, empty.body.code]).toEqual([400, "invalid_request"]);
});

test("ten owners who turn it on at once leave one decision", async () => {
	const tenant = await api.makeTenant();
	await Promise.all(
		Array.from({ length: 10 }, () => api.ask("POST", `${path}/enable`, { as: tenant.owner })),
	);
	expect(await decisionTrail(api, tenant.id)).toHaveLength(1);
});

test.each(["member", "viewer"] as const)("is refused to a %s, and stays as it was", async (role) => {
	const tenant = await api.makeTenant();
	const before = await everything(api, tenant.id);
	for (const verb of ["enable", "disable"]) {
		const answer = await api.ask("POST", `${path}/${verb}`, { as: tenant[role] });
		expect([answer.status, answer.body.code]).toEqual([403, "forbidden"]);
	}
	expect(await everything(api, tenant.id)).toEqual(before);
});

test("is each tenant's own", async () => {
	const [tenant, stranger] = [await api.makeTenant(), await api.makeTenant()];
	await api.ask("POST", `${path}/enable`, { as: tenant.owner });
	expect([await isActive(tenant), await isActive(stranger)]).toEqual([true, false]);
});

test("while it is on, execute answers 503, runs nothing, and stores nothing but the refusal", async () => {
	const tenant = await api.makeTenant();
	const body = { project_id: await insertProject(api, tenant.id), action_type: "retry" };
	await api.ask("POST", `${path}/enable`, { as: tenant.owner });
	started = 0;
	const answer = await api.ask("POST", "/v1/control/execute", { as: tenant.owner, body });
	expect([answer.status, answer.body.code]).toEqual([503, "error.kill_switch_active"]);
	expect(started).toBe(0);
	const list = await api.ask("GET", "/v1/control/actions", { as: tenant.owner });
	expect(list.body.actions).toEqual([]);
	expect(await decisionTrail(api, tenant.id)).toHaveLength(1);
	expect((await auditTrail(api, tenant.id)).at(-1)).toMatchObject({
		event: "control_action.refused",
		resourceId: null,
		metadata: { code: "error.kill_switch_active", project_id: body.project_id },
	});
	await api.ask("POST", `${path}/disable`, { as: tenant.owner });
	expect((await api.ask("POST", "/v1/control/execute", { as: tenant.owner, body })).status).toBe(201);
});

test("thrown while 100 executes are in flight, it lets none start after its commit", async () => {
	const tenant = await api.makeTenant();
	const body = { project_id: await insertProject(api, tenant.id), action_type: "retry" };
	started = 0;
	const execute = () => api.ask("POST", "/v1/control/execute", { as: tenant.owner, body });
	const before = Array.from({ length: 50 }, execute);
	const enabled = api.ask("POST", `${path}/enable`, { as: tenant.owner });
	const answers = await Promise.all([...before, ...Array.from({ length: 50 }, execute)]);
	expect((await enabled).status).toBe(200);
	const events = (await auditTrail(api, tenant.id)).map(({ event }) => event);
	const thrown = events.indexOf("kill_switch.enabled");
	const requested = events.filter((event) => event === "control_action.requested");
	expect(events.slice(thrown)).not.toContain("control_action.requested");
	// Whatever the executor was told of had been stored before the switch.
	expect(started).toBe(requested.length);
	expect(requested).toHaveLength(answers.filter(({ status }) => status === 201).length);
	expect(events.filter((event) => event === "control_action.refused")).toHaveLength(
		answers.filter(({ status }) => status === 503).length,
	);
	expect(answers.every(({ status }) => status === 201 || status === 503)).toBe(true);
});
