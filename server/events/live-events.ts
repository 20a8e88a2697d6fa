import { isAllowed } from "@/lib/rules/authority";
import type { Caller } from "../auth/caller";
import type { Clock } from "../clock";
import type { AuditHead, Channel, Connection, Database } from "../db/database";
import { ApiError } from "../errors/api-error";
import { describeError, type Log } from "../log";
import { createEventStream, type EventStream } from "./event-stream";
import { createFeed, type Feed, type News, type Resume } from "./feed";
import { heartbeatFrame, helloFrame, presenceFrame, resetFrame } from "./frames";
import { headLine, readHeadLine } from "./head-line";
import type { LiveLimits } from "./limits";
import { createPresence } from "./presence";
import { type Change, readChanges, readHeadsOf } from "./read-changes";

interface OpenRequest {
	caller: Caller;
	/** Where the reader has stopped; null for one that comes for the first time. */
	resume: Resume | null;
	/** The deployment whose page is open, of the caller's own tenant. */
	lookingAt: string | null;
	/** Ends the connection, where there is one. */
	hangUp: (() => void) | undefined;
}

/** The streams of this process, and what they are fed with. */
export interface LiveEvents {
	/** Opens a stream, or throws the ApiError that answers: too many of them, or the server is stopping. */
	open(request: OpenRequest): Promise<ReadableStream<Uint8Array>>;
	/** Ends every stream and opens no more; the other processes are still told of commits. */
	endStreams(): void;
	/** The last of it. */
	close(): Promise<void>;
}

interface Tenant {
	feed: Feed;
	streams: number;
}

/** What everybody who may read may be told of; the rest is for those who may read the audit log. */
const toldToAll = /^(?:deployment|project|control_action|kill_switch)\./;

