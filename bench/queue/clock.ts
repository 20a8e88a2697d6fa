/**
 * The stopwatch inside a measured page of the queue. It is made into one script that runs before anything else
 * of the page does; the page itself knows nothing of it.
 */
declare global {
	interface Window {
		queueClock: typeof queueClock;
	}
}

interface LongTask {
	endMs: number;
	durationMs: number;
}

/** The tasks of the main thread over 50 ms since somebody asked last. */
export interface LongTasks {
	count: number;
	longestMs: number;
}

const longTasks: LongTask[] = [];
new PerformanceObserver((list) => {
	for (const { startTime, duration } of list.getEntries()) {
		longTasks.push({ endMs: startTime + duration, durationMs: duration });
	}
}).observe({ type: "longtask", buffered: true });

function rowsOnScreen(): HTMLElement[] {
	return [...document.querySelectorAll<HTMLElement>("tr[data-row-id]")].filter((row) => {
		const { top, bottom, height } = row.getBoundingClientRect();
		return height > 0 && bottom > 0 && top < innerHeight;
	});
}

/** When the frame in which `look` first finds what it looks for has been painted. */
function paintedWhen(look: () => boolean): Promise<number> {
	return new Promise((resolve) => {
		const frame = () => {
			if (!look()) {
				requestAnimationFrame(frame);
				return;
			}
			const channel = new MessageChannel();
			// A message that is sent within a frame arrives when the frame has been painted.
			channel.port1.onmessage = () => resolve(performance.now());
			channel.port2.postMessage(null);
		};
		requestAnimationFrame(frame);
	});
}

const queueClock = {
	/** Ms from the start of the navigation until rows were on screen. */
	opened: paintedWhen(() => rowsOnScreen().length > 0),

	/** Presses the tab of a view that begins with another row; ms from the press until its rows are on screen. */
	async openView(name: string): Promise<number> {
		const tab = [...document.querySelectorAll<HTMLElement>("nav[aria-label=Views] a")].find((link) =>
			link.textContent?.includes(name),
		);
		if (tab === undefined) throw new Error(`There is no tab ${name}.`);
		const before = rowsOnScreen()[0]?.dataset.rowId;
		const startedMs = performance.now();
		const painted = paintedWhen(() => {
			const first = rowsOnScreen()[0];
			return first !== undefined && first.dataset.rowId !== before && tab.ariaCurrent === "true";
		});
		tab.click();
		return (await painted) - startedMs;
	},

	/** Goes down by one screen whenever this one is full of rows, until so many have been there; rows a second. */
	async scrollThrough(rows: number): Promise<number> {
		const startedMs = performance.now();
		let seen = 0;
		await paintedWhen(() => {
			const drawn = rowsOnScreen();
			const last = drawn.at(-1);
			seen = Math.max(seen, ...drawn.map(({ ariaRowIndex }) => Number(ariaRowIndex) - 1));
			if (seen >= rows) return true;
			// The foot of the page leaves room below its last row: that is a screen that is not full yet.
			if (last !== undefined && last.getBoundingClientRect().bottom > innerHeight - 80) {
				window.scrollBy({ top: innerHeight - 120, behavior: "instant" });
			} else {
				window.scrollTo({ top: document.documentElement.scrollHeight, behavior: "instant" });
			}
			return false;
		});
		return seen / ((performance.now() - startedMs) / 1_000);
	},

	/** Long tasks since the last question, once none has come for half a second. */
	async takeLongTasks(): Promise<LongTasks> {
		const askedMs = performance.now();
		for (;;) {
			const lastEndMs = Math.max(askedMs, ...longTasks.map(({ endMs }) => endMs));
			if (performance.now() - lastEndMs > 500) break;
			await new Promise((resolve) => setTimeout(resolve, 100));
		}
		const taken = longTasks.splice(0);
		return { count: taken.length, longestMs: Math.max(0, ...taken.map(({ durationMs }) => durationMs)) };
	},
};
window.queueClock = queueClock;
