import { mkdtemp, rm } from "node:fs/promises";
import { availableParallelism, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Browser, type BrowserContext, chromium } from "@playwright/test";
import { build } from "esbuild";
import pg from "pg";
import { signInAs } from "../../e2e/sign-in-form";
import { routes } from "../../lib/routes";
import { seedSampleData } from "../../local/data/seed";
import { otherCompany } from "../../local/people";
import { browserArguments, findBrowser } from "../../scripts/find-browser.mjs";
import { systemClock } from "../../server/clock";
import { connect } from "../../server/db/connect";
import { createDatabase, startPostgres } from "../../test/postgres";
import { fill } from "../fill";
import { scriptsOf } from "../scripts-of";
import { refresh, type Stack, shown, startStack } from "../stack";
import type { LongTasks } from "./clock";

/**
 * The queue's page in Chromium for a tenant with 1,000,000 deployments, beside one with 1,000, each on a database
 * and a stack of its own, asked in turns: `npm run bench:queue`. Read the ratios, not the times. `BENCH_ROWS` and
 * `BENCH_RUNS` (9) make it shorter.
 */
const many = Number(process.env.BENCH_ROWS ?? 1_000_000);
const few = 1_000;
const runs = Number(process.env.BENCH_RUNS ?? 9);
const viewport = { width: 1440, height: 900 };
/** Neighbours that do not begin with the same row. */
const views = ["Running", "Live", "Regressed", "Closed", "All"];
const scrolledRows = 900;
const maxKilobytes = 300;

interface Target {
	rows: number;
	stack: Stack;
	context: BrowserContext;
}

/** The figures of all visits, by what was measured. */
type Figures = Map<string, number[]>;

/** A database with the sample data and so many deployments of Other Company. */
async function filledDatabase(adminUrl: string, dataDir: string, rows: number): Promise<string> {
	const { url } = await createDatabase(adminUrl);
	const connection = await connect({ dataDir, postgres: { url, poolSize: 2 } });
	await seedSampleData(connection.db, systemClock);
	await fill(connection, { tenants: [otherCompany.id], rows });
	await connection.close();
	const client = new pg.Client({ connectionString: url });
	await client.connect();
	await client.query("vacuum analyze");
	await client.end();
	return url;
}

async function openContext(browser: Browser, { origin }: Stack): Promise<BrowserContext> {
	const context = await browser.newContext({ viewport });
	const page = await context.newPage();
	await page.goto(`${origin}${routes.deployments()}`);
	await signInAs(page, "owner@other.example");
	await shown(page);
	await page.close();
	return context;
}

/** One visit: the page opens, every view is looked at, and the last one is read down. */
async function visit({ stack: { origin }, context }: Target, clock: string): Promise<Map<string, number>> {
	await refresh(context, `${origin}${routes.audit}`);
	const page = await context.newPage();
	try {
		const figures = new Map<string, number>();
		const addLongTasks = ({ count, longestMs }: LongTasks, when: string) => {
			figures.set(`long tasks, ${when}`, count).set(`longest task, ${when}, ms`, longestMs);
		};
		await page.addInitScript({ content: clock });
		await page.goto(`${origin}${routes.deployments()}`, { waitUntil: "commit" });
		figures.set("open the page, ms", await page.evaluate(() => window.queueClock.opened));
		await page.locator("html[data-ready]").waitFor({ state: "attached" });
		addLongTasks(await page.evaluate(() => window.queueClock.takeLongTasks()), "opening");
		for (const view of views) {
			figures.set(
				`click on ${view}, ms`,
				await page.evaluate((name) => window.queueClock.openView(name), view),
			);
		}
		addLongTasks(await page.evaluate(() => window.queueClock.takeLongTasks()), "clicking");
		figures.set(
			"rows a second",
			await page.evaluate((rows) => window.queueClock.scrollThrough(rows), scrolledRows),
		);
		addLongTasks(await page.evaluate(() => window.queueClock.takeLongTasks()), "scrolling");
		return figures;
	} finally {
		await page.close();
	}
}

