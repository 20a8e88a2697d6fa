import { describe, expect, test } from "vitest";
import type { QueueRow } from "../contract/queue";
import { csvStream } from "./csv-stream";
import { readExport } from "./read-export";
import type { RowPage } from "./read-rows";
import { writeRows } from "./write-rows";

const row = (id: string): QueueRow => ({
	id,
	tenant_id: "t1",
	project_id: "p1",
	cluster_signature: "sha256:one",
	status: "proposed",
	rationale: `Line one,\n#end\r\n"line two" of ${id}`,
	created_at: "2026-11-22T10:00:00.000Z",
	updated_at: "2026-11-22T10:00:00.000Z",
});
const around = { projectNames: new Map(), urlOf: (id: string) => `/d/${id}` };
const write = (rows: readonly QueueRow[], isFirst: boolean) => writeRows(rows, around, isFirst);

interface ExportOfPages {
	/** Ids of each page. */
	pages: string[][];
	/** Pages that a session lasts for. */
	pagesOfSession?: number;
	failsAt?: number;
}

/** An export over pages of rows, and which of them have been read. */
function exportOf({ pages, pagesOfSession = 100, failsAt = -1 }: ExportOfPages) {
	const read: number[] = [];
	const failures: unknown[] = [];
	const signals: AbortSignal[] = [];
	const readPage = async (index: number): Promise<RowPage> => {
		read.push(index);
		if (index === failsAt) throw new Error("The API cannot be reached.");
		return {
			rows: (pages[index] ?? []).map(row),
			next: index + 1 < pages.length ? String(index + 1) : null,
		};
	};
	async function streamFrom(after: string | null) {
		const begun = read.length;
		return csvStream({
			first: await readPage(Number(after || 0)),
			readRows: (place, signal) => {
				signals.push(signal);
				return readPage(Number(place));
			},
			isBeginning: !after,
			write,
			isTimeUp: () => read.length - begun >= pagesOfSession,
			afterOf: after === null ? null : (place) => place,
			onFailure: (error) => failures.push(error),
		});
	}
	return { streamFrom, read, failures, signals };
}

const textOf = (stream: ReadableStream<Uint8Array>) => new Response(stream).text();
const three = { pages: [["a", "b"], ["c"], ["d"]] };
const whole = write(["a", "b", "c", "d"].map(row), true);

describe("csvStream", () => {
	test("is the whole file for a reader that asks for no parts", async () => {
		expect(await textOf(await exportOf(three).streamFrom(null))).toBe(whole.slice(1));
	});

	test("reads a page only when the one before has been taken, and none after its reader has left", async () => {
		const { streamFrom, read, signals, failures } = exportOf(three);
		const reader = (await streamFrom(null)).getReader();
		await new Promise(setImmediate);
		expect(read).toEqual([0]);
		await reader.read();
		await new Promise(setImmediate);
		expect(read).toEqual([0]);
		await reader.read();
		expect(read).toEqual([0, 1]);
		await reader.cancel();
		await new Promise(setImmediate);
		expect(read).toEqual([0, 1]);
		expect(signals[0]?.aborted).toBe(true);
		expect(failures).toEqual([]);
	});

	test("fails when a page cannot be read, and when the session ends before the rows", async () => {
		const broken = exportOf({ ...three, failsAt: 2 });
		await expect(textOf(await broken.streamFrom(null))).rejects.toThrow();
		expect(String(broken.failures)).toContain("cannot be reached");
		const short = exportOf({ ...three, pagesOfSession: 2 });
		await expect(textOf(await short.streamFrom(null))).rejects.toThrow();
	});

	test("goes on over pages of which nothing is left, and ends where it should", async () => {
		const { streamFrom } = exportOf({ pages: [[], [], ["a"], []] });
		expect(await textOf(await streamFrom(null))).toBe(write([row("a")], true).slice(1));
	});
});

describe("readExport", () => {
	/** Reads an export as a browser does, with its chunks cut into pieces. */
	function readInPieces(given: ExportOfPages, pieceSize = 7, cutOffAt = Number.POSITIVE_INFINITY) {
		const { streamFrom, ...rest } = exportOf(given);
		const renewed: boolean[] = [];
		const progress: string[] = [];
		const leaving = new AbortController();
		let passed = 0;
		const pieces = () =>
			new TransformStream<Uint8Array, Uint8Array>({
				transform(chunk, controller) {
					for (let from = 0; from < chunk.length; from += pieceSize) {
						if (passed < cutOffAt) controller.enqueue(chunk.slice(from, from + pieceSize));
						passed += pieceSize;
					}
				},
			});
		const file = readExport({
			url: new URL("http://desk/export.csv?view=all"),
			fetch: async (url, { signal }) => {
				const stream = await streamFrom(url.searchParams.get("after"));
				return new Response(stream.pipeThrough(pieces(), signal ? { signal } : {}), {
					headers: {
						"content-disposition": 'attachment; filename="deployments-2026-11-22.csv"',
						"x-total-rows": "4",
					},
				});
			},
			renew: async (isFirst) => void renewed.push(isFirst),
			signal: leaving.signal,
			onProgress: ({ rows, total }) => {
				const said = `${rows} of ${total}`;
				if (progress.at(-1) !== said) progress.push(said);
				if (rows === 3) leaving.signal.dispatchEvent(new Event("three"));
			},
		});
		return { file, renewed, progress, leaving, ...rest };
	}

	test.each([1, 2, 100])(
		"is the same file, byte for byte, where a session lasts for %i pages",
		async (pages) => {
			const { file, renewed, progress } = readInPieces({ ...three, pagesOfSession: pages });
			const { name, parts, rows } = await file;
			expect(new TextDecoder("utf-8", { ignoreBOM: true }).decode(await new Blob(parts).bytes())).toBe(whole);
			expect({ name, rows }).toEqual({ name: "deployments-2026-11-22.csv", rows: 4 });
			expect(parts).toHaveLength(Math.max(1, Math.ceil(3 / pages)));
			expect(renewed).toEqual(parts.map((_, index) => index === 0));
			expect(progress.slice(-4)).toEqual(["1 of 4", "2 of 4", "3 of 4", "4 of 4"]);
		},
	);

	test("is none when a part is cut off, however cleanly, anywhere", async () => {
		for (let at = 0; at <= whole.length; at += 61) {
			await expect(readInPieces(three, 7, at).file).rejects.toThrow("cut off");
		}
	});

	test("is none when the server fails on the way", async () => {
		await expect(readInPieces({ ...three, failsAt: 2 }).file).rejects.toThrow();
	});

	test("ends when it is cancelled, and the server reads no further", async () => {
		const { file, leaving, read } = readInPieces({
			pages: Array.from({ length: 50 }, (_, page) => [`d${page}`]),
		});
		leaving.signal.addEventListener("three", () => leaving.abort());
		await expect(file).rejects.toThrow();
		await new Promise(setImmediate);
		const readByThen = read.length;
		await new Promise(setImmediate);
		expect(read.length).toBe(readByThen);
		expect(readByThen).toBeLessThan(10);
	});

	test("tells why a part is refused", async () => {
		const refused = readExport({
			url: new URL("http://desk/export.csv"),
			fetch: async () => Response.json({ error: "Your session has ended. Sign in again." }, { status: 401 }),
			renew: async () => undefined,
			signal: new AbortController().signal,
			onProgress: () => undefined,
		});
		await expect(refused).rejects.toThrow("Your session has ended. Sign in again.");
	});
});
