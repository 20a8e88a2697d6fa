import { rm } from "node:fs/promises";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestApi, type TestApi, type TestTenant } from "@/test/api";
import { startChild } from "@/test/child";
import { makeDataDir } from "@/test/data-dir";
import { createDatabase, startPostgres } from "@/test/postgres";
import { insertDeployment, insertProject } from "@/test/rows";
import { authorizedParty, claimsOf, issuer, publicKeyPem, signToken } from "@/test/tokens";
import { settings } from "./db/schema";
import { describeError } from "./log";

/** The log may say that “Bearer <token>” was expected. */
const secret = /canary|Bearer (?!<)|eyJ/;

describe("no line of the log tells a token, a body or a query", () => {
	let api: TestApi;
	let tenant: TestTenant;
	let projectId: string;
	let deploymentId: string;
	beforeAll(async () => {
		api = await openTestApi();
		tenant = await api.makeTenant();
		projectId = await insertProject(api, tenant.id);
		deploymentId = await insertDeployment(api, tenant.id, { projectId });
	});
	afterAll(() => api.close());

	/** Asks, and returns the status with what the log says of it. */
	async function logged(...asked: Parameters<TestApi["ask"]>): Promise<[number, string]> {
		const { status, headers } = await api.ask(...asked);
		const id = headers.get("X-Request-Id");
		const lines = api.logLines.filter(({ request_id }) => request_id === id);
		expect(lines).toHaveLength(1);
		return [status, JSON.stringify(lines)];
	}

	const proposal = () => ({
		project_id: projectId,
		cluster_signature: "canary-signature",
		current_prompt: "canary-before",
		proposed_prompt: "canary-after",
		rationale: "canary-why",
		ab_report: { "canary-metric": "canary" },
		status: "ab_passed",
	});
	const deployments = "/v1/prompts/deployments";

	test.each<[number, string, () => Parameters<TestApi["ask"]>]>([
		[201, "a proposal", () => ["POST", deployments, { as: tenant.owner, body: proposal() }]],
		[
			200,
			"a decision with a reason and a key",
			() => [
				"POST",
				`${deployments}/${deploymentId}/reject`,
				{ as: tenant.owner, body: { reason: "canary-reason" }, headers: { "Idempotency-Key": "canary-key" } },
			],
		],
		[
			409,
			"a decision that comes too late",
			() => [
				"POST",
				`${deployments}/${deploymentId}/reject`,
				{ as: tenant.owner, body: { reason: "canary" } },
			],
		],
		[
			201,
			"an action with a payload",
			() => [
				"POST",
				"/v1/control/execute",
				{
					as: tenant.owner,
					body: { project_id: projectId, action_type: "retry", payload: { canary: "canary" } },
				},
			],
		],
		[
			401,
			"a token that is none",
			() => ["GET", "/v1/projects", { headers: { Authorization: "Bearer tl_canary" } }],
		],
		[401, "a token of another kind", () => ["GET", "/v1/projects", { headers: { Authorization: "canary" } }]],
		[400, "a query", () => ["GET", `${deployments}?status=canary&canary=canary`, { as: tenant.owner }]],
		[400, "a body that is not JSON", () => ["POST", deployments, { as: tenant.owner, body: "{canary" }]],
		[400, "unknown fields", () => ["POST", deployments, { as: tenant.owner, body: { canary: "canary" } }]],
		[
			413,
			"a large body",
			() => ["POST", "/v1/projects", { as: tenant.owner, body: { name: "canary".repeat(20_000) } }],
		],
		[
			403,
			"a refusal",
			() => [
				"POST",
				`${deployments}/${deploymentId}/reject`,
				{ as: tenant.viewer, body: { reason: "canary" } },
			],
		],
		[
			404,
			"a path that is not there, with a query",
			() => ["GET", "/none?canary=canary", { as: tenant.owner }],
		],
		[
			405,
			"a method that is not there",
			() => ["DELETE", `${deployments}?canary`, { as: tenant.owner, body: '"canary"' }],
		],
	])("%i: %s", async (expected, _, asked) => {
		const [status, lines] = await logged(...asked());
		expect(status).toBe(expected);
		expect(lines).not.toMatch(secret);
	});

	test("500: a database that quotes the value which it does not take", async () => {
		await api.orm.execute(
			sql`alter table deployments add constraint no_canary check (rationale <> 'canary-why') not valid`,
		);
		const body = { ...proposal(), proposed_prompt: "canary-other" };
		const [status, lines] = await logged("POST", deployments, { as: tenant.owner, body });
		expect(status).toBe(500);
		expect(lines).toContain('"code":"23514"');
		expect(lines).not.toMatch(secret);
	});

	test("500: an answer that does not keep the contract", async () => {
		const id = await insertDeployment(api, tenant.id, { projectId });
		await api.orm.execute(sql`update deployments set status = 'canary' where id = ${id}`);
		const [status, lines] = await logged("GET", `${deployments}/${id}?`, { as: tenant.owner });
		expect(status).toBe(500);
		expect(lines).not.toMatch(secret);
	});

	test("an error of the query builder is told without its values, and without the database's quotes of them", async () => {
		const failures = [
			api.orm.execute(sql`select ${"canary"}::uuid`),
			api.orm.insert(settings).values([
				{ key: "canary", value: "canary" },
				{ key: "canary", value: "canary" },
			]),
		];
		const told = await Promise.all(failures.map((failure) => failure.then(() => null, describeError)));
		expect(told).toMatchObject([{ code: "22P02" }, { code: "23505" }]);
		expect(JSON.stringify(told)).not.toMatch(secret);
	});
});

test("the program writes neither the password of its database nor what it is sent, on any of its outputs", async () => {
	const dataDir = await makeDataDir("log");
	const postgres = await startPostgres();
	const { url: databaseUrl, drop } = await createDatabase(postgres.url);
	const { password } = new URL(databaseUrl);
	expect(password).not.toBe("");
	const child = startChild("server/main.ts", [], {
		API_PORT: "0",
		CLERK_ISSUER: issuer,
		CLERK_JWT_KEY: publicKeyPem().replaceAll("\n", ""),
		CLERK_AUTHORIZED_PARTIES: authorizedParty,
		COUNTERSIGN_DATA_DIR: dataDir,
		COUNTERSIGN_TRUST_TOKEN_ROLES: "1",
		DATABASE_URL: databaseUrl,
	});
	await child.says('"event":"listening"');
	const url = /"event":"listening","url":"([^"]+)"/.exec(child.stdout())?.[1] ?? "";
	const person = { organizationId: "org_a", userId: "user_a", role: "owner" as const };
	const headers = {
		Authorization: `Bearer ${await signToken(claimsOf(person, new Date()))}`,
		"Content-Type": "application/json",
	};
	expect((await fetch(`${url}/v1/projects?canary=canary`, { headers })).status).toBe(200);
	await fetch(`${url}/v1/projects`, { method: "POST", headers, body: '{"name":"canary"}' });
	// Nothing is left to ask: every request fails in the database, and the log says how.
	await drop();
	expect((await fetch(`${url}/v1/projects`, { headers })).status).toBeGreaterThanOrEqual(500);
	child.process.kill("SIGTERM");
	await child.ended;
	const said = child.stdout() + child.stderr();
	expect(said).toContain('"event":"database"');
	expect(said).toContain('"level":"error"');
	expect(said).not.toContain(password);
	expect(said).not.toMatch(secret);
	await postgres.stop();
	await rm(dataDir, { recursive: true, force: true });
}, 90_000);
