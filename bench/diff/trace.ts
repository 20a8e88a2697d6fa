import type { Browser } from "@playwright/test";

/** The longest task of a page's main thread, by the browser's own trace. */
export interface LongestTask {
	wallMs: number;
	/** What the processor worked for it: on a busy machine less than the wall clock says. */
	cpuMs: number;
}

interface TraceEvent {
	name: string;
	ph: string;
	pid: number;
	tid: number;
	dur?: number;
	tdur?: number;
	args?: { name?: string };
}

const taskNames = new Set(["ThreadControllerImpl::RunTask", "RunTask"]);

/** Runs `work` under the browser's trace and returns the longest task in any page's main thread. */
export async function traceLongestTask(browser: Browser, work: () => Promise<unknown>): Promise<LongestTask> {
	await browser.startTracing(undefined, { categories: ["toplevel"] });
	await work();
	const trace = await browser.stopTracing();
	const { traceEvents } = JSON.parse(trace.toString("utf8")) as { traceEvents: TraceEvent[] };
	const threadOf = ({ pid, tid }: TraceEvent) => `${pid}/${tid}`;
	const mainThreads = new Set(
		traceEvents
			.filter(({ name, args }) => name === "thread_name" && args?.name === "CrRendererMain")
			.map(threadOf),
	);
	let longest: LongestTask = { wallMs: 0, cpuMs: 0 };
	for (const event of traceEvents) {
		if (event.ph !== "X" || !taskNames.has(event.name) || !mainThreads.has(threadOf(event))) continue;
		const wallMs = (event.dur ?? 0) / 1_000;
		if (wallMs > longest.wallMs) longest = { wallMs, cpuMs: (event.tdur ?? 0) / 1_000 };
	}
	return longest;
}
