"use client";

import { useEffect, useState } from "react";
import { type ClerkInPage, clerkWhenLoaded } from "@/lib/client/clerk-in-page";
import { routes } from "@/lib/routes";

const patienceMs = 60_000;

/** Clerk comes after the page (`SessionKeeper`): undefined until then, and what is drawn must do without. */
export function useClerkInPage(): ClerkInPage | undefined {
	const [clerk, setClerk] = useState<ClerkInPage>();
	useEffect(() => {
		let isWanted = true;
		void clerkWhenLoaded(patienceMs).then((loaded) => {
			if (isWanted) setClerk(loaded);
		});
		return () => {
			isWanted = false;
		};
	}, []);
	return clerk;
}

/** Waits for Clerk where it has not come yet: a press must not be lost. */
export async function signOut(): Promise<void> {
	const clerk = await clerkWhenLoaded(patienceMs);
	await clerk?.signOut({ redirectUrl: routes.signIn });
}
