import { createHash } from "node:crypto";
import { rmSync, statSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { clerkEnvironment } from "./environment";
import { loadClerkKeys, loadOrCreateClerkKeys } from "./keys";
import { makeDataDir } from "./test-browser";

test("processes that start together agree on one set of keys", async () => {
	const dataDir = makeDataDir();
	const all = await Promise.all(Array.from({ length: 4 }, () => loadOrCreateClerkKeys(dataDir)));
	expect(new Set(all.map((keys) => JSON.stringify(keys))).size).toBe(1);
	expect(await loadClerkKeys(dataDir)).toEqual(all[0]);
});

test("the private key is readable by its owner only", async () => {
	const dataDir = makeDataDir();
	await loadOrCreateClerkKeys(dataDir);
	const file = path.join(dataDir, "clerk", "keys", "private-key.pem");
	expect(statSync(file).mode & 0o777).toBe(0o600);
});

test("two checkouts share neither host, secret nor cookie names", async () => {
	const [one, two] = await Promise.all([makeDataDir(), makeDataDir()].map(loadOrCreateClerkKeys));
	for (const name of ["host", "secretKey", "cookieSuffix", "kid"] as const) {
		expect(one?.[name]).not.toBe(two?.[name]);
	}
});

test("the keys have the form that Clerk's SDK parses", async () => {
	const keys = await loadOrCreateClerkKeys(makeDataDir());
	const encodedHost = keys.publishableKey.replace(/^pk_test_/, "");
	expect(Buffer.from(encodedHost, "base64").toString()).toBe(`${keys.host}$`);
	expect(encodedHost).not.toContain("=");
	expect(keys.publicKeyOneLine).toMatch(/^-----BEGIN PUBLIC KEY-----\S+-----END PUBLIC KEY-----$/);
	const digest = createHash("sha1").update(keys.publishableKey).digest("base64");
	expect(keys.cookieSuffix).toBe(digest.replaceAll("+", "-").replaceAll("/", "_").slice(0, 8));
});

test("half a key folder is named, not silently replaced", async () => {
	const dataDir = makeDataDir();
	await loadOrCreateClerkKeys(dataDir);
	rmSync(path.join(dataDir, "clerk", "keys", "identity.json"));
	await expect(loadOrCreateClerkKeys(dataDir)).rejects.toThrow(/clerk.keys/);
});

test("the dashboard is pointed at the stand-in for both of Clerk's APIs", async () => {
	const keys = await loadOrCreateClerkKeys(makeDataDir());
	const environment = clerkEnvironment({ keys, clerkUrl: "http://127.0.0.1:4101" });
	expect(environment).toMatchObject({
		NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY: keys.publishableKey,
		NEXT_PUBLIC_CLERK_PROXY_URL: "/__clerk",
		CLERK_FAPI_URL: "http://127.0.0.1:4101",
		CLERK_API_URL: "http://127.0.0.1:4101",
	});
});
