import type { QueueRow } from "../contract/queue";
import { writePartEnd } from "./part-end";
import type { ReadRows, RowPage } from "./read-rows";

interface CsvStreamOptions {
	/** The page that has been read already. */
	first: RowPage;
	readRows: ReadRows;
	/** True where `first` begins the file, with the names of the columns. */
	isBeginning: boolean;
	write: (rows: readonly QueueRow[], isFirst: boolean) => string;
	/** True once no further page can be read with this session. */
	isTimeUp: () => boolean;
	/** What a reader of parts asks with for the next one; null for a reader that takes the whole file or none. */
	afterOf: ((place: string) => string) | null;
	onFailure: (error: unknown) => void;
}

/**
 * Rows as a stream of CSV, each page read when the reader has taken the one before, and none after it has left.
 * Where the rows cannot be read to their end the stream fails: a file that was cut off never looks whole. A
 * reader of parts gets a last line that says how to go on (`part-end.ts`).
 */
export function csvStream(options: CsvStreamOptions): ReadableStream<Uint8Array> {
	const { readRows, write, isTimeUp, afterOf } = options;
	const encoder = new TextEncoder();
	const left = new AbortController();
	let isFirst = options.isBeginning;
	let page: RowPage | null = options.first;
	let place: string | null = null;

	async function nextChunk(): Promise<{ text: string; isLast: boolean }> {
		for (;;) {
			page ??= await readRows(place, left.signal);
			const { rows, next }: RowPage = page;
			if (next !== null && next === place) throw new Error("The API gave out the same place twice.");
			const text = write(rows, isFirst);
			isFirst = false;
			page = null;
			place = next;
			if (next === null)
				return { text: afterOf ? text + writePartEnd({ isLast: true }) : text, isLast: true };
			if (isTimeUp()) {
				if (afterOf === null) throw new Error("The session token ended before the rows did.");
				return { text: text + writePartEnd({ isLast: false, after: afterOf(next) }), isLast: true };
			}
			if (text !== "") return { text, isLast: false };
		}
	}

	return new ReadableStream<Uint8Array>(
		{
			async pull(controller) {
				try {
					const { text, isLast } = await nextChunk();
					if (text !== "") controller.enqueue(encoder.encode(text));
					if (isLast) controller.close();
				} catch (error) {
					if (left.signal.aborted) return;
					options.onFailure(error);
					throw error;
				}
			},
			cancel() {
				left.abort();
			},
		},
		// Nothing is read ahead of who reads.
		{ highWaterMark: 0 },
	);
}
