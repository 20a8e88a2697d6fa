"use client";

import { useEffect } from "react";
import {
	type ClerkScript,
	type ClerkSettings,
	clerkWhenLoaded,
	setClerkSettings,
} from "@/lib/client/clerk-in-page";
import { sessionTokenLeftMs } from "@/lib/client/session-cookie";

const lookEveryMs = 2_000;
/** Long enough to load Clerk on a slow network and have it renew the token before that ends. */
const loadAheadMs = 30_000;
const patienceMs = 60_000;

/**
 * Has Clerk loaded when the session token, which lives for a minute, has half of that left; from then on Clerk
 * renews it. Nothing that is on screen waits for it, and who leaves earlier never loads it. A hidden tab needs none.
 */
export function SessionKeeper({ settings, script }: { settings: ClerkSettings; script: ClerkScript }) {
	useEffect(() => {
		setClerkSettings({ settings, script });
		const look = () => {
			if (document.visibilityState === "hidden") return;
			const leftMs = sessionTokenLeftMs(document.cookie, Date.now());
			if (leftMs !== null && leftMs > loadAheadMs) return;
			stop();
			void clerkWhenLoaded(patienceMs);
		};
		const timer = setInterval(look, lookEveryMs);
		const stop = () => clearInterval(timer);
		return stop;
	}, [settings, script]);
	return null;
}
