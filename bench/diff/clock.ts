import { readyMark } from "./ready-mark";

/**
 * The stopwatch inside a measured page. It is made into one script that runs before anything else of the
 * page does; the page itself knows nothing of it.
 */

/** What tells a changed line of one viewer from everything else that it draws. */
export interface ChangedContent {
	selector: string;
	/** The element whose shadow root holds the lines; null where the viewer draws into the page. */
	shadowHost: string | null;
}

/** All in ms since the navigation began. */
export interface Painted {
	/** The end of the first frame in which a changed line was laid out and visible. */
	atMs: number;
	/** The first byte of the page came. */
	firstByteMs: number;
	/** The page had both texts and all of its code; null where the page does not mark it. */
	readyMs: number | null;
	/** False when the changed line stood outside of the window. */
	isOnScreen: boolean;
	/** Navigations that the server sent elsewhere first. */
	redirects: number;
	/** Lines of the left side that the viewer says are changed; null where it does not tell. */
	markedLines: number | null;
}

declare global {
	interface Window {
		/** Set by a page that knows it. */
		benchMarkedLines?: number;
		/** What the clock looks for; written by the driver ahead of this script. */
		benchContent?: ChangedContent;
		benchPainted?: Promise<Painted>;
		/** Waits until the page is loaded and no task was long for a while, and returns the longest task in ms (0: none over 50). */
		benchLongest?: (quietMs: number) => Promise<number>;
	}
}

const candidates = 50;

const longTasks: { endMs: number; durationMs: number }[] = [];
new PerformanceObserver((list) => {
	for (const { startTime, duration } of list.getEntries()) {
		longTasks.push({ endMs: startTime + duration, durationMs: duration });
	}
}).observe({ type: "longtask", buffered: true });

function changedElements({ selector, shadowHost }: ChangedContent): Element[] {
	if (shadowHost === null) return [...document.querySelectorAll(selector)].slice(0, candidates);
	return [...document.querySelectorAll(shadowHost)]
		.flatMap((host) => [...(host.shadowRoot?.querySelectorAll(selector) ?? [])])
		.slice(0, candidates);
}

function isDrawn(element: Element): boolean {
	const { width, height } = element.getBoundingClientRect();
	const isVisible = element.checkVisibility({
		contentVisibilityAuto: true,
		opacityProperty: true,
		visibilityProperty: true,
	});
	return width > 0 && height > 0 && isVisible;
}

function isInWindow(element: Element): boolean {
	const { top, bottom, left, right } = element.getBoundingClientRect();
	return bottom > 0 && right > 0 && top < innerHeight && left < innerWidth;
}

function paintedNow(drawn: readonly Element[]): Painted {
	const [navigation] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
	const [ready] = performance.getEntriesByName(readyMark);
	return {
		atMs: performance.now(),
		firstByteMs: navigation?.responseStart ?? 0,
		readyMs: ready?.startTime ?? null,
		isOnScreen: drawn.some(isInWindow),
		redirects: navigation?.redirectCount ?? 0,
		markedLines: window.benchMarkedLines ?? null,
	};
}

const content = window.benchContent;
if (content !== undefined) {
	window.benchPainted = new Promise((resolve) => {
		let isFound = false;
		// A ResizeObserver is asked after the layout of a frame and before its paint: what it sees is what this
		// frame draws, whoever put it there, and looking costs no layout of its own.
		const observer = new ResizeObserver(() => {
			if (isFound) return;
			const drawn = changedElements(content).filter(isDrawn);
			if (drawn.length === 0) return;
			isFound = true;
			observer.disconnect();
			const channel = new MessageChannel();
			// A message that is sent within a frame arrives when the frame has been painted.
			channel.port1.onmessage = () => resolve(paintedNow(drawn));
			channel.port2.postMessage(null);
		});
		const askInThisFrame = () => {
			if (isFound) return;
			// Observing anew is what makes it be asked although nothing changed its size.
			observer.unobserve(document.documentElement);
			observer.observe(document.documentElement);
			requestAnimationFrame(askInThisFrame);
		};
		requestAnimationFrame(askInThisFrame);
	});
	window.benchLongest = (quietMs) =>
		new Promise((resolve) => {
			const startedMs = performance.now();
			const look = () => {
				const lastEndMs = Math.max(startedMs, ...longTasks.map(({ endMs }) => endMs));
				const isBusy = performance.now() - lastEndMs < quietMs || document.readyState !== "complete";
				if (isBusy) setTimeout(look, 100);
				else resolve(Math.max(0, ...longTasks.map(({ durationMs }) => durationMs)));
			};
			look();
		});
}
