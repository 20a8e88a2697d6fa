import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { errorBodySchema } from "@/lib/contract/error";
import { openTestApi, type TestApi } from "@/test/api";
import { insertDeployment, insertProject } from "@/test/rows";
import { createLog } from "./log";

let api: TestApi;
beforeAll(async () => {
	api = await openTestApi();
});
afterAll(() => api.close());

test("every answer is private, not stored, not sniffed, and carries its request id", async () => {
	const tenant = await api.makeTenant();
	for (const [path, as] of [
		["/health", null],
		["/none", null],
		["/v1/projects", null],
		["/v1/projects", tenant.owner],
	] as const) {
		const { headers } = await api.ask("GET", path, { as });
		expect(headers.get("Cache-Control")).toBe("private, no-store");
		expect(headers.get("X-Content-Type-Options")).toBe("nosniff");
		expect(headers.get("Content-Type")).toBe("application/json");
		expect(headers.get("X-Request-Id")).toMatch(/^[0-9a-f-]{36}$/);
	}
});

test("a sane request id is kept, any other is replaced", async () => {
	const ask = async (id: string) =>
		(await api.ask("GET", "/none", { headers: { "X-Request-Id": id } })).body.request_id;
	expect(await ask("trace-1:2.3_4")).toBe("trace-1:2.3_4");
	for (const bad of ["", "a b", '"}', "x".repeat(101)]) expect(await ask(bad)).toMatch(/^[0-9a-f-]{36}$/);
});

test("an error that we did not expect has fixed words; its cause is in the log, prompts and tokens are not", async () => {
	const tenant = await api.makeTenant();
	const body = {
		project_id: await insertProject(api, tenant.id),
		cluster_signature: "canary-signature",
		current_prompt: "canary-prompt",
		proposed_prompt: "canary-proposal",
	};
	await api.orm.execute(sql`alter table deployments rename to elsewhere`);
	const answer = await api.ask("POST", "/v1/prompts/deployments", { as: tenant.owner, body });
	await api.orm.execute(sql`alter table elsewhere rename to deployments`);
	expect(answer.status).toBe(500);
	expect(errorBodySchema.parse(answer.body)).toEqual({
		error: "Something went wrong on our side. The request id helps us find out what.",
		code: "internal",
		request_id: answer.headers.get("X-Request-Id"),
	});
	const line = api.logLines.find(({ request_id }) => request_id === answer.body.request_id);
	expect(line).toMatchObject({ level: "error", event: "request", status: 500, method: "POST" });
	expect(JSON.stringify(line)).toContain("deployments");
	expect(JSON.stringify(api.logLines)).not.toMatch(/canary|Bearer|eyJ/);
});

test("an answer that would break the contract does not leave", async () => {
	const tenant = await api.makeTenant();
	const id = await insertDeployment(api, tenant.id);
	await api.orm.execute(sql`update deployments set status = 'quarantined' where id = ${id}`);
	const answer = await api.ask("GET", `/v1/prompts/deployments/${id}`, { as: tenant.owner });
	expect([answer.status, answer.body.code]).toEqual([500, "internal"]);
});

test("each request is one line of JSON, whatever its path holds", async () => {
	const lines: string[] = [];
	const log = createLog((line) => lines.push(line));
	log.info("request", { path: '/x\n{"level":"info","event":"forged"}\u001b[31m' });
	expect(lines).toHaveLength(1);
	expect(lines[0]?.trimEnd()).not.toContain("\n");
	expect(JSON.parse(lines[0] ?? "")).toMatchObject({ level: "info", event: "request" });
	const tenant = await api.makeTenant();
	await api.ask("GET", "/v1/projects", { as: tenant.owner });
	expect(api.logLines.at(-1)).toMatchObject({
		level: "info",
		event: "request",
		path: "/v1/projects",
		status: 200,
		actor_id: "user_owner",
		tenant_id: tenant.id,
	});
});
