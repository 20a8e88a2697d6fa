import { mkdir, readFile, rm, rmdir } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type Child, startChild } from "@/test/child";
import { makeDataDir } from "@/test/data-dir";
import { authorizedParty, claimsOf, issuer, publicKeyPem, signToken } from "@/test/tokens";
import { verifyProgram } from "./verify-program";

vi.setConfig({ testTimeout: 120_000 });

let dataDir: string;
let headsFile: string;
let child: Child | undefined;
beforeEach(async () => {
	dataDir = await makeDataDir("served");
	headsFile = join(dataDir, "audit", "heads.jsonl");
});
afterEach(async () => {
	child?.process.kill("SIGKILL");
	await child?.ended;
	await rm(dataDir, { recursive: true, force: true });
});

/** Starts the server as a process of its own and returns its address. */
async function serve(): Promise<string> {
	child = startChild("server/main.ts", [], {
		API_PORT: "0",
		CLERK_ISSUER: issuer,
		CLERK_JWT_KEY: publicKeyPem().replaceAll("\n", ""),
		CLERK_AUTHORIZED_PARTIES: authorizedParty,
		COUNTERSIGN_TRUST_TOKEN_ROLES: "1",
		COUNTERSIGN_DATA_DIR: dataDir,
	});
	await child.says('"event":"listening"');
	return /"url":"([^"]+)"/.exec(child.stdout().slice(child.stdout().indexOf('"listening"')))?.[1] ?? "";
}

async function flip(url: string, verb: "enable" | "disable"): Promise<void> {
	const person = { organizationId: "org_a", userId: "user_a", role: "owner" as const };
	const answer = await fetch(`${url}/v1/control/killswitch/${verb}`, {
		method: "POST",
		headers: { Authorization: `Bearer ${await signToken(claimsOf(person, new Date()))}` },
	});
	expect(answer.status).toBe(200);
}

async function verify() {
	let said = "";
	const say = (text: string) => {
		said += text;
	};
	const variables = { COUNTERSIGN_DATA_DIR: dataDir };
	return { code: await verifyProgram({ args: [], variables, say, complain: say }), said };
}

const signedLines = async () => (await readFile(headsFile, "utf8")).split("\n").length - 1;

test("a server that is told to stop has signed all that it has committed", async () => {
	const url = await serve();
	await flip(url, "enable");
	await flip(url, "disable");
	child?.process.kill("SIGTERM");
	expect(await child?.ended).toBe(0);
	expect(await verify()).toEqual({
		code: 0,
		said: expect.stringContaining("2 audit entries, 1 tenant, 2 decisions"),
	});
});

test("what a killed server had not signed yet is signed at the next start", async () => {
	await flip(await serve(), "enable");
	child?.process.kill("SIGKILL");
	await child?.ended;
	// As if the kill had come in the 100 ms of gathering, which no test can promise to hit.
	await rm(headsFile, { force: true });
	const { code, said } = await verify();
	expect([code, said]).toEqual([1, expect.stringContaining("no file of signed heads")]);
	await serve();
	child?.process.kill("SIGTERM");
	await child?.ended;
	expect(await signedLines()).toBe(1);
	expect((await verify()).code).toBe(0);
});

test("a server that cannot write its signed heads is not ready until it can", async () => {
	const url = await serve();
	await mkdir(headsFile, { recursive: true });
	await flip(url, "enable");
	const ready = async () => {
		const answer = await fetch(`${url}/ready`);
		return [answer.status, await answer.text()];
	};
	await vi.waitFor(
		async () => {
			const reason = "the signed heads of the audit log cannot be written";
			expect(await ready()).toEqual([503, expect.stringContaining(reason)]);
		},
		{ timeout: 10_000 },
	);
	await rmdir(headsFile);
	await vi.waitFor(async () => expect((await ready())[0]).toBe(200), { timeout: 10_000 });
	expect(await signedLines()).toBe(1);
});
