import { randomUUID } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { expect } from "vitest";
import type { Executor, ExecutorOutcome } from "@/server/control/executor";
import { projects, remediations, spans } from "@/server/db/schema";
import type { TestApi, TestTenant } from "./api";
import { insertProject, insertTrace } from "./rows";

type ToldAction = Parameters<Executor["execute"]>[0];

/** An executor that keeps what it was told, does at once what it is asked to, or waits to be let go. */
export function standInExecutor() {
	const told: ToldAction[] = [];
	let hold: Promise<void> | null = null;
	return {
		told,
		/** What the next actions end with. */
		outcome: { status: "executed", result: { ran: true } } as ExecutorOutcome,
		/** Makes the executor wait until the returned function is called. */
		hold(): () => void {
			let release = () => {};
			hold = new Promise((resolve) => {
				release = () => {
					hold = null;
					resolve();
				};
			});
			return release;
		},
		name: "stand-in",
		async execute(action: ToldAction): Promise<ExecutorOutcome> {
			told.push(action);
			if (hold !== null) await hold;
			return this.outcome;
		},
	};
}

/** Waits until the executor has been told so many actions in all. */
export async function toldActions({ told }: { told: unknown[] }, count: number): Promise<void> {
	await expect.poll(() => told.length, { timeout: 10_000 }).toBe(count);
}

interface Limits {
	maxRetryDepth?: number;
	maxCascadeDepth?: number;
}

/** A tenant with a project of these limits and a trace in it, and a short way to ask for an action there. */
export async function makeTracedProject(api: TestApi, limits: Limits = {}) {
	const tenant = await api.makeTenant();
	const projectId = await insertProject(api, tenant.id);
	await api.orm
		.update(projects)
		.set({ maxCascadeDepth: 20, ...limits })
		.where(eq(projects.id, projectId));
	const traceId = await insertTrace(api, tenant.id, projectId);
	const execute = (action_type: string, more: object = {}, headers: Record<string, string> = {}) =>
		api.ask("POST", "/v1/control/execute", {
			as: tenant.owner,
			body: { project_id: projectId, trace_id: traceId, action_type, ...more },
			headers,
		});
	return { tenant, projectId, traceId, execute };
}

/** A parked retry, made as the server makes one: by asking once more than the limit allows. */
export async function parkRetry(
	api: TestApi,
	executor: { told: unknown[] },
	more: object = { payload: { span: "answer" } },
) {
	const place = await makeTracedProject(api, { maxRetryDepth: 1 });
	const first = await place.execute("retry");
	const parked = await place.execute("retry", more);
	expect([first.body.status, parked.body.status]).toEqual(["executed", "pending_approval"]);
	executor.told.length = 0;
	return { ...place, parked: parked.body, path: `/v1/control/actions/${parked.body.id}` };
}

type Remediation = Partial<typeof remediations.$inferInsert>;
type Measure = Pick<typeof spans.$inferInsert, "latencyMs" | "promptTokens" | "completionTokens">;

/** Says that an action has remade the first span of a trace into the second one. */
export async function insertRemediation(
	{ orm, clock }: TestApi,
	{ id: tenantId }: Pick<TestTenant, "id">,
	{ traceId, actionId }: { traceId: string; actionId: string },
	{
		original = {},
		remediated = {},
		...more
	}: Remediation & { original?: Measure; remediated?: Measure } = {},
) {
	const [originalSpanId, remediatedSpanId] = [randomUUID(), randomUUID()];
	const span = { tenantId, traceId, type: "llm" as const, createdAt: clock() };
	await orm.insert(spans).values([
		{ ...span, ...original, id: originalSpanId, name: "answer" },
		{ ...span, ...remediated, id: remediatedSpanId, name: "answer again" },
	]);
	await orm.insert(remediations).values({
		actionId,
		tenantId,
		originalSpanId,
		remediatedSpanId,
		scoreDeltas: [],
		summary: "Shorter.",
		evaluatedAt: clock(),
		createdAt: clock(),
		...more,
	});
	return {
		originalSpanId,
		remediatedSpanId,
		/** Marks the evaluation as complete. */
		evaluate: () =>
			orm
				.update(remediations)
				.set({ evaluatedAt: clock() })
				.where(and(eq(remediations.tenantId, tenantId), eq(remediations.actionId, actionId))),
	};
}
