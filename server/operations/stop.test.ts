import { rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startChild } from "@/test/child";
import { makeDataDir } from "@/test/data-dir";
import { authorizedParty, claimsOf, issuer, publicKeyPem, signToken } from "@/test/tokens";

let dataDir: string;
beforeAll(async () => {
	dataDir = await makeDataDir("stop");
});
afterAll(() => rm(dataDir, { recursive: true, force: true }));

const person = { organizationId: "org_a", userId: "user_a", role: "owner" as const };

test("on SIGTERM /ready says no first, streams end, others are still answered, and what is in flight ends well", async () => {
	let isRunning: () => void = () => undefined;
	const running = new Promise<void>((resolve) => {
		isRunning = resolve;
	});
	let answerExecutor: () => void = () => undefined;
	const executor = createServer((_request, response) => {
		answerExecutor = () => response.end('{"ran":true}');
		isRunning();
	});
	await new Promise<void>((resolve) => executor.listen(0, "127.0.0.1", resolve));
	const { port } = executor.address() as AddressInfo;
	const child = startChild("server/main.ts", [], {
		API_PORT: "0",
		CLERK_ISSUER: issuer,
		CLERK_JWT_KEY: publicKeyPem().replaceAll("\n", ""),
		CLERK_AUTHORIZED_PARTIES: authorizedParty,
		COUNTERSIGN_DATA_DIR: dataDir,
		COUNTERSIGN_TRUST_TOKEN_ROLES: "1",
		COUNTERSIGN_STOP_DELAY_MS: "3000",
		COUNTERSIGN_EXECUTOR_ALLOW_PRIVATE: "1",
		COUNTERSIGN_EXECUTOR_WEBHOOK_URL: `http://127.0.0.1:${port}/`,
		COUNTERSIGN_EXECUTOR_WEBHOOK_SECRET: `whsec_${"A".repeat(32)}`,
	});
	await child.says('"event":"listening"');
	const url = /"url":"([^"]+)"/.exec(child.stdout())?.[1] ?? "";
	const headers = {
		Authorization: `Bearer ${await signToken(claimsOf(person, new Date()))}`,
		"Content-Type": "application/json",
	};
	const post = (path: string, body: object) =>
		fetch(`${url}${path}`, { method: "POST", headers, body: JSON.stringify(body) });
	const project = await (await post("/v1/projects", { name: "In flight" })).json();
	expect((await fetch(`${url}/ready`)).status).toBe(200);
	const inFlight = post("/v1/control/execute", { project_id: project.id, action_type: "retry" });
	await running;
	// Would go on for two minutes.
	const events = await fetch(`${url}/v1/events`, { headers });
	expect(events.status).toBe(200);

	child.process.kill("SIGTERM");
	await child.says('"event":"stopping"');
	const ready = await fetch(`${url}/ready`);
	expect([ready.status, (await ready.json()).error]).toEqual([503, "Not ready: the server is stopping."]);
	expect((await fetch(`${url}/health`)).status).toBe(200);
	expect(await events.text()).toContain("event: hello");
	expect((await fetch(`${url}/v1/events`, { headers })).status).toBe(503);
	expect((await fetch(`${url}/v1/projects`, { headers })).status).toBe(200);
	answerExecutor();
	const answer = await inFlight;
	expect([answer.status, (await answer.json()).status]).toEqual([201, "executed"]);

	expect(await child.ended).toBe(0);
	await expect(fetch(`${url}/ready`)).rejects.toThrow();
	executor.close();
	executor.closeAllConnections();
}, 60_000);
