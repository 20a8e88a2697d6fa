import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { openTestApi, type TestApi, type TestTenant } from "@/test/api";

const start = new Date("2026-11-22T10:00:00.000Z");

let api: TestApi;
beforeAll(async () => {
	api = await openTestApi({ writesPerMinute: 2 });
});
afterAll(() => api.close());

let tenant: TestTenant;
beforeEach(async () => {
	tenant = await api.makeTenant();
	// Only what the limiter looks at: its timers do nothing but tidy up.
	vi.useFakeTimers({ toFake: ["Date"], now: start });
});
afterEach(() => {
	vi.useRealTimers();
});

type Person = TestTenant["owner"] | TestTenant["member"] | TestTenant["viewer"];
const write = (as: Person & { userId?: string }) =>
	api.ask("POST", "/v1/control/killswitch/enable", { as, body: {} });

async function writeToTheLimit(as: Person): Promise<void> {
	for (let count = 0; count < 2; count += 1) expect((await write(as)).status).toBe(200);
}

function limitOf({ headers }: { headers: Headers }) {
	return ["Limit", "Remaining", "Reset"].map((name) => headers.get(`X-RateLimit-${name}`));
}

test("each write says how many are left and when they are all back; the next one is 429", async () => {
	const { owner } = tenant;
	expect(limitOf(await write(owner))).toEqual(["2", "1", "60"]);
	vi.setSystemTime(start.getTime() + 20_001);
	expect(limitOf(await write(owner))).toEqual(["2", "0", "40"]);
	const refused = await write(owner);
	expect([refused.status, refused.body.code]).toEqual([429, "rate_limited"]);
	expect(refused.body.error).toBe("You may change something 2 times a minute: wait 40 s and try again.");
	expect(limitOf(refused)).toEqual(["2", "0", "40"]);
	expect(refused.headers.get("Retry-After")).toBe("40");
});

test("after the wait that was named, and not before, the count begins anew", async () => {
	await writeToTheLimit(tenant.owner);
	vi.setSystemTime(start.getTime() + 59_999);
	const refused = await write(tenant.owner);
	expect([refused.status, refused.headers.get("Retry-After")]).toEqual([429, "1"]);
	vi.setSystemTime(start.getTime() + 60_000);
	expect((await write(tenant.owner)).status).toBe(200);
});

test("one caller's limit is nobody else's: not another person's, not the same person's in another tenant", async () => {
	const elsewhere = await api.makeTenant();
	await writeToTheLimit(tenant.owner);
	expect((await write(tenant.owner)).status).toBe(429);
	expect((await write({ ...tenant.owner, userId: "user_other" })).status).toBe(200);
	expect((await write(elsewhere.owner)).status).toBe(200);
});

test("reads are neither counted nor refused, and say nothing of it", async () => {
	await writeToTheLimit(tenant.owner);
	for (const method of ["GET", "HEAD"]) {
		const read = await api.ask(method, "/v1/projects", { as: tenant.owner });
		expect([read.status, ...limitOf(read)]).toEqual([200, null, null, null]);
	}
});

test("a write that is refused for what it asks counts as well, whatever path it asks it of", async () => {
	const { owner, viewer } = tenant;
	expect((await api.ask("POST", "/v1/projects", { as: owner, body: "{" })).status).toBe(400);
	expect((await api.ask("DELETE", "/v1/nothing", { as: owner })).status).toBe(404);
	expect((await write(owner)).status).toBe(429);
	const forbidden = await write(viewer);
	expect([forbidden.status, ...limitOf(forbidden)]).toEqual([403, "2", "1", "60"]);
});

test("the body of a write over the limit is not read", async () => {
	await writeToTheLimit(tenant.owner);
	const { status } = await api.ask("POST", "/v1/projects", { as: tenant.owner, body: "{not even JSON" });
	expect(status).toBe(429);
});

test("who has no valid token is refused before anything is counted", async () => {
	for (let count = 0; count < 3; count += 1) {
		const { status, headers } = await api.ask("POST", "/v1/projects", { body: {} });
		expect([status, headers.get("X-RateLimit-Limit")]).toEqual([401, null]);
	}
});

test("0 is without a limit", async () => {
	const unlimited = await openTestApi({ writesPerMinute: 0 });
	const { owner } = await unlimited.makeTenant();
	for (let count = 0; count < 20; count += 1) {
		const answer = await unlimited.ask("POST", "/v1/control/killswitch/enable", { as: owner, body: {} });
		expect([answer.status, ...limitOf(answer)]).toEqual([200, null, null, null]);
	}
	await unlimited.close();
});
