import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser, BrowserContext, Page } from "@playwright/test";
import { routes } from "../../lib/routes";
import { type PairName, pairOf } from "./pairs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const startLimitMs = 10 * 60_000;
const leastTokenSeconds = 40;

/** The running product, holding one proposal a pair. */
export interface Product {
	addressOf: (pair: PairName) => string;
	/** A page of the product without any comparison. */
	otherAddress: string;
	/** A browser of its own in which the sample owner is signed in. */
	openContext: (browser: Browser) => Promise<BrowserContext>;
	/** Renews what a minute has used up, so that no measured visit is sent to sign in first. */
	refresh: (context: BrowserContext) => Promise<void>;
	stop: () => Promise<void>;
}

/**
 * Starts the product as `npm start` does (it builds itself when its sources are newer), on free ports and a
 * database that is thrown away, and proposes the pairs through the API. `BENCH_PRODUCT` names another
 * checkout of it to measure.
 */
export async function startProduct(pairs: readonly PairName[], viewport: Viewport): Promise<Product> {
	const [port = 0, apiPort = 0, clerkPort = 0] = await freePorts(3);
	const dataDir = await mkdtemp(join(tmpdir(), "countersign-bench-diff-"));
	const origin = `http://localhost:${port}`;
	const environment = {
		// The bench signs in by itself, whatever keys this machine has.
		CLERK_SECRET_KEY: "",
		NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY: "",
		COUNTERSIGN_API_URL: "",
		COUNTERSIGN_ORIGIN: "",
		COUNTERSIGN_DATA_DIR: dataDir,
		PORT: String(port),
		API_PORT: String(apiPort),
		CLERK_PORT: String(clerkPort),
	};
	const stopStack = await startStack(environment);
	const stop = async () => {
		await stopStack();
		await rm(dataDir, { recursive: true, force: true });
	};
	try {
		// These read where the stack is when they are loaded.
		Object.assign(process.env, environment);
		const { propose } = await import("../../e2e/api");
		const { signInAs } = await import("../../e2e/sign-in-form");
		const ids = new Map<PairName, string>();
		for (const name of pairs) {
			const { current, proposed } = pairOf(name);
			const proposal = await propose({ current_prompt: current, proposed_prompt: proposed });
			ids.set(name, proposal.id);
		}
		return {
			addressOf: (pair) => `${origin}${routes.deployment(ids.get(pair) ?? "")}`,
			otherAddress: `${origin}${routes.audit}`,
			openContext: async (browser) => {
				const context = await browser.newContext({ viewport });
				const page = await context.newPage();
				await page.goto(`${origin}${routes.deployments()}`);
				await signInAs(page, "owner");
				await shown(page);
				await page.close();
				return context;
			},
			refresh: (context) => refresh(context, `${origin}${routes.audit}`),
			stop,
		};
	} catch (error) {
		await stop();
		throw error;
	}
}

export interface Viewport {
	width: number;
	height: number;
}

/** Ports that nobody listens on now, all different. */
async function freePorts(count: number): Promise<number[]> {
	const servers = Array.from({ length: count }, () => createServer());
	for (const server of servers) {
		await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
	}
	const ports = servers.map((server) => (server.address() as AddressInfo).port);
	for (const server of servers) await new Promise((done) => server.close(done));
	return ports;
}

async function shown(page: Page): Promise<void> {
	await page.getByRole("navigation", { name: "Main" }).waitFor();
}

/** Seconds that the session token of the browser is still good for; 0 without one. */
async function tokenSeconds(context: BrowserContext): Promise<number> {
	const cookies = await context.cookies();
	const lasts = cookies
		.filter(({ name }) => name.startsWith("__session"))
		.map(({ value }) => {
			const payload = Buffer.from(value.split(".")[1] ?? "", "base64url").toString("utf8");
			return (JSON.parse(payload || "{}") as { exp?: number }).exp ?? 0;
		});
	return lasts.length === 0 ? 0 : Math.min(...lasts) - Date.now() / 1_000;
}

async function refresh(context: BrowserContext, address: string): Promise<void> {
	if ((await tokenSeconds(context)) > leastTokenSeconds) return;
	await context.clearCookies({ name: /^__session/ });
	const page = await context.newPage();
	await page.goto(address);
	await shown(page);
	await page.close();
	const seconds = await tokenSeconds(context);
	if (seconds <= leastTokenSeconds) throw new Error(`The new session token is good for ${seconds} s only.`);
}

/** Runs the start command until it says that it runs; returns what stops it. */
async function startStack(environment: Record<string, string>): Promise<() => Promise<void>> {
	const child = spawn(process.execPath, ["scripts/start.mjs"], {
		cwd: resolve(root, process.env.BENCH_PRODUCT ?? "."),
		env: { ...process.env, ...environment },
		stdio: ["ignore", "pipe", "pipe"],
	});
	let said = "";
	const ended = new Promise<void>((done) => child.once("close", () => done()));
	const stop = async () => {
		child.kill("SIGTERM");
		await ended;
	};
	const isRunning = await new Promise<boolean>((done) => {
		const timer = setTimeout(done, startLimitMs, false);
		const listen = (chunk: Buffer) => {
			said += chunk.toString("utf8");
			if (!said.includes("Countersign is running")) return;
			clearTimeout(timer);
			done(true);
		};
		child.stdout.on("data", listen);
		child.stderr.on("data", listen);
		child.once("close", () => {
			clearTimeout(timer);
			done(false);
		});
	});
	if (isRunning) return stop;
	await stop();
	throw new Error(`The product did not start:\n${said}`);
}
