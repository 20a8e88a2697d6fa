import "server-only";
import { getEnvironment } from "@/lib/env";
import { routes } from "@/lib/routes";

/** What every `<ClerkProvider>` of ours is given: keys from the environment of this process. */
export function clerkProviderSettings() {
	const { clerk } = getEnvironment();
	return {
		publishableKey: clerk.publishableKey,
		...(clerk.proxyUrl === undefined ? {} : { proxyUrl: clerk.proxyUrl }),
		signInUrl: routes.signIn,
		signUpUrl: routes.signIn,
		signInFallbackRedirectUrl: routes.deployments(),
		afterSignOutUrl: routes.signIn,
		telemetry: false as const,
	};
}
