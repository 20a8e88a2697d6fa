import type { QueryClient } from "@tanstack/react-query";
import { createEventSource, type EventSourceClient, type EventSourceMessage } from "eventsource-client";
import type { LiveChange } from "../contract/live-event";
import { renewSession } from "./browser-client";
import { createRefresher, restartTimers } from "./live-queries";
import { liveState } from "./live-state";
import { parseJson } from "./parse-json";
import { readChange, readPresence } from "./read-live-event";

const path = "/v1/events";
/** The server says something every 15 s. */
const silenceMs = 40_000;
/** A stream that ends by itself has a successor in a moment; until then its screen is not called old. */
const graceMs = 2_000;
/** Below this a stream has not really lived. */
const shortLifeMs = 5_000;
const firstPauseMs = 1_000;
const longestPauseMs = 30_000;
/** Those of a stream that has ended in good order come again at once, but not all in the same moment. */
const successorPauseMs = 300;
/** More changes than this at once are told as one reset. */
const toldOneByOneMax = 20;

/** The answer was no stream. `isFinal`: and never will be. */
class NoStream extends Error {
	constructor(readonly isFinal: boolean) {
		super("There are no events");
	}
}

/**
 * Keeps a stream of events open while the tab is visible, and brings the reads on screen up to date by it.
 * Whatever goes wrong costs nothing but speed: without a stream everything is polled. Returns what ends it.
 */
export function startLiveEvents(queryClient: QueryClient): () => void {
	const refresh = createRefresher(queryClient);
	const endings = [
		liveState.onNews(refresh),
		liveState.onState(() => restartTimers(queryClient)),
		liveState.onLookingAt(() => reopenSoon()),
	];
	let source: EventSourceClient | null = null;
	let lastEventId: string | undefined;
	/** The deployment that the stream was asked for, and one that the server does not know. */
	let askedFor: string | null = null;
	let unknownDeployment: string | null = null;
	let failures = 0;
	let openedAt: number | null = null;
	let isOver = false;
	let gathered: LiveChange[] = [];
	const timers = { reconnect: 0, silence: 0, grace: 0 };

	const isWanted = () => !isOver && document.visibilityState === "visible";

	function open(): void {
		close();
		if (!isWanted()) return;
		const lookingAt = liveState.lookingAt();
		const asked = lookingAt === unknownDeployment ? null : lookingAt;
		askedFor = lookingAt;
		openedAt = null;
		source = createEventSource({
			url: asked === null ? path : `${path}?looking_at=${encodeURIComponent(asked)}`,
			...(lastEventId === undefined ? {} : { initialLastEventId: lastEventId }),
			fetch: (url, init) =>
				ask(String(url), init).catch((error: unknown) => {
					if (error instanceof NoStream && error.isFinal) giveUp(asked);
					throw error;
				}),
			onMessage: take,
			onComment: listenForSilence,
			// The pauses are ours: they grow.
			onScheduleReconnect: endOfStream,
		});
		listenForSilence();
		if (liveState.liveSince() !== null) startGrace();
	}

	/** Hangs up, and forgets whatever was to happen next. */
	function close(): void {
		const open = source;
		source = null;
		open?.close();
		window.clearTimeout(timers.reconnect);
		window.clearTimeout(timers.silence);
	}

	/** It may be the deployment that is not there: the events are asked for once more without it. */
	function giveUp(deploymentId: string | null): void {
		if (deploymentId === null) isOver = true;
		else unknownDeployment = deploymentId;
	}

	function take({ event, id, data }: EventSourceMessage): void {
		listenForSilence();
		if (id !== undefined) lastEventId = id;
		openedAt ??= Date.now();
		endGrace();
		liveState.setLive(true);
		if (event === "reset") liveState.tell("reset");
		if (event === "change") gather(readChange(parseJson(data)));
		if (event === "presence") {
			const presence = readPresence(parseJson(data));
			if (presence !== undefined) liveState.setPresence(presence);
		}
	}

	/** Whoever was away for long is told of much at once: to look at everything once is less work. */
	function gather(change: LiveChange | undefined): void {
		if (change === undefined) return;
		gathered.push(change);
		if (gathered.length > 1) return;
		queueMicrotask(() => {
			const changes = gathered;
			gathered = [];
			if (changes.length > toldOneByOneMax) liveState.tell("reset");
			else for (const one of changes) liveState.tell(one);
		});
	}

	function endOfStream(): void {
		const hasAnswered = openedAt !== null;
		const hasLived = openedAt !== null && Date.now() - openedAt > shortLifeMs;
		failures = hasLived ? 0 : failures + 1;
		close();
		if (hasAnswered && isWanted()) startGrace();
		else lose();
		if (isWanted()) timers.reconnect = window.setTimeout(open, pauseAfter(failures));
	}

	function listenForSilence(): void {
		window.clearTimeout(timers.silence);
		timers.silence = window.setTimeout(endOfStream, silenceMs);
	}

	function startGrace(): void {
		timers.grace ||= window.setTimeout(lose, graceMs);
	}

	function endGrace(): void {
		window.clearTimeout(timers.grace);
		timers.grace = 0;
	}

	function lose(): void {
		endGrace();
		liveState.setPresence(null);
		liveState.setLive(false);
	}

	/** A page that is left and the next one that is opened are one change. */
	function reopenSoon(): void {
		liveState.setPresence(null);
		if (source === null) return;
		window.clearTimeout(timers.reconnect);
		timers.reconnect = window.setTimeout(() => {
			if (liveState.lookingAt() !== askedFor) open();
		}, 0);
	}

	function followVisibility(): void {
		failures = 0;
		if (document.visibilityState !== "visible") {
			close();
			lose();
		} else open();
	}

	document.addEventListener("visibilitychange", followVisibility);
	open();
	return () => {
		isOver = true;
		document.removeEventListener("visibilitychange", followVisibility);
		close();
		lose();
		for (const end of endings) end();
	};
}

/** Asks for the stream with a session that is fresh; anything but a stream is an error. */
async function ask(url: string, init: RequestInit | undefined): Promise<Response> {
	await renewSession();
	let response = await fetch(url, init);
	if (response.status === 401) {
		await renewSession({ skipCache: true });
		response = await fetch(url, init);
	}
	const isStream = response.headers.get("content-type")?.startsWith("text/event-stream") === true;
	if (response.ok && isStream) return response;
	void response.body?.cancel();
	throw new NoStream(response.ok || response.status === 404 || response.status === 405);
}

/** After failures in a row, with a random share, so that many tabs do not come back in step. */
function pauseAfter(failures: number): number {
	if (failures === 0) return Math.random() * successorPauseMs;
	const longest = Math.min(longestPauseMs, firstPauseMs * 2 ** (failures - 1));
	return longest * (0.5 + Math.random() / 2);
}
