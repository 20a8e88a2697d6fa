import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { openTestApi, type TestApi } from "@/test/api";
import { makeTracedProject } from "@/test/control-actions";
import { openHttpEndpoint } from "@/test/http-endpoint";
import { auditTrail } from "@/test/rows";
import { remediations, spans } from "../db/schema";
import { webhookExecutor } from "./executors/webhook";
import { settleInterruptedActions } from "./settle-interrupted";

const concurrency = 3;
/** For many requests at once, on a computer that may have other work to do. */
const timeout = 60_000;
const settings = {
	secret: `whsec_${Buffer.from("a secret of sixteen bytes or more").toString("base64")}`,
	timeoutMs: timeout,
	concurrency,
	allowPrivate: true,
};

let endpoint: Awaited<ReturnType<typeof openHttpEndpoint>>;
let api: TestApi;
/** The requests that the endpoint has not answered, while it holds them. */
let held: (() => void)[] | null;

beforeAll(async () => {
	endpoint = await openHttpEndpoint();
	endpoint.respond = (response) => {
		const answer = () => void response.end('{"remediated":{"output":"It is 202 cm."}}');
		if (held === null) answer();
		else held.push(answer);
	};
	const url = `${endpoint.origin}/run`;
	api = await openTestApi({ executor: webhookExecutor({ ...settings, url }, () => api.clock(), []) });
});
beforeEach(() => {
	endpoint.received.length = 0;
	held = null;
});
afterAll(async () => {
	await api.close();
	await endpoint.close();
});

/** Lets go of everything that the endpoint holds, and of what comes later. */
function releaseAll(): void {
	const waiting = held ?? [];
	held = null;
	for (const answer of waiting) answer();
}

async function receivedRequests(count: number): Promise<void> {
	await expect.poll(() => endpoint.received.length, { timeout }).toBe(count);
}

async function makePlace(limits: Parameters<typeof makeTracedProject>[1] = {}) {
	const place = await makeTracedProject(api, limits);
	return {
		...place,
		countsNow: async () => ({
			spans: await api.orm.$count(spans, eq(spans.traceId, place.traceId)),
			remediations: await api.orm.$count(remediations, eq(remediations.tenantId, place.tenant.id)),
		}),
	};
}

test("an action that was given up as interrupted leaves no span when its answer comes after all", async () => {
	held = [];
	const { execute, countsNow, tenant } = await makePlace();
	const request = execute("retry", {}, { "Idempotency-Key": randomUUID() });
	await receivedRequests(1);
	api.pass(120_000);
	expect(await settleInterruptedActions(api.db, api.clock, 60_000)).toBe(1);
	releaseAll();
	const { body } = await request;
	expect(body).toMatchObject({ status: "failed", result: { outcome: "unknown" } });
	expect(body.result.remediated_span_id).toBeUndefined();
	expect(await countsNow()).toEqual({ spans: 2, remediations: 0 });
	expect((await auditTrail(api, tenant.id)).at(-1)).toMatchObject({
		event: "control_action.failed",
		actorId: "system:recovery",
	});
});

test("of 50 at once on one trace the gate lets its limit through: as many requests, spans and diffs", {
	timeout,
}, async () => {
	const { execute, countsNow } = await makePlace({ maxRetryDepth: 10, maxCascadeDepth: 7 });
	const types = ["retry", "fallback_model", "prompt_modification"];
	const answers = await Promise.all(
		Array.from({ length: 50 }, (_, number) => execute(types[number % 3] ?? "")),
	);
	const statuses = answers.map(({ body }) => body.status);
	expect(statuses.filter((status) => status === "executed")).toHaveLength(7);
	expect(statuses.filter((status) => status === "pending_approval")).toHaveLength(43);
	expect(endpoint.received).toHaveLength(7);
	expect(await countsNow()).toEqual({ spans: 2 + 7, remediations: 7 });
});

test("of 100 actions in flight none starts after the kill switch was turned on", { timeout }, async () => {
	held = [];
	const { execute, tenant } = await makePlace();
	const answers = Array.from({ length: 100 }, () => execute("agent_action"));
	await receivedRequests(concurrency);
	const { body } = await api.ask("POST", "/v1/control/killswitch/enable", { as: tenant.owner });
	expect(body).toMatchObject({ active: true });
	expect(endpoint.received).toHaveLength(concurrency);
	releaseAll();
	const ended = (await Promise.all(answers)).map((answer) => answer.body);
	expect(endpoint.received).toHaveLength(concurrency);
	const refused = ended.filter(({ code }) => code === "error.kill_switch_active");
	const stoppedInLine = ended.filter(({ result }) => result?.executed === false);
	expect(refused.length + stoppedInLine.length).toBe(100 - concurrency);
	expect(stoppedInLine.length).toBeGreaterThan(0);
	for (const { result } of stoppedInLine) expect(result.error).toContain("kill switch");
});