/** Makes the live events of one process. Without a channel this process is the only one on its database. */
export function createLiveEvents(parts: {
	db: Database;
	clock: Clock;
	log: Log;
	limits: LiveLimits;
	openChannel: Connection["openChannel"];
}): LiveEvents {
	const { db, clock, log, limits } = parts;
	const tenants = new Map<string, Tenant>();
	const open = new Set<EventStream>();
	let streams = 0;
	let isStopping = false;
	let isFailing = false;

	const channel: Channel | null =
		parts.openChannel?.((line, from) => {
			const head = readHeadLine(line);
			if (head === null) presence.hear(line, from);
			else tenants.get(head.tenantId)?.feed.note(head.sequence);
		}) ?? null;
	const presence = createPresence({
		clock,
		keepMs: limits.presenceKeepMs,
		send: (key, line) => channel?.send(key, line),
	});
	const timers = [
		setInterval(() => {
			for (const stream of open) stream.send(heartbeatFrame);
		}, limits.heartbeatMs),
		setInterval(presence.beat, limits.presenceBeatMs),
		...(channel === null ? [] : [setInterval(() => void lookForHeads(), limits.lookMs)]),
	];
	for (const timer of timers) timer.unref();
	db.auditHeadListeners.add(noteCommit);

	function noteCommit({ tenantId, sequence }: AuditHead): void {
		tenants.get(tenantId)?.feed.note(sequence);
		channel?.send(`head ${tenantId}`, headLine({ tenantId, sequence }));
	}

	/** A process may have ended between its commit and the message of it. */
	async function lookForHeads(): Promise<void> {
		if (tenants.size === 0) return;
		try {
			const heads = await readHeadsOf(db, [...tenants.keys()]);
			for (const { tenantId, sequence } of heads) tenants.get(tenantId)?.feed.note(sequence);
			isFailing = false;
		} catch (error) {
			sayOnce(error);
		}
	}

	function sayOnce(error: unknown): void {
		if (!isFailing) log.error("live_events_not_read", { cause: describeError(error) });
		isFailing = true;
	}

	function enter(tenantId: string): Tenant {
		if (isStopping)
			throw new ApiError("overloaded", "The server is stopping: ask again in a moment.", wait(1));
		if (streams >= limits.streams) {
			throw new ApiError("overloaded", "Too many event streams are open on this server.", wait(30));
		}
		const tenant = tenants.get(tenantId) ?? { feed: feedOf(tenantId), streams: 0 };
		if (tenant.streams >= limits.streamsOfTenant) {
			const message = `Your organization has ${limits.streamsOfTenant} event streams open: close one first.`;
			throw new ApiError("rate_limited", message, wait(30));
		}
		tenants.set(tenantId, tenant);
		tenant.streams += 1;
		streams += 1;
		return tenant;
	}

	function leave(tenantId: string, tenant: Tenant): void {
		streams -= 1;
		tenant.streams -= 1;
		if (tenant.streams > 0) return;
		tenant.feed.close();
		tenants.delete(tenantId);
	}

	function feedOf(tenantId: string): Feed {
		return createFeed({
			read: async (after) => {
				const reading = await readChanges(db, { tenantId, after, changesMax: limits.changes });
				isFailing = false;
				return reading;
			},
			onError: sayOnce,
		});
	}

	function framesOf(news: News, caller: Caller): string {
		if (news.kind === "hello") return helloFrame(news.sequence);
		if (news.kind === "reset") return resetFrame(news.sequence);
		const isForAll = isAllowed("read_audit_log", caller);
		const isTold = ({ event }: Change) => isForAll || toldToAll.test(event);
		return news.changes
			.filter(isTold)
			.map(({ frame }) => frame)
			.join("");
	}

	function endStreams(): void {
		isStopping = true;
		for (const stream of open) stream.end();
	}

	return {
		async open({ caller, resume, lookingAt, hangUp }) {
			const tenant = enter(caller.tenantId);
			/** What is to be done when it ends, however it does. */
			const ends: (() => void)[] = [() => leave(caller.tenantId, tenant)];
			let hasLived = false;
			const stream = createEventStream({
				unreadBytes: limits.unreadBytes,
				hangUp,
				onEnd: () => {
					open.delete(stream);
					for (const end of ends.splice(0)) end();
				},
			});
			open.add(stream);
			try {
				const unlisten = await tenant.feed.listen(resume, (news) => stream.send(framesOf(news, caller)));
				ends.push(unlisten);
			} catch (error) {
				stream.end();
				throw error;
			}
			if (lookingAt !== null && open.has(stream)) {
				const left = presence.look({
					deploymentId: lookingAt,
					userId: countsAsThere(caller) ? caller.actor.id : null,
					hear: (userIds) => stream.send(presenceFrame(lookingAt, userIds)),
				});
				ends.push(() => left({ lingerMs: hasLived && !isStopping ? limits.lingerMs : 0 }));
			}
			const timer = setTimeout(() => {
				hasLived = true;
				stream.end();
			}, someLifetimeMs(limits));
			timer.unref();
			ends.push(() => clearTimeout(timer));
			// Somebody may have hung up, or the server may have begun to stop, while the log was read.
			if (!open.has(stream)) for (const end of ends.splice(0)) end();
			return stream.body;
		},
		endStreams,
		async close() {
			endStreams();
			for (const timer of timers) clearInterval(timer);
			db.auditHeadListeners.delete(noteCommit);
			await channel?.close();
		},
	};
}

/** An owner in person: not a key, and nobody who acts in another's name. */
function countsAsThere({ actor, role, isImpersonated }: Caller): boolean {
	return actor.type === "user" && role === "owner" && !isImpersonated;
}

/** Streams that began together, as after a restart, do not end together. */
function someLifetimeMs({ lifetimeMs }: LiveLimits): number {
	return lifetimeMs * (1 - Math.random() / 10);
}

function wait(seconds: number): { headers: Record<string, string> } {
	return { headers: { "Retry-After": String(seconds) } };
}
