import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { onTestFinished } from "vitest";
import { createClerkStandIn } from "./app";
import { type ClerkKeys, loadOrCreateClerkKeys } from "./keys";
import { openClerkStore } from "./store";

/** Where the tests pretend that the dashboard is. */
export const testOrigin = "http://localhost:3000";

// An RSA key takes a while to make; tests that are not about keys share one per file.
let sharedKeys: Promise<ClerkKeys> | undefined;

/** A data folder of its own for one test. */
export function makeDataDir(): string {
	const dataDir = mkdtempSync(path.join(tmpdir(), "countersign-clerk-"));
	onTestFinished(() => rmSync(dataDir, { recursive: true, force: true }));
	return dataDir;
}

/** A running stand-in over a data folder, at a time that the test sets. */
export async function openStandIn({ dataDir = makeDataDir(), now = new Date() } = {}) {
	sharedKeys ??= loadOrCreateClerkKeys(makeDataDir());
	const keys = await sharedKeys;
	const clock = { now };
	const app = createClerkStandIn({
		keys,
		store: openClerkStore(dataDir),
		origin: testOrigin,
		clock: () => clock.now,
	});
	return { app, keys, dataDir, clock };
}

export type OpenStandIn = Awaited<ReturnType<typeof openStandIn>>;

/** A browser behind the dashboard's `/__clerk`: keeps cookies, and the proxy adds the secret key. */
export function openBrowser({ app, keys }: OpenStandIn, cookies = new Map<string, string>()) {
	async function send(method: string, address: string, form?: Record<string, string>) {
		const response = await app.request(address, {
			method,
			headers: {
				"clerk-secret-key": keys.secretKey,
				cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join("; "),
				...(form ? { "content-type": "application/x-www-form-urlencoded", origin: testOrigin } : {}),
			},
			...(form ? { body: new URLSearchParams(form).toString() } : {}),
		});
		for (const line of response.headers.getSetCookie()) {
			const [pair = ""] = line.split(";");
			cookies.set(pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1));
		}
		return response;
	}
	return {
		cookies,
		get: (address: string) => send("GET", address),
		post: (address: string, form: Record<string, string> = {}) => send("POST", address, form),
		/** Sends a verb the way Clerk's script does: as a POST that names it. */
		sendAs: (method: string, address: string) => send("POST", `${address}?_method=${method}`, {}),
		async signIn(identifier: string, password = "countersign") {
			return (
				await send("POST", "/v1/client/sign_ins", { identifier, password, strategy: "password" })
			).json();
		},
	};
}
