import { randomUUID } from "node:crypto";
import { serve } from "@hono/node-server";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createClerkStandIn } from "@/local/clerk/app";
import { type ClerkKeys, loadOrCreateClerkKeys } from "@/local/clerk/keys";
import { openClerkStore } from "@/local/clerk/store";
import { makeDataDir, testOrigin } from "@/local/clerk/test-browser";
import { acme, otherCompany } from "@/local/people";
import { openTestApi, type TestApi } from "@/test/api";
import { everything, insertDeployment } from "@/test/rows";
import { claimsOf, signToken } from "@/test/tokens";
import { type Clock, systemClock } from "../clock";
import { ensureTenant } from "../tenants/ensure";
import { createCurrentRole } from "./current-role";

const owner = { organizationId: acme.id, userId: "user_sampleOwner", role: "owner" as const };
const enable = "/v1/control/killswitch/enable";
const deployments = "/v1/prompts/deployments";

let keys: ClerkKeys | undefined;
/** The stand-in of a laptop, over HTTP. */
async function openClerk() {
	const dataDir = makeDataDir();
	keys ??= await loadOrCreateClerkKeys(dataDir);
	const { secretKey } = keys;
	const standIn = createClerkStandIn({ keys, store: openClerkStore(dataDir), origin: testOrigin });
	let asked = 0;
	const fetchFrom = (request: Request) => {
		asked += 1;
		return standIn.fetch(request);
	};
	const { server, port } = await new Promise<{ server: ReturnType<typeof serve>; port: number }>(
		(resolve) => {
			const server = serve({ fetch: fetchFrom, hostname: "127.0.0.1", port: 0 }, (address) =>
				resolve({ server, port: address.port }),
			);
		},
	);
	const url = `http://127.0.0.1:${port}`;
	return {
		settings: { secretKey, apiUrl: url },
		asked: () => asked,
		/** What somebody does in Clerk's dashboard. */
		async setRole(userId: string, role: string) {
			const answer = await fetch(`${url}/v1/organizations/${acme.id}/memberships/${userId}`, {
				method: "PATCH",
				headers: { Authorization: `Bearer ${secretKey}`, "Content-Type": "application/json" },
				body: JSON.stringify({ role: `org:${role}` }),
			});
			expect(answer.status).toBe(200);
		},
		close: () => new Promise<void>((resolve) => server.close(() => resolve())),
	};
}

let clerk: Awaited<ReturnType<typeof openClerk>>;
let api: TestApi;
let acmeId: string;
async function open(clockOfRoles?: Clock) {
	const clock = clockOfRoles ?? (() => api.clock());
	api = await openTestApi({ currentRole: createCurrentRole({ ...clerk.settings, clock }) });
	acmeId = await api.db.asOwner((tx) => ensureTenant(tx, api.clock, acme.id));
}
beforeEach(async () => {
	clerk = await openClerk();
});
afterEach(async () => {
	await api.close();
	await clerk.close();
});

