import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openTestApi, type TestApi, type TestTenant } from "@/test/api";
import { insertRemediation, makeTracedProject, parkRetry, standInExecutor } from "@/test/control-actions";
import { claimsOf, signToken } from "@/test/tokens";
import { type Extension, extensions } from "../../contract/health";
import { createCheckedClient } from "../checked-client";
import { createQueryClient } from "../query-client";
import {
	actionPeopleQuery,
	controlActionQuery,
	controlActionsQuery,
	parkedActionsQuery,
	remediationDiffQuery,
} from "./control";

const executor = standInExecutor();
let api: TestApi;
beforeAll(async () => {
	api = await openTestApi({ executor });
});
beforeEach(() => {
	executor.told.length = 0;
	executor.outcome = { status: "executed", result: { ran: true } };
});
afterAll(() => api.close());

type Person = TestTenant["owner" | "member"] & { userId?: string };

/** The API as one of its people reaches it, and what was asked of it. */
function clientOf(as: Person, announced: readonly Extension[] = extensions) {
	const asked: string[] = [];
	const client = createCheckedClient({
		baseUrl: "",
		extensions: async () => new Set(announced),
		authorize: async () => ({
			authorization: `Bearer ${await signToken(claimsOf({ userId: "user_1", ...as }, api.clock()))}`,
		}),
		fetch: async (path, init) => {
			asked.push(path);
			return api.app.request(path, init);
		},
	});
	return { client, asked };
}

/** A query as a screen asks it, once and without a cache. */
const ask = <Data>(query: { queryKey: readonly unknown[]; queryFn?: unknown }) =>
	createQueryClient().fetchQuery(query as { queryKey: readonly unknown[]; queryFn: () => Promise<Data> });

describe("the list", () => {
	test("is narrowed by all filters where they are announced, and by the trace alone where not", async () => {
		const { tenant, traceId, projectId, execute } = await makeTracedProject(api);
		const { body: retried } = await execute("retry");
		executor.outcome = { status: "failed", result: { error: "no" } };
		const { body: failed } = await execute("fallback_model");
		const filters = { traceId, status: "failed", actionType: "fallback_model", projectId };
		const idsFor = async (announced: readonly Extension[]) => {
			const page = await createQueryClient().fetchInfiniteQuery(
				controlActionsQuery(clientOf(tenant.member, announced).client, filters),
			);
			return page.pages.flatMap(({ actions }) => actions.map(({ id }) => id));
		};
		expect(await idsFor(extensions)).toEqual([failed.id]);
		expect((await idsFor([])).sort()).toEqual([retried.id, failed.id].sort());
	});

	test("gives one action by its id, or finds it in the list where the API has none such", async () => {
		const { tenant, execute } = await makeTracedProject(api);
		const { body } = await execute("retry");
		for (const isSingle of [true, false]) {
			const { client, asked } = clientOf(tenant.member);
			expect(await ask(controlActionQuery(client, body.id, isSingle))).toEqual(body);
			expect(asked[0]).toBe(isSingle ? `/v1/control/actions/${body.id}` : "/v1/control/actions?limit=100");
			await expect(ask(controlActionQuery(client, randomUUID(), isSingle))).rejects.toMatchObject({
				status: 404,
			});
		}
	});
});

