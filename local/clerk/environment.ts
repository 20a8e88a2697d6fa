import type { ClerkKeys } from "./keys";

/**
 * The environment that points the dashboard at the local sign-in. The dashboard must read all of it at
 * run time, so that one build serves both this and real Clerk.
 */
export function clerkEnvironment({
	keys,
	clerkUrl,
}: {
	keys: ClerkKeys;
	clerkUrl: string;
}): Record<string, string> {
	return {
		NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY: keys.publishableKey,
		CLERK_SECRET_KEY: keys.secretKey,
		CLERK_JWT_KEY: keys.publicKeyOneLine,
		// Only a relative proxy URL makes Clerk's scripts load over plain http from the app's own origin.
		NEXT_PUBLIC_CLERK_PROXY_URL: "/__clerk",
		CLERK_FAPI_URL: clerkUrl,
		CLERK_API_URL: clerkUrl,
		NEXT_PUBLIC_CLERK_SIGN_IN_URL: "/sign-in",
		NEXT_PUBLIC_CLERK_SIGN_UP_URL: "/sign-in",
		NEXT_PUBLIC_CLERK_SIGN_IN_FALLBACK_REDIRECT_URL: "/deployments",
		NEXT_PUBLIC_CLERK_TELEMETRY_DISABLED: "1",
		CLERK_TELEMETRY_DISABLED: "1",
		NEXT_PUBLIC_CLERK_KEYLESS_DISABLED: "1",
		NEXT_TELEMETRY_DISABLED: "1",
	};
}
