import { mkdtemp, rm } from "node:fs/promises";
import { availableParallelism, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Browser, type BrowserContext, chromium } from "@playwright/test";
import { browserArguments, findBrowser } from "../../scripts/find-browser.mjs";
import { scriptsOf } from "../scripts-of";
import { bundleClock, bundlePages } from "./bundle";
import { ensureViewersInstalled } from "./install";
import { type PairName, pairNames, pairOf } from "./pairs";
import { type Product, startProduct } from "./product";
import { type Cell, explanation, pairTable, type Size, sizeTable } from "./report";
import { type PageServer, servePages } from "./serve";
import { traceLongestTask } from "./trace";
import { alternatives, ours, type Viewer } from "./viewers";
import { beforeLimit, type Drawing, startClock, visit } from "./visit";

/**
 * How soon and how smoothly the review page draws a change, beside what else could have drawn it:
 * `npm run bench:diff`. Read the ratios, not the times. `BENCH_RUNS` (5), `BENCH_PAIRS` (a,b,c,d,e,f) and
 * `BENCH_VIEWERS` (all; `ours` is the product) make it shorter.
 */
const runs = Number(process.env.BENCH_RUNS ?? 5);
const pairs = chosen(pairNames, process.env.BENCH_PAIRS, "BENCH_PAIRS");
const everyViewer = [ours, ...alternatives];
const names = chosen(
	everyViewer.map(({ name }) => name),
	process.env.BENCH_VIEWERS,
	"BENCH_VIEWERS",
);
const viewers = everyViewer.filter(({ name }) => names.includes(name));
/** Before each visit, so that what the one before has left (a process that ends, a session renewed) is not in it. */
const pauseMs = 500;
const viewport = { width: 1440, height: 900 };
/** Large enough that a viewer loads whatever it loads for large texts. */
const pairOfSizes: PairName = pairs.includes("c") ? "c" : (pairs[0] ?? "a");

function chosen<Name extends string>(
	all: readonly Name[],
	given: string | undefined,
	variable: string,
): Name[] {
	if (given === undefined) return [...all];
	const wanted = given.split(",").map((name) => name.trim());
	const unknown = wanted.filter((name) => !all.some((known) => known === name));
	if (unknown.length > 0) {
		throw new Error(`${variable} names ${unknown.join(", ")}; there are ${all.join(", ")}.`);
	}
	return all.filter((name) => wanted.includes(name));
}

interface Stage {
	browser: Browser;
	clock: string;
	pages: PageServer;
	product: Product | null;
}

function addressOf({ pages, product }: Stage, viewer: Viewer, pair: PairName): string {
	if (viewer.name !== "ours") return pages.addressOf(viewer.name, pair);
	if (product === null) throw new Error("The product was not started.");
	return product.addressOf(pair);
}

function openContext({ browser, product }: Stage, viewer: Viewer): Promise<BrowserContext> {
	if (viewer.name === "ours" && product !== null) return product.openContext(browser);
	return browser.newContext({ viewport });
}

/** All viewers on one pair, taking turns; each first draws it once so that its code is in the cache. */
async function measurePair(stage: Stage, contexts: ReadonlyMap<Viewer, BrowserContext>, pair: PairName) {
	const cells = viewers.map((viewer): Cell => ({ viewer, visits: [], traced: null, failure: null }));
	const draw = async (cell: Cell) => {
		const context = contexts.get(cell.viewer);
		if (context === undefined || cell.failure !== null) return null;
		try {
			if (cell.viewer.name === "ours") await stage.product?.refresh(context);
			await sleep(pauseMs);
			const made = await visit(context, addressOf(stage, cell.viewer, pair), {
				clock: stage.clock,
				content: cell.viewer.content,
			});
			if (made === null) cell.failure = "no change painted";
			return made;
		} catch (error) {
			if (!stage.browser.isConnected()) {
				throw new Error(
					"The browser ended by itself. The pairs that are printed stand; run the rest again.",
					{
						cause: error,
					},
				);
			}
			cell.failure = "failed";
			process.exitCode = 1;
			console.error(`${cell.viewer.title} on ${pair}: ${error instanceof Error ? error.message : error}`);
			return null;
		}
	};
	for (const cell of cells) await draw(cell);
	for (let run = 0; run < runs; run += 1) {
		// Each run begins with another, so that none always has the same one before it.
		for (const cell of [...cells.slice(run % cells.length), ...cells.slice(0, run % cells.length)]) {
			const made = await draw(cell);
			if (made !== null) cell.visits.push(made);
		}
	}
	for (const cell of cells) {
		if (cell.failure !== null) continue;
		cell.traced = await traceLongestTask(stage.browser, () => draw(cell));
	}
	return cells;
}