describe("a parked action", () => {
	const sent = () => ({ reason: "Not on a Friday.", idempotencyKey: randomUUID() });

	test("is listed to owners; approved it runs once, however often the answer is lost", async () => {
		const { tenant, parked } = await parkRetry(api, executor);
		const { client } = clientOf(tenant.owner);
		expect(await ask(parkedActionsQuery(client))).toEqual([parked]);
		const same = sent();
		const first = await client.decideParkedAction(parked.id, "approve", same);
		expect(first).toMatchObject({ id: parked.id, status: "executed", result: { ran: true } });
		expect(await client.decideParkedAction(parked.id, "approve", same)).toEqual(first);
		expect(executor.told).toHaveLength(1);
		expect(await ask(parkedActionsQuery(client))).toEqual([]);
		await expect(ask(parkedActionsQuery(clientOf(tenant.member).client))).rejects.toMatchObject({
			status: 403,
		});
	});

	test("rejected keeps the reason, and tells whoever comes second who was first", async () => {
		const { tenant, parked } = await parkRetry(api, executor);
		const first = await clientOf({
			...tenant.owner,
			userId: "user_2",
		} as TestTenant["owner"]).client.decideParkedAction(parked.id, "reject", sent());
		expect(first).toMatchObject({
			status: "failed",
			result: { rejected_by: "user_2", reason: "Not on a Friday." },
		});
		await expect(
			clientOf(tenant.owner).client.decideParkedAction(parked.id, "approve", sent()),
		).rejects.toMatchObject({
			code: "already_decided",
			outcome: "refused",
			current: { status: "failed", by: "user_2", reason: "Not on a Friday." },
		});
		expect(executor.told).toHaveLength(0);
	});

	test("is told with who asked for it and who let it run, as far as the audit log says", async () => {
		const { tenant, parked } = await parkRetry(api, executor);
		const { client } = clientOf(tenant.owner);
		expect(await ask(actionPeopleQuery(client, parked))).toEqual({
			asked: { by: "user_owner", at: parked.created_at },
			approved: null,
		});
		api.pass(60_000);
		const approved = await client.decideParkedAction(parked.id, "approve", sent());
		expect(await ask(actionPeopleQuery(client, approved))).toMatchObject({
			asked: { by: "user_owner" },
			approved: { by: "user_1", at: api.clock().toISOString() },
		});
		expect(await ask(actionPeopleQuery(client, { ...parked, id: randomUUID() }))).toEqual({
			asked: null,
			approved: null,
		});
	});
});

describe("what an action has changed", () => {
	test("is there, is not there yet, or will never be there: three answers and no failure", async () => {
		const { tenant, traceId, execute } = await makeTracedProject(api);
		const { body } = await execute("retry");
		const { client } = clientOf(tenant.member);
		const read = () => client.getRemediationDiff(body.id);
		expect(await read()).toMatchObject({ kind: "none", why: expect.stringContaining("nothing to compare") });
		const { evaluate } = await insertRemediation(
			api,
			tenant,
			{ traceId, actionId: body.id },
			{ evaluatedAt: null },
		);
		expect(await read()).toEqual({ kind: "pending", reason: "evaluation_incomplete" });
		await evaluate();
		expect(await read()).toMatchObject({
			kind: "ready",
			diff: { summary: "Shorter.", embedding_similarity: -1 },
		});
		await expect(client.getRemediationDiff(randomUUID())).rejects.toMatchObject({ status: 404 });
	});

	test("a server that answers with the bare reason of the contract is understood as well", async () => {
		const client = createCheckedClient({
			baseUrl: "",
			authorize: async () => ({}),
			fetch: async () => Response.json({ reason: "no_remediated_span" }, { status: 422 }),
		});
		expect(await client.getRemediationDiff("a1")).toEqual({
			kind: "none",
			why: "This action left no remediated span to compare.",
		});
	});

	test("is asked for again after 1, 2, 4 … 30 s while it is not there, and not once somebody has stopped it", () => {
		const action = { id: "a1", updated_at: "2026-11-22T10:00:00.000Z" };
		const { client } = clientOf({ organizationId: "org_1", role: "owner" });
		const pauseAfter = (answers: number, askedBefore: number | null, kind = "pending") => {
			const { refetchInterval } = remediationDiffQuery(client, action, askedBefore);
			const state = { data: { kind }, dataUpdateCount: answers - 1, errorUpdateCount: 1 };
			// The cast: of a query this looks at its state, and of the state at these three.
			return typeof refetchInterval === "function" ? refetchInterval({ state } as never) : refetchInterval;
		};
		expect([1, 2, 3, 9].map((answers) => pauseAfter(answers, 0))).toEqual([1_000, 2_000, 4_000, 30_000]);
		expect(pauseAfter(9, 8)).toBe(1_000);
		expect(pauseAfter(1, null)).toBe(false);
		expect(pauseAfter(1, 0, "ready")).toBe(false);
	});
});
