import "server-only";
import { buildClerkJSScriptAttributes, clerkJSScriptUrl } from "@clerk/shared/loadClerkJsScript";
import type { ClerkScript, ClerkSettings } from "@/lib/client/clerk-in-page";
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

/** Where Clerk's script is and what it is told; worked out here, because what works it out is 5 KB of scripts. */
export function clerkScript(): ClerkScript {
	const settings = clerkProviderSettings();
	return { src: clerkJSScriptUrl(settings), attributes: buildClerkJSScriptAttributes(settings) };
}