function medianOf(values: readonly number[]): number {
	return [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;
}

async function measure(targets: readonly Target[], clock: string): Promise<Figures[]> {
	const all = targets.map((): Figures => new Map());
	// The first visit of each fills the caches and is not counted.
	for (let run = -1; run < runs; run += 1) {
		for (const [place, target] of targets.entries()) {
			for (const [name, value] of await visit(target, clock)) {
				if (run >= 0) all[place]?.set(name, [...(all[place].get(name) ?? []), value]);
			}
		}
	}
	return all;
}

/** What a first visit of the page loads until it has all it will load by itself: Clerk's script comes last. */
async function printScripts(browser: Browser, { stack: { origin }, context }: Target): Promise<void> {
	const signedIn = await context.storageState();
	const cold = await browser.newContext({ viewport, storageState: signedIn });
	await refresh(cold, `${origin}${routes.audit}`);
	const storageState = await cold.storageState();
	await cold.close();
	const first = await browser.newContext({ viewport, storageState });
	const scripts = await scriptsOf(first, `${origin}${routes.deployments()}`, {
		isDone: (page) => page.waitForFunction(() => "Clerk" in window, null, { timeout: 120_000 }),
	});
	await first.close();
	const kilobytes = [...scripts.values()].reduce((sum, bytes) => sum + bytes, 0) / 1_000;
	const clerk = [...scripts].filter(([path]) => path.includes("clerk"));
	const ofClerk = clerk.reduce((sum, [, bytes]) => sum + bytes, 0) / 1_000;
	const widgets = clerk.filter(([path]) => path.includes("@clerk/ui"));
	console.log(
		`\nScripts of a first visit, compressed, with Clerk's: ${kilobytes.toFixed(0)} KB of at most ${maxKilobytes}, of which Clerk's ${ofClerk.toFixed(0)} KB; files of Clerk's widgets: ${widgets.length}`,
	);
	if (process.env.BENCH_FILES === "1") {
		for (const [path, bytes] of [...scripts].sort(([, one], [, other]) => other - one)) {
			console.log(`  ${(bytes / 1_000).toFixed(1).padStart(8)} KB  ${path}`);
		}
	}
}

const folder = await mkdtemp(join(tmpdir(), "countersign-bench-queue-"));
const closing: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true, force: true })];
try {
	const { outputFiles } = await build({
		entryPoints: [fileURLToPath(new URL("clock.ts", import.meta.url))],
		bundle: true,
		write: false,
		format: "iife",
		target: "es2022",
	});
	const clock = outputFiles[0]?.text ?? "";
	const server = await startPostgres({ isDurable: true });
	closing.push(() => server.stop());
	const browser = await chromium.launch({ executablePath: await findBrowser(), args: browserArguments() });
	closing.push(() => browser.close());
	const targets: Target[] = [];
	for (const rows of [few, many]) {
		const dataDir = join(folder, String(rows));
		const stack = await startStack(dataDir, await filledDatabase(server.url, dataDir, rows));
		closing.push(stack.stop);
		targets.push({ rows, stack, context: await openContext(browser, stack) });
	}
	const load = loadavg().map((value) => value.toFixed(1));
	console.log(
		`PostgreSQL ${server.version} (${server.source}), Chromium ${browser.version()}, Node ${process.versions.node}, ${availableParallelism()} cores, load ${load.join(" ")}`,
	);
	const [small, large] = await measure(targets, clock);
	console.log(`\nMedian of ${runs} visits: ${few} rows, ${many} rows, ratio`);
	for (const [name, values] of small ?? []) {
		const [one, other] = [medianOf(values), medianOf(large?.get(name) ?? [])];
		const ratio = one === 0 ? "" : `${(other / one).toFixed(2)} ×`;
		console.log(
			`  ${name.padEnd(28)}${[one.toFixed(0), other.toFixed(0), ratio].map((text) => text.padStart(10)).join("")}`,
		);
	}
	for (const target of targets.slice(0, 1)) await printScripts(browser, target);
} finally {
	for (const close of closing.reverse()) await close();
}
