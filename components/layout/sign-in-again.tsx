"use client";

import { usePathname, useSearchParams } from "next/navigation";
import type { ActionFailure } from "@/lib/actions/result";
import { routes } from "@/lib/routes";

/** The way to sign in and back here, where a write was refused because the session has ended; else nothing. */
export function SignInAgain({ failure }: { failure: ActionFailure }) {
	const path = usePathname();
	const search = useSearchParams().toString();
	if (failure.code !== "unauthenticated") return null;
	return (
		// A new document: only that loads Clerk with its form.
		<a href={routes.signInAndBack(search === "" ? path : `${path}?${search}`)} className="underline">
			Sign in again
		</a>
	);
}
