"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useEffectEvent, useSyncExternalStore } from "react";
import { inPortions } from "@/lib/client/in-portions";
import { type LiveNews, liveState } from "@/lib/client/live-state";
import { useExtension } from "./viewer";

const noPresence: readonly string[] = [];

/**
 * Has the screens brought up to date by the server's events, where it announces them. Loaded when the page has
 * been drawn and has come to life; nothing waits for it, and without it everything is polled.
 */
export function LiveUpdates() {
	const hasEvents = useExtension("events");
	const queryClient = useQueryClient();
	useEffect(() => {
		if (!hasEvents) return;
		let isWanted = true;
		let stop: (() => void) | undefined;
		const start = async () => {
			const { startLiveEvents } = await import("@/lib/client/live-events");
			if (isWanted) stop = startLiveEvents(queryClient);
		};
		// A network that is away takes the live updates with it until the next page; polling goes on.
		const timer = setTimeout(() => void start().catch(() => undefined), 0);
		return () => {
			isWanted = false;
			clearTimeout(timer);
			stop?.();
		};
	}, [hasEvents, queryClient]);
	return null;
}

/**
 * Calls back with the changes that the server tells of, a few times a second at the most, and with "reset" among
 * them when any may have been missed. What the callback begins is waited for before the next call.
 */
export function useLiveChanges(callback: (news: readonly LiveNews[]) => Promise<unknown>): void {
	const hear = useEffectEvent(callback);
	useEffect(() => liveState.onNews(inPortions((news: readonly LiveNews[]) => hear(news))), []);
}

/**
 * Says that the page of this deployment is open here, and returns the ids of the owners who have it open, one's
 * own among them.
 */
export function usePresence(deploymentId: string): readonly string[] {
	useEffect(() => {
		liveState.setLookingAt(deploymentId);
		return () => liveState.setLookingAt(null);
	}, [deploymentId]);
	const presence = useSyncExternalStore(liveState.onPresence, liveState.presence, () => null);
	return presence?.deploymentId === deploymentId ? presence.userIds : noPresence;
}
