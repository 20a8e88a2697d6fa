import { randomUUID } from "node:crypto";
import pg from "pg";
import { withinDeadline } from "../operations/deadline";
import type { Channel, HearLine } from "./database";
import { statement } from "./statement";

const channelName = "countersign";
/** PostgreSQL takes less than 8,000 bytes in one message. */
const payloadMaxBytes = 7_900;
const lineMaxBytes = 7_000;
/** More than this waits only while the connection is away; what is older is of no use by then. */
const waitingMax = 5_000;
const connectTimeoutMs = 5_000;
const answerTimeoutMs = 5_000;
const reconnectAfterMs = 1_000;
const closeTimeoutMs = 1_000;
const notify = statement("select pg_notify($1, $2)");

/**
 * LISTEN and NOTIFY on a connection of its own, which comes back by itself. It is never part of a transaction
 * that decides something: PostgreSQL lets only one transaction with a NOTIFY commit at a time. While one
 * message is on its way the next ones gather, so that a burst of commits costs a few.
 */
export function openPostgresChannel(url: string, hear: HearLine): Channel {
	const name: string = randomUUID();
	const waiting = new Map<string, string>();
	let client: pg.Client | null = null;
	let isReady = false;
	let timer: NodeJS.Timeout | undefined;
	let sending: Promise<void> = Promise.resolve();
	let isSending = false;
	let isClosed = false;

	async function connect(): Promise<void> {
		const next = new pg.Client({
			connectionString: url,
			connectionTimeoutMillis: connectTimeoutMs,
			query_timeout: answerTimeoutMs,
			application_name: "countersign events",
			keepAlive: true,
		});
		// One that breaks while it is idle says so here, and an unheard error would end the process.
		next.on("error", () => lose(next));
		next.on("end", () => lose(next));
		next.on("notification", ({ payload = "" }) => {
			const [from = "", ...lines] = payload.split("\n");
			// Whoever listens hears itself as well.
			if (from !== name) for (const line of lines) hear(line, from);
		});
		client = next;
		try {
			await next.connect();
			await next.query(`LISTEN ${channelName}`);
		} catch {
			return lose(next);
		}
		if (client !== next) return;
		isReady = true;
		startSending();
	}

	function lose(lost: pg.Client): void {
		if (client !== lost) return;
		client = null;
		isReady = false;
		void lost.end().catch(() => undefined);
		if (isClosed) return;
		timer = setTimeout(() => void connect(), reconnectAfterMs);
		timer.unref();
	}

	function startSending(): void {
		if (isSending || client === null || !isReady) return;
		isSending = true;
		sending = sendAll(client);
	}

	async function sendAll(through: pg.Client): Promise<void> {
		try {
			while (waiting.size > 0 && client === through) {
				await through.query({ ...notify, values: [channelName, takePayload()] });
			}
		} catch {
			lose(through);
		} finally {
			// In the same breath as the last look: what is sent from here on starts anew.
			isSending = false;
		}
	}

	/** As many of the waiting lines as one message holds. */
	function takePayload(): string {
		const lines = [name];
		let bytes = name.length;
		for (const [key, line] of waiting) {
			bytes += 1 + Buffer.byteLength(line);
			if (bytes > payloadMaxBytes) break;
			waiting.delete(key);
			lines.push(line);
		}
		return lines.join("\n");
	}

	void connect();
	return {
		send(key, line) {
			if (isClosed || Buffer.byteLength(line) > lineMaxBytes) return;
			if (waiting.size >= waitingMax && !waiting.has(key)) return;
			waiting.set(key, line);
			startSending();
		},
		async close() {
			isClosed = true;
			clearTimeout(timer);
			await withinDeadline(sending, closeTimeoutMs, undefined);
			const last = client;
			client = null;
			if (last !== null)
				await withinDeadline(
					last.end().catch(() => undefined),
					closeTimeoutMs,
					undefined,
				);
		},
	};
}
