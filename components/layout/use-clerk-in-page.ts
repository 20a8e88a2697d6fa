"use client";

import { useEffect, useState } from "react";
import { type ClerkInPage, clerkWhenLoaded } from "@/lib/client/clerk-in-page";
import { routes } from "@/lib/routes";

const patienceMs = 60_000;

/** Clerk, from when it is wanted: undefined until it has come, and what is drawn must do without. */
export function useClerkInPage(isWanted: boolean): ClerkInPage | undefined {
	const [clerk, setClerk] = useState<ClerkInPage>();
	useEffect(() => {
		if (!isWanted) return;
		let isThere = true;
		void clerkWhenLoaded(patienceMs).then((loaded) => {
			if (isThere) setClerk(loaded);
		});
		return () => {
			isThere = false;
		};
	}, [isWanted]);
	return clerk;
}

/** Waits for Clerk where it has not come yet: a press must not be lost. */
export async function signOut(): Promise<void> {
	const clerk = await clerkWhenLoaded(patienceMs);
	await clerk?.signOut({ redirectUrl: routes.signIn });
}
