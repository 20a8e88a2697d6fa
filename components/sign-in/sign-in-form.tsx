"use client";

import { SignIn } from "@clerk/nextjs";
import { useEffect, useSyncExternalStore } from "react";
import { Skeleton } from "@/components/ui/skeleton";
import { routes } from "@/lib/routes";

/**
 * Clerk's own form. The signed-in pages load clerk-js without its widgets, and only a new document can
 * load it again with them: when sign-in is reached from inside the dashboard, the page is read anew.
 */
export function SignInForm() {
	const canShow = useSyncExternalStore(neverChanges, beganHere, () => true);
	useEffect(() => {
		if (!canShow) window.location.reload();
	}, [canShow]);
	if (!canShow) return <SignInSkeleton />;
	return (
		<SignIn
			path={routes.signIn}
			routing="path"
			fallbackRedirectUrl={routes.deployments()}
			withSignUp={false}
			fallback={<SignInSkeleton />}
		/>
	);
}

const neverChanges = () => () => undefined;

function beganHere(): boolean {
	const [navigation] = performance.getEntriesByType("navigation");
	return navigation !== undefined && new URL(navigation.name).pathname.startsWith(routes.signIn);
}

function SignInSkeleton() {
	return (
		<div role="status" className="w-full rounded-lg border border-line bg-page p-8">
			<span className="sr-only">Loading the sign-in form</span>
			<Skeleton className="mx-auto h-5 w-40" />
			<Skeleton className="mt-10 h-9 w-full" />
			<Skeleton className="mt-4 h-9 w-full" />
		</div>
	);
}
