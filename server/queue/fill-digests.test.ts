import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { digestVersion } from "@/lib/rules/queue-digest";
import { openTestApi, type TestApi, type TestTenant } from "@/test/api";
import { everything, insertDeployment, insertDeployments, insertProject } from "@/test/rows";
import { startHousekeeping } from "../housekeeping";
import { fillDigests } from "./fill-digests";

const prompts = "/v1/prompts";
let api: TestApi;
beforeAll(async () => {
	api = await openTestApi();
});
afterAll(() => api.close());

const never = () => false;
const rowOf = async (tenant: TestTenant, id: string) =>
	(await api.ask("GET", `${prompts}/queue/rows?ids=${id}`, { as: tenant.owner })).body.items[0];
const isRead = { words_added: 2, words_removed: 0, verdict: "untested", effect: null };

/** Large enough to be read later. */
const long = `${"z".repeat(99)}\n`.repeat(510);

async function propose(tenant: TestTenant, body: object) {
	const project_id = await insertProject(api, tenant.id);
	const answer = await api.ask("POST", `${prompts}/deployments`, {
		as: tenant.owner,
		body: {
			project_id,
			cluster_signature: "sha256:x",
			current_prompt: "You help.",
			proposed_prompt: "You help very well.",
			...body,
		},
	});
	expect(answer.status).toBe(201);
	return answer.body.id as string;
}

test("a proposal of the usual size has its digest at once, also when it ships by itself", async () => {
	const tenant = await api.makeTenant();
	expect((await rowOf(tenant, await propose(tenant, {}))).digest).toMatchObject(isRead);
	const report = { correctness_baseline: 0.42, correctness_candidate: 0.71, sample_size: 80 };
	const tested = await propose(tenant, { status: "ab_passed", ab_report: report });
	expect((await rowOf(tenant, tested)).digest).toMatchObject({ verdict: "better", effect: 0.29 });
});

test("a long proposal, and one with a long report, have theirs a moment later", async () => {
	const tenant = await api.makeTenant();
	const ab_report = Object.fromEntries(
		Array.from({ length: 2_000 }, (_, index) => [`note_${index}`, "x".repeat(9)]),
	);
	const ids = [
		await propose(tenant, { current_prompt: long, proposed_prompt: `${long}Always so.` }),
		await propose(tenant, { ab_report, status: "ab_failed" }),
	];
	for (const id of ids) expect((await rowOf(tenant, id)).digest).toBeNull();
	await fillDigests(api.db, api.clock, never);
	expect((await rowOf(tenant, ids[0] ?? "")).digest).toMatchObject({ ...isRead });
	expect((await rowOf(tenant, ids[1] ?? "")).digest).toMatchObject({ verdict: "none" });
});

test("housekeeping reads what nobody has read, or an older version of it, and changes nothing else", async () => {
	const tenant = await api.makeTenant();
	const id = await insertDeployment(api, tenant.id);
	const older = await insertDeployment(api, tenant.id, { digestVersion: digestVersion - 1, wordsAdded: 900 });
	const tag = async () =>
		(await api.ask("GET", `${prompts}/deployments/${id}`, { as: tenant.owner })).headers.get("ETag");
	const before = { tag: await tag(), row: await rowOf(tenant, id), all: await everything(api, tenant.id) };
	api.pass(60_000);
	const log = { info: () => undefined, error: () => expect.unreachable() };
	const housekeeping = await startHousekeeping({ db: api.db, clock: api.clock, log, executorTimeoutMs: 0 });
	await expect.poll(async () => (await rowOf(tenant, id)).digest, { timeout: 10_000 }).not.toBeNull();
	await housekeeping.stop();
	expect(await rowOf(tenant, id)).toEqual({ ...before.row, digest: expect.anything() });
	expect((await rowOf(tenant, older)).digest.words_added).toBeLessThan(10);
	expect(await tag()).toBe(before.tag);
	const withoutDigests = (lines: string[]) => lines.filter((line) => !line.startsWith("deployments "));
	expect(withoutDigests(await everything(api, tenant.id))).toEqual(withoutDigests(before.all));
});

test("several servers share the work: each row is read once", async () => {
	const tenant = await api.makeTenant();
	const projectId = await insertProject(api, tenant.id);
	await fillDigests(api.db, api.clock, never);
	await insertDeployments(api, tenant.id, projectId, 60);
	const filled = await Promise.all([1, 2, 3].map(() => fillDigests(api.db, api.clock, never)));
	expect(filled.map(({ read }) => read).reduce((sum, read) => sum + read)).toBe(60);
	expect(filled.flatMap(({ failed }) => failed)).toEqual([]);
	expect((await fillDigests(api.db, api.clock, never)).read).toBe(0);
});

test("one that is told to stop gives back what it has not read, and one that was killed is not waited for", async () => {
	const tenant = await api.makeTenant();
	const projectId = await insertProject(api, tenant.id);
	await insertDeployments(api, tenant.id, projectId, 10);
	let looks = 0;
	// Once before the first portion, then once for each row.
	const stopsSoon = () => {
		looks += 1;
		return looks > 4;
	};
	expect((await fillDigests(api.db, api.clock, stopsSoon)).read).toBe(3);
	await api.orm.execute(sql`
		update deployments set digest_claimed_at = ${api.clock().toISOString()}
		where tenant_id = ${tenant.id} and digest_version is null and id in (
			select id from deployments where tenant_id = ${tenant.id} and digest_version is null limit 2
		)
	`);
	expect((await fillDigests(api.db, api.clock, never)).read).toBe(5);
	api.pass(600_000);
	expect((await fillDigests(api.db, api.clock, never)).read).toBe(2);
});

test("a text that is changed loses its digest, and one that changes while it is read gets none of the old text", async () => {
	const tenant = await api.makeTenant();
	const id = await insertDeployment(api, tenant.id);
	await fillDigests(api.db, api.clock, never);
	expect((await rowOf(tenant, id)).digest).not.toBeNull();
	const change = (text: string) =>
		api.orm.execute(sql`update deployments set proposed_prompt = ${text} where id = ${id}`);
	await change("You help well and long.");
	expect((await rowOf(tenant, id)).digest).toBeNull();
	let changing: Promise<unknown> | undefined;
	let looks = 0;
	// The second look is after the claim: what is written then no longer holds.
	const changes = () => {
		looks += 1;
		if (looks === 2) changing = change("You help.");
		return false;
	};
	await fillDigests(api.db, api.clock, changes);
	await changing;
	await fillDigests(api.db, api.clock, never);
	expect((await rowOf(tenant, id)).digest).toMatchObject({ words_added: 0, words_removed: 0, findings: 0 });
});

test("the index of what is to be read knows the version that the code writes", async () => {
	const { rows } = (await api.orm.execute(
		sql`select indexdef from pg_indexes where indexname = 'deployments_without_digest'`,
	)) as unknown as { rows: { indexdef: string }[] };
	expect(rows[0]?.indexdef).toMatch(new RegExp(`COALESCE\\(digest_version, 0\\) < ${digestVersion}\\)`));
});

test("a decision judges the report again: what contradicted the state before need not any more", async () => {
	const tenant = await api.makeTenant();
	const ab_report = { correctness_baseline: 0.71, correctness_candidate: 0.42, sample_size: 80 };
	const id = await propose(tenant, { ab_report, status: "ab_passed" });
	expect((await rowOf(tenant, id)).digest.verdict).toBe("contradictory");
	await api.ask("POST", `${prompts}/deployments/${id}/reject`, { as: tenant.owner });
	expect((await rowOf(tenant, id)).digest.verdict).toBe("worse");
});
