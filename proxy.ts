import { clerkMiddleware } from "@clerk/nextjs/server";
import { type NextFetchEvent, type NextRequest, NextResponse } from "next/server";
import { whileCookiesChange } from "./lib/auth/while-cookies-change";
import { getEnvironment } from "./lib/env";
import { routes } from "./lib/routes";

const loopbackHosts = ["localhost", "127.0.0.1", "[::1]"];

/**
 * Comfort, not a lock: sends a signed-out person to sign-in and back. What guards the data is each read,
 * each action and the API itself. Two refusals stand here because nothing behind can make them: a server
 * action without our own origin (Next lets one without any `Origin` through), and a second name of this
 * machine, whose cookies would be another site's.
 */
export default function proxy(request: NextRequest, event: NextFetchEvent) {
	const script = localClerkScript(request);
	if (script !== null) return NextResponse.rewrite(script);
	return withClerk(whileCookiesChange(request, getEnvironment().clerk.publishableKey), event);
}

const withClerk = clerkMiddleware(
	async (auth, request) => {
		const { origin } = getEnvironment();
		if (request.headers.has("next-action") && request.headers.get("origin") !== origin) {
			return NextResponse.json(
				{ error: "This request did not come from Countersign's own pages.", code: "foreign_origin" },
				{ status: 403 },
			);
		}
		const canonical = otherNameOfOrigin(request.headers.get("host"), request.method, origin);
		if (canonical !== null) {
			return NextResponse.redirect(
				new URL(request.nextUrl.pathname + request.nextUrl.search, canonical),
				307,
			);
		}
		if (isPublic(request.nextUrl.pathname) || isServerAction(request)) return;
		const { userId, redirectToSignIn } = await auth();
		if (!userId) {
			return redirectToSignIn({
				returnBackUrl: new URL(request.nextUrl.pathname + request.nextUrl.search, origin).href,
			});
		}
	},
	() => {
		const { clerk, origin } = getEnvironment();
		return {
			publishableKey: clerk.publishableKey,
			signInUrl: routes.signIn,
			signUpUrl: routes.signIn,
			authorizedParties: [origin],
			...(clerk.jwtKey === undefined ? {} : { jwtKey: clerk.jwtKey }),
			...(clerk.proxyUrl === undefined ? {} : { proxyUrl: clerk.proxyUrl }),
			...(clerk.frontendApiUrl === undefined ? {} : { frontendApiProxy: { enabled: true } }),
		};
	},
);

/**
 * Where the local sign-in has this script of Clerk's, or null. Clerk's own proxy would take it apart, and Next compress it
 * anew for each visit; this way it is passed on as it comes.
 */
function localClerkScript({ nextUrl }: NextRequest): URL | null {
	const { frontendApiUrl } = getEnvironment().clerk;
	if (frontendApiUrl === undefined || !nextUrl.pathname.startsWith("/__clerk/npm/")) return null;
	return new URL(nextUrl.pathname.replace("/__clerk", "") + nextUrl.search, frontendApiUrl);
}

/** A download that is sent to sign-in would be saved as what it is not. */
const download = /^\/deployments\/(?:[^/]+\/record\.(?:json|md)|export\.csv)$/;

/** The gateway and the downloads answer 401 by themselves; Clerk's own paths and sign-in are for everybody. */
function isPublic(pathname: string): boolean {
	return (
		download.test(pathname) ||
		pathname === routes.signIn ||
		pathname.startsWith(`${routes.signIn}/`) ||
		pathname.startsWith("/v1/") ||
		pathname.startsWith("/__clerk/")
	);
}

/** Each action asks by itself who is there, and its answer can say that nothing was sent; a redirect cannot. */
function isServerAction({ method, headers }: NextRequest): boolean {
	return method === "POST" && headers.has("next-action");
}

function otherNameOfOrigin(host: string | null, method: string, origin: string): string | null {
	const wanted = new URL(origin);
	if (host === null || host === wanted.host || method !== "GET") return null;
	const asked = URL.parse(`http://${host}`);
	if (asked === null || asked.port !== wanted.port) return null;
	const isSameMachine = [asked, wanted].every(({ hostname }) => loopbackHosts.includes(hostname));
	return isSameMachine ? origin : null;
}

export const config = {
	matcher: [
		"/((?!_next|[^?]*\\.(?:html?|css|js(?!on)|jpe?g|webp|png|gif|svg|ttf|woff2?|ico|csv|docx?|xlsx?|zip|txt|webmanifest)).*)",
		"/deployments/export.csv",
		"/v1/:path*",
		"/__clerk/:path*",
	],
};
