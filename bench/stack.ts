import { spawn } from "node:child_process";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { BrowserContext, Page } from "@playwright/test";
import { findFreePorts } from "../scripts/free-ports.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const startLimitMs = 10 * 60_000;
const leastTokenSeconds = 40;

/** A running product, as `npm start` runs it. */
export interface Stack {
	origin: string;
	/** What it was started with; `e2e/api` reads it where it is loaded. */
	environment: Record<string, string>;
	stop: () => Promise<void>;
}

/**
 * Starts the product as `npm start` does (it builds itself when its sources are newer), on free ports. What it
 * keeps goes to `dataDir`, or to the database of `databaseUrl`. `BENCH_PRODUCT` names another checkout of it to
 * measure.
 */
export async function startStack(dataDir: string, databaseUrl = ""): Promise<Stack> {
	const [port = 0, apiPort = 0, clerkPort = 0] = await findFreePorts(3);
	const environment = {
		// The bench signs in by itself, whatever keys this machine has.
		CLERK_SECRET_KEY: "",
		NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY: "",
		COUNTERSIGN_API_URL: "",
		COUNTERSIGN_ORIGIN: "",
		COUNTERSIGN_DATA_DIR: dataDir,
		DATABASE_URL: databaseUrl,
		PORT: String(port),
		API_PORT: String(apiPort),
		CLERK_PORT: String(clerkPort),
	};
	return { origin: `http://localhost:${port}`, environment, stop: await start(environment) };
}

/** Waits until a page of somebody who is signed in is there. */
export async function shown(page: Page): Promise<void> {
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

/** Renews what a minute has used up by way of the page at `address`, so that no measured visit is sent to sign in. */
export async function refresh(context: BrowserContext, address: string): Promise<void> {
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
async function start(environment: Record<string, string>): Promise<() => Promise<void>> {
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
