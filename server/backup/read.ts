import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import type { z } from "zod";
import { BackupError } from "./backup-error";
import {
	type BackupHeader,
	endSchema,
	formatVersion,
	headerSchema,
	rowSchema,
	versionSchema,
} from "./format";

/** What reading a backup tells on its way. */
export interface BackupReader {
	/** Some lines of one table: at most 100, and few when they are long. */
	onRows?(table: string, lines: readonly string[]): Promise<void>;
}

const batchRows = 100;
const batchBytes = 4 * 1024 * 1024;
/** More than any row that the API takes; a damaged file may seem to have a line without end. */
const longestLineBytes = 256 * 1024 * 1024;
const newline = 0x0a;

/**
 * Reads a backup from its first line to its last, and throws a BackupError unless every part of it is right:
 * the compression, each line, the counts, the checksum. Only when it has returned was all that it told true.
 */
export async function readBackup(
	file: string,
	reader: BackupReader = {},
	signal?: AbortSignal,
): Promise<BackupHeader> {
	const content = new Content(file, reader);
	let reason: unknown;
	const takeLines = async (chunks: AsyncIterable<Buffer>) => {
		try {
			for await (const line of splitLines(file, chunks)) await content.take(line);
		} catch (error) {
			reason = error;
			throw error;
		}
	};
	try {
		await pipeline(createReadStream(file), createGunzip(), takeLines, { signal });
	} catch (error) {
		// When its last part throws, a pipeline may say no more than that it was aborted.
		throw explained(file, reason ?? error);
	}
	return content.finish();
}

/** Lines without their line end; the last one must have one. */
async function* splitLines(file: string, chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
	let open: Buffer[] = [];
	let openBytes = 0;
	for await (const chunk of chunks) {
		let from = 0;
		for (let at = chunk.indexOf(newline); at !== -1; at = chunk.indexOf(newline, from)) {
			yield Buffer.concat([...open, chunk.subarray(from, at)]);
			open = [];
			openBytes = 0;
			from = at + 1;
		}
		if (from === chunk.length) continue;
		open.push(chunk.subarray(from));
		openBytes += chunk.length - from;
		if (openBytes > longestLineBytes) throw unusable(file, "one of its lines has no end");
	}
	if (openBytes > 0) throw unusable(file, "it is cut off in the middle of a line");
}

/** The lines of one file: checked, counted, hashed and told in batches. */
class Content {
	private header: BackupHeader | null = null;
	private hasEnded = false;
	private lines = 0;
	private readonly hash = createHash("sha256");
	private table = 0;
	private rowsOfTable = 0;
	private batch: string[] = [];
	private bytesOfBatch = 0;

	constructor(
		private readonly file: string,
		private readonly reader: BackupReader,
	) {}

	async take(bytes: Buffer): Promise<void> {
		if (this.hasEnded) throw unusable(this.file, "there is more in it after its end");
		const text = bytes.toString("utf8");
		if (this.header !== null && text.startsWith("{")) return this.end(text);
		if (this.header === null) this.begin(text);
		else await this.row(text, bytes.length, this.header);
		this.hash.update(bytes).update("\n");
		this.lines += 1;
	}

	finish(): BackupHeader {
		if (this.header === null) throw unusable(this.file, "it is empty");
		if (!this.hasEnded) throw unusable(this.file, "it is cut off before its end");
		return this.header;
	}

	private begin(text: string): void {
		const version = this.parsed(versionSchema, text, "it is not a backup of Countersign").version;
		if (version !== formatVersion) {
			throw unusable(
				this.file,
				`it is of format version ${version}, and this build of Countersign reads version ${formatVersion}`,
			);
		}
		this.header = this.parsed(headerSchema, text, "its first line is not the header of a backup");
		this.skipEmptyTables(this.header);
	}

	private async row(text: string, bytes: number, header: BackupHeader): Promise<void> {
		const table = header.tables[this.table];
		if (table === undefined) throw unusable(this.file, "it holds more rows than its header says");
		const where = `line ${this.lines + 1} is not a row of ${table.name}`;
		if (this.parsed(rowSchema, text, where).length !== table.columns.length) {
			throw unusable(this.file, where);
		}
		this.batch.push(text);
		this.bytesOfBatch += bytes;
		this.rowsOfTable += 1;
		const isTableComplete = this.rowsOfTable === table.rows;
		if (isTableComplete || this.batch.length === batchRows || this.bytesOfBatch >= batchBytes) {
			const lines = this.batch;
			this.batch = [];
			this.bytesOfBatch = 0;
			await this.reader.onRows?.(table.name, lines);
		}
		if (isTableComplete) {
			this.table += 1;
			this.rowsOfTable = 0;
			this.skipEmptyTables(header);
		}
	}

	private skipEmptyTables({ tables }: BackupHeader): void {
		while (tables[this.table]?.rows === 0) this.table += 1;
	}

	private end(text: string): void {
		const end = this.parsed(endSchema, text, `line ${this.lines + 1} is neither a row nor the end`);
		if (this.table !== this.header?.tables.length || end.lines !== this.lines) {
			throw unusable(this.file, "it holds fewer rows than its header says");
		}
		if (end.sha256 !== this.hash.digest("hex")) {
			throw unusable(this.file, "its checksum is wrong, so it was damaged or changed");
		}
		this.hasEnded = true;
	}

	private parsed<Schema extends z.ZodType>(schema: Schema, text: string, reason: string): z.output<Schema> {
		let value: unknown;
		try {
			value = JSON.parse(text);
		} catch {
			throw unusable(this.file, reason);
		}
		const result = schema.safeParse(value);
		if (!result.success) throw unusable(this.file, reason);
		return result.data;
	}
}

function unusable(file: string, reason: string): BackupError {
	return new BackupError(`${file} cannot be restored: ${reason}.`);
}

/** The failures of the file system and of the decompression, in words; every other error as it is. */
function explained(file: string, error: unknown): unknown {
	if (error instanceof BackupError || !(error instanceof Error) || !("code" in error)) return error;
	const { code } = error;
	if (code === "ENOENT") return unusable(file, "there is no such file");
	if (code === "EISDIR") return unusable(file, "it is a folder");
	if (code === "EACCES") return unusable(file, "you may not read it");
	if (code === "Z_BUF_ERROR") return unusable(file, "it is cut off");
	if (typeof code === "string" && code.startsWith("Z_")) {
		return unusable(file, "it is damaged, or not a gzip file");
	}
	return error;
}
