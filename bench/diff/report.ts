import type { LongestTask } from "./trace";
import type { Viewer, ViewerName } from "./viewers";
import { sizeReference, timeReference } from "./viewers";
import type { Visit } from "./visit";

/** What came of one viewer on one pair. */
export interface Cell {
	viewer: Viewer;
	visits: Visit[];
	traced: LongestTask | null;
	/** Why there are no figures; null where there are. */
	failure: string | null;
}

/** What one viewer makes the browser load. */
export interface Size {
	title: string;
	name: ViewerName;
	/** All scripts, bytes after gzip. */
	total: number;
	/** What of it the comparison alone brings, bytes after gzip. */
	own: number;
}

function medianOf(values: readonly number[]): number {
	return [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;
}

interface Times {
	openedMs: number;
	afterByteMs: number;
	drawnMs: number | null;
}

function timesOf({ visits }: Cell): Times | null {
	if (visits.length === 0) return null;
	const drawn = visits.flatMap(({ atMs, readyMs }) => (readyMs === null ? [] : [atMs - readyMs]));
	return {
		openedMs: medianOf(visits.map(({ atMs }) => atMs)),
		afterByteMs: medianOf(visits.map(({ atMs, firstByteMs }) => atMs - firstByteMs)),
		drawnMs: drawn.length === visits.length ? medianOf(drawn) : null,
	};
}

const titleWidth = 32;
const columnWidth = 16;

function row(title: string, columns: readonly string[]): string {
	return `  ${title.padEnd(titleWidth)}${columns.map((column) => column.padStart(columnWidth)).join("")}`;
}

function timeWithRatio(ms: number | null | undefined, reference: number | null | undefined): string {
	if (ms === null || ms === undefined) return "–";
	const ratio = reference ? `${(ms / reference).toFixed(2)} ×` : "";
	return `${ms.toFixed(0)} ${ratio.padStart(8)}`;
}

function notesOf({ visits }: Cell): string {
	const notes = [];
	if (visits.some(({ isOnScreen }) => !isOnScreen)) notes.push("painted below the window");
	if (visits.some(({ redirects }) => redirects > 0)) notes.push("sent elsewhere first");
	const marked = visits[0]?.markedLines ?? null;
	if (marked !== null) notes.push(`marks ${marked.toLocaleString("en")} lines`);
	return notes.length === 0 ? "" : `   (${notes.join(", ")})`;
}

/** One pair's table. */
export function pairTable(title: string, cells: readonly Cell[]): string {
	const referenceCell = cells.find(({ viewer }) => viewer.name === timeReference);
	const reference = referenceCell === undefined ? null : timesOf(referenceCell);
	const lines = cells.map((cell) => {
		const times = timesOf(cell);
		if (cell.failure !== null || times === null)
			return row(cell.viewer.title, [cell.failure ?? "not measured"]);
		const longest = medianOf(cell.visits.map(({ longestMs }) => longestMs));
		const { traced } = cell;
		const columns = [
			timeWithRatio(times.openedMs, reference?.openedMs),
			timeWithRatio(times.afterByteMs, reference?.afterByteMs),
			timeWithRatio(times.drawnMs, reference?.drawnMs),
			longest === 0 ? "none" : longest.toFixed(0),
			traced === null ? "–" : `${traced.wallMs.toFixed(0)} (${traced.cpuMs.toFixed(0)})`,
		];
		return `${row(cell.viewer.title, columns)}${notesOf(cell)}`;
	});
	const heads = ["opened ms", "after byte 1 ms", "drawn ms", "block ms", "traced ms (CPU)"];
	return [`\n${title}`, row("", heads), ...lines].join("\n");
}

/** The sizes, as a table. */
export function sizeTable(sizes: readonly Size[], bareReact: number): string {
	const reference = sizes.find(({ name }) => name === sizeReference)?.own;
	const kilobytes = (bytes: number) => (bytes / 1_000).toFixed(1);
	const lines = sizes.map(({ title, total, own }) =>
		row(title, [
			kilobytes(total),
			kilobytes(own),
			reference === undefined ? "–" : `${(own / reference).toFixed(2)} ×`,
		]),
	);
	return [
		`\nJavaScript, KB (1,000 bytes) after gzip; a page that draws with React alone loads ${kilobytes(bareReact)}`,
		row("", ["all of the page", "the viewer's", "ratio"]),
		...lines,
	].join("\n");
}

/** What the figures are; printed ahead of them. */
export const explanation = `
opened        from the start of the navigation to the end of the first frame in which a changed line is laid out and
              visible. Code comes from the browser's cache (the headless build keeps no compiled code), page and texts
              anew. Countersign: its own server with the session check, the API, the comparison and the HTML is in
              it. The others: a server that sends everything from memory, no sign-in, no record around the diff.
after byte 1  the same from the first byte of the page on: without the servers. What Countersign's server works before
              that byte (it may compare there) is not in it; the others have all of their comparison in it.
drawn         from the moment when the page has both texts and its code to that frame: comparing and drawing
              alone. Countersign has no such moment, because its server sends the comparison and not the texts.
block         the longest task of the main thread until nothing was long for a second, by the Long Tasks API
              (none: nothing over 50 ms).
traced        the same from the browser's trace, one visit more: wall clock, and what the processor worked for it.
×             against "CodeMirror merge, folded" on the same pair in the same run. Medians of all runs; the viewers
              take turns. All of them split, wrapped and folded where they can be, except "nothing set".
marks         how many lines of the current prompt CodeMirror says are changed. Its own diff gives up early as it comes
              and then calls everything changed, which is quick; "exact" lets it look for up to two seconds.`;
