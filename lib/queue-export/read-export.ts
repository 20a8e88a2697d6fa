import { ApiError } from "../client/api-error";
import { plainErrorOf } from "../client/plain-error";
import { type PartEnd, partParameter, readPartEnd } from "./part-end";

export interface ExportProgress {
	/** Rows that have arrived. */
	rows: number;
	/** Null where the server does not know it beforehand. */
	total: number | null;
}

interface ReadExportOptions {
	/** The address of the export, with the parameters of its view. */
	url: URL;
	fetch: (url: URL, init: RequestInit) => Promise<Response>;
	/** Renews the session before a part: one part lasts as long as a session token. */
	renew: (isFirst: boolean) => Promise<void>;
	signal: AbortSignal;
	onProgress: (progress: ExportProgress) => void;
}

export interface ExportedFile {
	name: string;
	/** In order; each may be large, so they are not joined here. */
	parts: Blob[];
	rows: number;
}

/**
 * Reads an export to its end, part by part. Throws an `ApiError` with a sentence for the person where a part is
 * refused or cut off: half a file is none.
 */
export async function readExport(options: ReadExportOptions): Promise<ExportedFile> {
	const { url, renew, signal, onProgress } = options;
	const parts: Blob[] = [];
	let name = "deployments.csv";
	let total: number | null = null;
	let rows = 0;
	let after = "";
	for (let isFirst = true; ; isFirst = false) {
		await renew(isFirst);
		const partUrl = new URL(url);
		partUrl.searchParams.set(partParameter, after);
		const response = await options.fetch(partUrl, { cache: "no-store", redirect: "error", signal });
		if (!response.ok || response.body === null) throw await refusedPart(response);
		if (isFirst) {
			name = /filename="([\w.-]+)"/.exec(response.headers.get("content-disposition") ?? "")?.[1] ?? name;
			total = countOf(response.headers.get("x-total-rows"));
		}
		const part = await readPart(response.body, (lines) => {
			// The names of the columns are a line, and no row.
			onProgress({ rows: rows + lines - (isFirst ? 1 : 0), total });
		});
		rows += part.lines - (isFirst ? 1 : 0);
		parts.push(part.blob);
		if (part.end.isLast) return { name, parts, rows };
		after = part.end.after;
	}
}

interface Part {
	blob: Blob;
	lines: number;
	end: PartEnd;
}

const quote = 0x22;
const lineFeed = 0x0a;
const hash = 0x23;

/** Reads a part to the line that ends it, and counts its records: a line end within quotes ends none. */
async function readPart(body: ReadableStream<Uint8Array>, onLines: (lines: number) => void): Promise<Part> {
	const chunks: BlobPart[] = [];
	const decoder = new TextDecoder();
	let ending = "";
	let lines = 0;
	let isQuoted = false;
	let isLineStart = true;
	const reader = body.getReader();
	for (;;) {
		const { done, value } = await reader.read();
		if (done) break;
		let index = 0;
		while (index < value.length && ending === "") {
			const byte = value[index];
			if (isLineStart && byte === hash) break;
			if (byte === quote) isQuoted = !isQuoted;
			isLineStart = byte === lineFeed && !isQuoted;
			if (isLineStart) lines += 1;
			index += 1;
		}
		if (index > 0) chunks.push(value.slice(0, index));
		ending += decoder.decode(value.subarray(index), { stream: true });
		onLines(lines);
	}
	const end = readPartEnd(ending);
	if (end === null) {
		throw new ApiError("The export was cut off on its way.", {
			status: null,
			code: "cut_off",
			outcome: "refused",
		});
	}
	return { blob: new Blob(chunks), lines, end };
}

async function refusedPart(response: Response): Promise<ApiError> {
	const body = plainErrorOf(await response.json().catch(() => null));
	return new ApiError(body?.error ?? `The dashboard answered with status ${response.status}.`, {
		status: response.status,
		code: body?.code ?? `http_${response.status}`,
		outcome: "refused",
		body,
	});
}

function countOf(text: string | null): number | null {
	return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null;
}
