import type { KeyObject } from "node:crypto";
import { type FileHandle, mkdir, open } from "node:fs/promises";
import { dirname } from "node:path";
import type { Clock } from "../clock";
import type { AuditHead, Database } from "../db/database";
import { statement } from "../db/statement";
import { describeError, type Log } from "../log";
import { readLines, startOfFile } from "./read-lines";
import { parseSignedLine, signedLine, signerOf } from "./signed-head";

/** Signs the ends of the audit chains and keeps them in a file outside the database. */
export interface Anchors {
	/** To be called after each commit that has moved a chain; the newest head of each tenant is signed. */
	note(head: AuditHead): void;
	/** Signs what the file does not know yet: a server may have been killed before it could. */
	anchorAll(db: Database): Promise<void>;
	/** Returns when everything noted so far is in the file, or could not be written. */
	flush(): Promise<void>;
	/** A last flush; nothing is signed after it. */
	close(): Promise<void>;
	/** False from a failed write until one succeeds. */
	isHealthy(): boolean;
}

/** Half of the 200 ms that a head may stay unsigned; the other half is for the disk. */
const gatherMs = 100;
const retryMs = 1_000;

const presentHeads = statement(`
	select tenant_id as "tenantId", sequence, hash from audit_heads where sequence > 0 order by tenant_id
`);

/**
 * Makes the anchors of one server. Servers may share a file: every batch is one write of whole lines at its
 * end.
 */
export function createAnchors(parts: { file: string; key: KeyObject; clock: Clock; log: Log }): Anchors {
	const { file, clock, log } = parts;
	const signer = signerOf(parts.key);
	const waiting = new Map<string, AuditHead>();
	const signed = new Map<string, number>();
	let timer: NodeJS.Timeout | undefined;
	let isHealthy = true;
	let isClosed = false;
	let writes = Promise.resolve();

	/** Two commits can be told of in the wrong order; the later one covers the other. */
	function wait(head: AuditHead): void {
		const last = Math.max(waiting.get(head.tenantId)?.sequence ?? 0, signed.get(head.tenantId) ?? 0);
		if (head.sequence > last) waiting.set(head.tenantId, head);
	}

	function writeAfter(delayMs: number): void {
		if (isClosed) return;
		timer ??= setTimeout(() => void flush(), delayMs);
	}

	function flush(): Promise<void> {
		clearTimeout(timer);
		timer = undefined;
		writes = writes.then(writeWaiting);
		return writes;
	}

	async function writeWaiting(): Promise<void> {
		const heads = [...waiting.values()];
		if (heads.length === 0) return;
		waiting.clear();
		try {
			const at = clock();
			await append(file, heads.map((head) => `${signedLine(head, at, signer)}\n`).join(""));
			for (const { tenantId, sequence } of heads) signed.set(tenantId, sequence);
			if (!isHealthy) log.info("audit_heads_are_written_again", { file });
			isHealthy = true;
		} catch (error) {
			for (const head of heads) wait(head);
			fail(error);
		}
	}

	function fail(error: unknown): void {
		// Said once: what is tried every second would fill the log for hours.
		if (isHealthy) log.error("audit_heads_not_written", { file, error: describeError(error) });
		isHealthy = false;
		writeAfter(retryMs);
	}

	async function anchorAll(db: Database): Promise<void> {
		const heads = await db.asOwner((tx) => tx.query<AuditHead>(presentHeads, []));
		const lines = await lastLines(file).catch((error: unknown) => {
			fail(error);
			return new Map<string, AuditHead>();
		});
		log.info("audit_heads", { file, key_id: signer.keyId });
		for (const head of heads) {
			const line = lines.get(head.tenantId);
			if (line === undefined || head.sequence > line.sequence) wait(head);
			else if (head.sequence < line.sequence || head.hash !== line.hash) {
				log.error("audit_log_is_not_what_was_signed", {
					tenant_id: head.tenantId,
					sequence: head.sequence,
					signed_sequence: line.sequence,
				});
			}
		}
		await flush();
	}

	return {
		note(head) {
			if (isClosed) return;
			wait(head);
			writeAfter(gatherMs);
		},
		anchorAll,
		flush,
		async close() {
			isClosed = true;
			await flush();
		},
		isHealthy: () => isHealthy,
	};
}

async function lastLines(file: string): Promise<Map<string, AuditHead>> {
	const last = new Map<string, AuditHead>();
	for await (const { text } of readLines(file, startOfFile)) {
		const line = parseSignedLine(text);
		if (line === null) continue;
		last.set(line.tenant_id, { tenantId: line.tenant_id, sequence: line.sequence, hash: line.hash });
	}
	return last;
}

async function append(file: string, lines: string): Promise<void> {
	await mkdir(dirname(file), { recursive: true });
	const handle = await open(file, "a+");
	try {
		const { size } = await handle.stat();
		// After a line that was cut off, ours would be lost with it.
		const bytes = Buffer.from(size === 0 || (await isEndOfLine(handle, size - 1)) ? lines : `\n${lines}`);
		const { bytesWritten } = await handle.write(bytes);
		if (bytesWritten < bytes.length) {
			throw new Error(`The disk took ${bytesWritten} of ${bytes.length} bytes`);
		}
		await handle.datasync();
		if (size === 0) await keepName(file);
	} finally {
		await handle.close();
	}
}

async function isEndOfLine(handle: FileHandle, position: number): Promise<boolean> {
	const { buffer } = await handle.read(Buffer.alloc(1), 0, 1, position);
	return buffer[0] === 0x0a;
}

/** The name of a new file is kept by its folder, which Windows neither needs nor lets us sync. */
async function keepName(file: string): Promise<void> {
	if (process.platform === "win32") return;
	const folder = await open(dirname(file), "r");
	try {
		await folder.sync();
	} finally {
		await folder.close();
	}
}
