import { execFile } from "node:child_process";
import { importSPKI, jwtVerify } from "jose";
import { expect, test } from "vitest";
import { programOf } from "@/test/child";
import { loadOrCreateClerkKeys } from "./keys";
import { makeDataDir } from "./test-browser";

function printToken(args: string[], env: Record<string, string>) {
	return new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
		const child = execFile(
			process.execPath,
			[...programOf("local/clerk/print-token.ts"), ...args],
			{ env: { NODE_ENV: "test", PATH: process.env.PATH, ...env } },
			(_error, stdout, stderr) => resolve({ code: child.exitCode ?? 1, stdout, stderr }),
		);
	});
}

test("a token is printed alone, signed, for the named person and the dashboard's origin", async () => {
	const dataDir = makeDataDir();
	const keys = await loadOrCreateClerkKeys(dataDir);
	const { code, stdout } = await printToken(["owner@other.example"], {
		COUNTERSIGN_DATA_DIR: dataDir,
		PORT: "4123",
	});
	expect(code).toBe(0);
	const { payload } = await jwtVerify(stdout.trim(), await importSPKI(keys.publicKeyPem, "RS256"));
	expect(payload).toMatchObject({
		sub: "user_sampleOtherOwner",
		azp: "http://localhost:4123",
		o: { id: "org_sampleOther", rol: "owner" },
	});
	expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(600);
});

test("the stand-in's own secret key in the environment is no obstacle", async () => {
	const dataDir = makeDataDir();
	const { secretKey } = await loadOrCreateClerkKeys(dataDir);
	const env = { COUNTERSIGN_DATA_DIR: dataDir, CLERK_SECRET_KEY: secretKey };
	expect((await printToken(["member"], env)).code).toBe(0);
});

test("the lifetime can be chosen", async () => {
	const dataDir = makeDataDir();
	const keys = await loadOrCreateClerkKeys(dataDir);
	const { stdout } = await printToken(["viewer", "--seconds", "30"], { COUNTERSIGN_DATA_DIR: dataDir });
	const { payload } = await jwtVerify(stdout.trim(), await importSPKI(keys.publicKeyPem, "RS256"));
	expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(30);
});

test.each([
	["a missing name", [], {}, /Choose owner, owner2, member, viewer or an e-mail address/],
	["an unknown person", ["nobody"], {}, /Nobody here is called "nobody"\. Choose owner/],
	["real Clerk keys", ["owner"], { CLERK_SECRET_KEY: "sk_test_real" }, /real Clerk signs the tokens/],
	["no keys yet", ["owner"], {}, /no local sign-in keys .* yet/],
	["a lifetime that is no number", ["owner", "--seconds", "soon"], {}, /--seconds must be a whole number/],
])("%s gets one sentence and no token", async (_case, args, env, sentence) => {
	const { code, stdout, stderr } = await printToken(args, { COUNTERSIGN_DATA_DIR: makeDataDir(), ...env });
	expect(code).toBe(1);
	expect(stdout).toBe("");
	expect(stderr.trim()).toMatch(sentence);
	expect(stderr.trim().split("\n")).toHaveLength(1);
});
