"use client";

import dynamic from "next/dynamic";
import { useEffect, useState } from "react";
import type { ClerkSettings } from "./clerk-in-background";

const ClerkInBackground = dynamic(() => import("./clerk-in-background"), { ssr: false });

/**
 * Loads Clerk when the page has been drawn and has come to life. It renews the session cookie, which lives for
 * a minute, and knows who is signed in; nothing that is on screen waits for it.
 */
export function SessionKeeper({ settings }: { settings: ClerkSettings }) {
	const [isDrawn, setIsDrawn] = useState(false);
	useEffect(() => {
		const timer = setTimeout(() => setIsDrawn(true), 0);
		return () => clearTimeout(timer);
	}, []);
	return isDrawn ? <ClerkInBackground settings={settings} /> : null;
}