/** What a first visit loads, in a browser that has nothing yet. */
async function scriptsOfFirstVisit(context: BrowserContext, address: string, drawing: Drawing | null) {
	try {
		if (drawing === null) return await scriptsOf(context, address);
		return await scriptsOf(context, address, {
			prepare: (page) => startClock(page, drawing),
			isDone: (page) => beforeLimit(page.evaluate(() => window.benchPainted)),
		});
	} finally {
		await context.close();
	}
}

function totalOf(scripts: ReadonlyMap<string, number>): number {
	return [...scripts.values()].reduce((sum, bytes) => sum + bytes, 0);
}

async function measureSizes(stage: Stage): Promise<{ sizes: Size[]; bareReact: number }> {
	const { browser, clock, pages, product } = stage;
	const bare = await scriptsOfFirstVisit(
		await browser.newContext({ viewport }),
		pages.addressOf("bare-react", pairOfSizes),
		null,
	);
	const bareReact = totalOf(bare);
	const sizes: Size[] = [];
	for (const viewer of viewers) {
		const drawing = { clock, content: viewer.content };
		if (viewer.name === "ours" && product !== null) {
			// Signed in with one browser's cookies, so that the script of the sign-in form is not counted.
			const signedIn = await product.openContext(browser);
			const storageState = await signedIn.storageState();
			await signedIn.close();
			const visitCold = async (address: string, until: Drawing | null) => {
				const context = await browser.newContext({ viewport, storageState });
				await product.refresh(context);
				return scriptsOfFirstVisit(context, address, until);
			};
			const review = await visitCold(product.addressOf(pairOfSizes), drawing);
			const other = await visitCold(product.otherAddress, null);
			const only = new Map([...review].filter(([path]) => !other.has(path)));
			sizes.push({ name: viewer.name, title: viewer.title, total: totalOf(review), own: totalOf(only) });
			continue;
		}
		const loaded = await scriptsOfFirstVisit(
			await browser.newContext({ viewport }),
			addressOf(stage, viewer, pairOfSizes),
			drawing,
		);
		const total = totalOf(loaded);
		sizes.push({ name: viewer.name, title: viewer.title, total, own: total - bareReact });
	}
	return { sizes, bareReact };
}

ensureViewersInstalled();
const folder = await mkdtemp(join(tmpdir(), "countersign-bench-pages-"));
const closing: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true, force: true })];
try {
	const pages = await servePages(folder, await bundlePages(folder));
	closing.push(pages.stop);
	const clock = await bundleClock(folder);
	const product = viewers.includes(ours) ? await startProduct(pairs, viewport) : null;
	if (product !== null) closing.push(product.stop);
	const browser = await chromium.launch({ executablePath: await findBrowser(), args: browserArguments() });
	closing.push(() => browser.close());
	const stage: Stage = { browser, clock, pages, product };

	const load = loadavg().map((value) => value.toFixed(1));
	console.log(
		`Chromium ${browser.version()}, Node ${process.versions.node}, ${availableParallelism()} cores, load ${load.join(" ")}, medians of ${runs}`,
	);
	console.log(explanation);
	const contexts = new Map<Viewer, BrowserContext>();
	for (const viewer of viewers) contexts.set(viewer, await openContext(stage, viewer));
	for (const pair of pairs) {
		const cells = await measurePair(stage, contexts, pair);
		console.log(pairTable(`${pair}  ${pairOf(pair).title}`, cells));
	}
	const { sizes, bareReact } = await measureSizes(stage);
	console.log(sizeTable(sizes, bareReact));
	console.log(
		"Workers are counted. The viewer's: what it loads beyond the page of React alone; for Countersign the scripts that the review page loads and the page of the audit log does not.",
	);
} finally {
	for (const close of closing.reverse()) await close();
}
