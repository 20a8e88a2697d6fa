import { randomUUID } from "node:crypto";
import { readdir, rm } from "node:fs/promises";
import { createServer as createHttpServer, request } from "node:http";
import { type AddressInfo, createServer, connect as openSocket } from "node:net";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { type Child, startChild } from "@/test/child";
import { makeDataDir } from "@/test/data-dir";
import { authorizedParty, claimsOf, issuer, publicKeyPem, signToken } from "@/test/tokens";
import { readEnvironment } from "./environment";
import { createLog } from "./log";
import { type RunningApi, startApi } from "./start";

let dataDir: string;
let variables: Record<string, string>;
beforeAll(async () => {
	dataDir = await makeDataDir("start");
	variables = {
		API_PORT: "0",
		CLERK_ISSUER: issuer,
		CLERK_JWT_KEY: publicKeyPem().replaceAll("\n", ""),
		CLERK_AUTHORIZED_PARTIES: authorizedParty,
		COUNTERSIGN_DATA_DIR: dataDir,
		COUNTERSIGN_TRUST_TOKEN_ROLES: "1",
	};
});
afterAll(() => rm(dataDir, { recursive: true, force: true }));
const silent = createLog(() => undefined);

const person = { organizationId: "org_a", userId: "user_a", role: "owner" as const };
const authorization = async () => `Bearer ${await signToken(claimsOf(person, new Date()))}`;

describe("over real HTTP", () => {
	let api: RunningApi;
	beforeAll(async () => {
		api = await startApi({
			environment: readEnvironment(variables),
			log: silent,
			beforeListening: async ({ db }) => void (await db.asOwner((tx) => tx.orm.execute(sql`select 1`))),
		});
	}, 60_000);
	afterAll(() => api.stop());

	test("it answers whoever has a token", async () => {
		const answer = await fetch(`${api.url}/v1/projects`, {
			headers: { Authorization: await authorization() },
		});
		expect([answer.status, await answer.json()]).toEqual([200, { projects: [] }]);
	});

	test("two Authorization headers are 401", async () => {
		const token = await authorization();
		const status = await new Promise((resolve, reject) => {
			const headers = ["Host", "localhost", "Authorization", token, "Authorization", token];
			const sent = request(`${api.url}/v1/projects`, { headers }, (response) => {
				response.resume();
				resolve(response.statusCode);
			});
			sent.on("error", reject);
			sent.end();
		});
		expect(status).toBe(401);
	});

	test("a body over the limit is 413 by its length and in chunks", async () => {
		const headers = { Authorization: await authorization(), "Content-Type": "application/json" };
		const large = `{"name":"${"x".repeat(70_000)}"}`;
		const byLength = await fetch(`${api.url}/v1/projects`, { method: "POST", headers, body: large });
		expect(byLength.status).toBe(413);
		const chunked = await fetch(`${api.url}/v1/projects`, {
			method: "POST",
			headers,
			body: new Blob([large]).stream(),
			duplex: "half",
		} as RequestInit);
		expect(chunked.status).toBe(413);
	});

	test.each(["approve", "reject"])(
		"a body of %s that may be left out is read when there is one, by its length and in chunks",
		async (verb) => {
			const headers = { Authorization: await authorization(), "Content-Type": "application/json" };
			const url = `${api.url}/v1/prompts/deployments/${randomUUID()}/${verb}`;
			const decide = async (init: RequestInit) =>
				(await fetch(url, { method: "POST", headers, ...init })).status;
			expect(await decide({})).toBe(404);
			expect(await decide({ body: "{}" })).toBe(404);
			expect(await decide({ body: "{" })).toBe(400);
			expect(await decide({ body: new Blob(["{"]).stream(), duplex: "half" } as RequestInit)).toBe(400);
		},
	);

	test("a header of 20 KB is 431, and a broken request 400, without our help", async () => {
		const answer = await fetch(`${api.url}/health`, { headers: { "X-Long": "x".repeat(20_000) } });
		expect(answer.status).toBe(431);
		const { port, hostname } = new URL(api.url);
		const text = await new Promise<string>((resolve) => {
			const socket = openSocket(Number(port), hostname, () => socket.end("NONSENSE\r\n\r\n"));
			socket.once("data", (data) => resolve(String(data)));
		});
		expect(text).toContain("400 Bad Request");
	});
});

