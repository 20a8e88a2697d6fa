import "server-only";
import type { ClerkSettings } from "@/lib/client/clerk-in-page";
import { getEnvironment } from "@/lib/env";
import { routes } from "@/lib/routes";

/** What Clerk is given, by its provider or without it: keys from the environment of this process. */
export function clerkProviderSettings(): ClerkSettings {
	const { clerk } = getEnvironment();
	return {
		publishableKey: clerk.publishableKey,
		...(clerk.proxyUrl === undefined ? {} : { proxyUrl: clerk.proxyUrl }),
		signInUrl: routes.signIn,
		signUpUrl: routes.signIn,
		signInFallbackRedirectUrl: routes.deployments(),
		afterSignOutUrl: routes.signIn,
		telemetry: false,
	};
}