describe("an owner who is demoted", () => {
	test("is refused 5.0 s later at the latest, though the token is valid for 60 (injected clock)", async () => {
		await open();
		// One token all the while: made before the demotion, it says owner to its end.
		const headers = { Authorization: `Bearer ${await signToken(claimsOf(owner, api.clock()))}` };
		const ask = (method: string, path: string) => api.ask(method, path, { headers });
		expect((await ask("POST", enable)).status).toBe(200);
		await clerk.setRole(owner.userId, "member");
		api.pass(4_999);
		expect((await ask("POST", "/v1/control/killswitch/disable")).status).toBe(200);
		api.pass(1);
		const before = await everything(api, acmeId);
		const refused = await ask("POST", enable);
		expect([refused.status, refused.body.code]).toEqual([403, "forbidden"]);
		expect(refused.body.error).toBe("Only owners can use the kill switch. You are a member.");
		expect(await everything(api, acmeId)).toEqual(before);
		expect((await ask("GET", "/v1/projects")).status).toBe(200);
		expect((await ask("GET", "/v1/control/killswitch")).body).toMatchObject({ active: false });
	});

	test("is refused for good 5.0 s later at the latest (real time, one write after the other)", async () => {
		await open(systemClock);
		const write = () => api.ask("POST", enable, { as: owner });
		expect((await write()).status).toBe(200);
		await clerk.setRole(owner.userId, "viewer");
		const demotedAtMs = Date.now();
		let lastAllowedMs = 0;
		for (let sentAtMs = Date.now(); sentAtMs < demotedAtMs + 6_000; sentAtMs = Date.now()) {
			const { status } = await write();
			if (status === 200) lastAllowedMs = sentAtMs - demotedAtMs;
			else expect(status).toBe(403);
			await new Promise((resolve) => setTimeout(resolve, 20));
		}
		expect(lastAllowedMs).toBeLessThan(5_000);
		expect((await write()).status).toBe(403);
	});

	test("is told 404 for a foreign and for a random id, and 403 for one of the own tenant", async () => {
		await open();
		const otherId = await api.db.asOwner((tx) => ensureTenant(tx, api.clock, otherCompany.id));
		const [own, foreign] = [await insertDeployment(api, acmeId), await insertDeployment(api, otherId)];
		const key = await api.ask("POST", "/v1/apikeys", { as: owner, body: { name: "CI", role: "owner" } });
		await clerk.setRole(owner.userId, "member");
		api.pass(5_000);
		const before = await everything(api, acmeId);
		const writes: [string, string, string][] = [
			...["approve", "reject", "rollback"].map((verb): [string, string, string] => [
				"POST",
				`${deployments}/:id/${verb}`,
				own,
			]),
			["DELETE", "/v1/apikeys/:id", key.body.id],
		];
		for (const [method, path, ownId] of writes) {
			const ask = (id: string) => api.ask(method, path.replace(":id", id), { as: owner });
			const told = [];
			for (const id of [ownId, foreign, randomUUID()]) told.push((await ask(id)).status);
			expect([path, ...told]).toEqual([path, 403, 404, 404]);
		}
		expect(await everything(api, acmeId)).toEqual(before);
	});
});

test("somebody who is no member is refused, whatever the token says", async () => {
	await open();
	const gone = { ...owner, userId: "user_gone" };
	expect((await api.ask("POST", enable, { as: gone })).status).toBe(403);
});

test("somebody who is promoted waits for the next token: what it does not allow is not asked about", async () => {
	await open();
	const viewer = { organizationId: acme.id, userId: "user_sampleViewer", role: "viewer" as const };
	await clerk.setRole(viewer.userId, "owner");
	const asked = clerk.asked();
	expect((await api.ask("POST", enable, { as: viewer })).status).toBe(403);
	expect(clerk.asked()).toBe(asked);
	expect((await api.ask("POST", enable, { as: { ...viewer, role: "owner" } })).status).toBe(200);
});

test("while Clerk is down nothing is written by people, reads go on, and API keys are not asked about", async () => {
	await open();
	const id = await insertDeployment(api, acmeId);
	const made = await api.ask("POST", "/v1/apikeys", { as: owner, body: { name: "CI", role: "owner" } });
	await clerk.close();
	api.pass(5_000);
	const before = await everything(api, acmeId);
	const refused = await api.ask("POST", `${deployments}/${id}/approve`, { as: owner });
	expect([refused.status, refused.body.code]).toEqual([503, "role_unconfirmed"]);
	expect(refused.body.error).toBe(
		"Your role could not be confirmed with Clerk, so nothing was changed. Try again in a moment.",
	);
	expect(await everything(api, acmeId)).toEqual(before);
	const line = api.logLines.find(({ request_id }) => request_id === refused.body.request_id);
	expect(JSON.stringify(line)).toContain("Clerk's Backend API gave no usable answer");
	expect(JSON.stringify(api.logLines)).not.toContain(clerk.settings.secretKey);
	expect((await api.ask("GET", `${deployments}/${id}`, { as: owner })).status).toBe(200);
	const headers = { Authorization: `Bearer ${made.body.key}` };
	expect((await api.ask("POST", `${deployments}/${id}/approve`, { headers })).status).toBe(200);
});