test("stopping lets a request in flight finish, and takes no more", async () => {
	let isRunning: () => void = () => undefined;
	const running = new Promise<void>((resolve) => {
		isRunning = resolve;
	});
	let finish: () => void = () => undefined;
	const executor = createHttpServer((_request, response) => {
		finish = () => response.end('{"ran":true}');
		isRunning();
	});
	await new Promise<void>((resolve) => executor.listen(0, "127.0.0.1", resolve));
	const { port } = executor.address() as AddressInfo;
	const api = await startApi({
		environment: readEnvironment({
			...variables,
			COUNTERSIGN_EXECUTOR_WEBHOOK_URL: `http://127.0.0.1:${port}/`,
			COUNTERSIGN_EXECUTOR_WEBHOOK_SECRET: `whsec_${"A".repeat(32)}`,
			COUNTERSIGN_EXECUTOR_ALLOW_PRIVATE: "1",
		}),
		log: silent,
	});
	const headers = { Authorization: await authorization(), "Content-Type": "application/json" };
	const post = (path: string, body: object) =>
		fetch(`${api.url}${path}`, { method: "POST", headers, body: JSON.stringify(body) });
	const project = await (await post("/v1/projects", { name: "In flight" })).json();
	const inFlight = post("/v1/control/execute", { project_id: project.id, action_type: "retry" });
	await running;
	const stopping = api.stop();
	await vi.waitFor(() => expect(fetch(`${api.url}/health`)).rejects.toThrow(), 5000);
	finish();
	const answer = await inFlight;
	expect([answer.status, await answer.json()]).toMatchObject([
		201,
		{ status: "executed", result: { ran: true } },
	]);
	await stopping;
	executor.close();
	executor.closeAllConnections();
}, 60_000);

test("with CLERK_SECRET_KEY a write waits for what Clerk says of the role, and a read does not", async () => {
	const asked: (string | undefined)[] = [];
	const clerk = createHttpServer(({ url, headers }, response) => {
		asked.push(url, headers.authorization);
		response.writeHead(200, { "Content-Type": "application/json" });
		response.end('{"data":[],"total_count":0}');
	});
	await new Promise<void>((resolve) => clerk.listen(0, "127.0.0.1", resolve));
	const { port } = clerk.address() as AddressInfo;
	const api = await startApi({
		environment: readEnvironment({
			...variables,
			CLERK_SECRET_KEY: "sk_test_x",
			CLERK_API_URL: `http://127.0.0.1:${port}`,
		}),
		log: silent,
	});
	const headers = { Authorization: await authorization(), "Content-Type": "application/json" };
	const projects = `${api.url}/v1/projects`;
	expect((await fetch(projects, { headers })).status).toBe(200);
	expect(asked).toEqual([]);
	const refused = await fetch(projects, { method: "POST", headers, body: '{"name":"Gone"}' });
	expect(refused.status).toBe(403);
	expect(asked).toEqual(["/v1/organizations/org_a/memberships?user_id=user_a", "Bearer sk_test_x"]);
	await api.stop();
	clerk.close();
	clerk.closeAllConnections();
}, 60_000);

describe("the program", () => {
	let child: Child | undefined;
	afterEach(async () => {
		child?.process.kill("SIGKILL");
		await child?.ended;
		child = undefined;
	});
	const main = (more: Record<string, string> = {}) =>
		startChild("server/main.ts", [], { ...variables, ...more });

	test.each(["SIGTERM", "SIGINT", "disconnect"] as const)(
		"stops on %s with code 0, and leaves the database to the next one",
		async (reason) => {
			child = main();
			await child.says('"event":"listening"');
			if (reason === "disconnect") child.process.disconnect();
			else child.process.kill(reason);
			expect(await child.ended).toBe(0);
			expect(await readdir(join(dataDir, "database.lock"))).toEqual([]);
			expect(child.stderr()).toBe("");
		},
		60_000,
	);

	test("says in one sentence that the database is open elsewhere, and exits with 1", async () => {
		child = main();
		await child.says('"event":"listening"');
		const second = main();
		expect(await second.ended).toBe(1);
		expect(second.stderr()).toMatch(/^The database in .* is open in another process \(pid \d+\).*\.\n$/);
		expect(second.stderr()).toContain(`pid ${child.process.pid}`);
	}, 60_000);

	test("says in one sentence that its port is taken, and exits with 1", async () => {
		const server = createServer();
		await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
		const address = server.address();
		const port = typeof address === "object" && address !== null ? String(address.port) : "";
		child = main({ API_PORT: port });
		expect(await child.ended).toBe(1);
		server.close();
		expect(child.stderr()).toBe(
			`Port ${port} on 127.0.0.1 is taken by another program: stop it, or set API_PORT to a free port.\n`,
		);
		expect(await readdir(join(dataDir, "database.lock"))).toEqual([]);
	}, 60_000);

	test("does not start when it could not read roles again, and says so; told to trust the token, it logs that", async () => {
		child = main({ COUNTERSIGN_TRUST_TOKEN_ROLES: "" });
		expect(await child.ended).toBe(1);
		expect(child.stderr()).toMatch(/^The API server cannot start: CLERK_SECRET_KEY must be set, .*\.\n$/);
		child = main();
		await child.says('"event":"roles","source":"the token","max_age_s":60');
	}, 60_000);

	test("names the variable that is wrong, and exits with 1", async () => {
		child = main({ API_PORT: "eighty" });
		expect(await child.ended).toBe(1);
		expect(child.stderr()).toBe("The API server cannot start: API_PORT must be a port number.\n");
	}, 60_000);
});
