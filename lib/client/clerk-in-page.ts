import { pause } from "./pause";

/** What ours uses of clerk-js (`window.Clerk` is its documented place). */
export interface ClerkInPage {
	loaded?: boolean;
	load(options: object): Promise<void>;
	session?: { getToken(options?: { skipCache?: boolean }): Promise<string | null> } | null;
	user?: {
		fullName: string | null;
		primaryEmailAddress: { emailAddress: string } | null;
		organizationMemberships: { organization: { id: string; name: string } }[];
	} | null;
	organization?: { id: string } | null;
	setActive(options: { organization: string }): Promise<void>;
	signOut(options: { redirectUrl: string }): Promise<void>;
}

/** What Clerk's script is loaded with; the keys are the environment's, so the server says them. */
export interface ClerkSettings {
	publishableKey: string;
	proxyUrl?: string;
	signInUrl: string;
	signUpUrl: string;
	signInFallbackRedirectUrl: string;
	afterSignOutUrl: string;
	telemetry: false;
}

/** Where the script is, and the attributes that it reads. */
export interface ClerkScript {
	src: string;
	attributes: Record<string, string>;
}

interface Given {
	settings: ClerkSettings;
	script: ClerkScript;
}

let give: (given: Given) => void;
const whenGiven = new Promise<Given>((resolve) => {
	give = resolve;
});
let loading: Promise<ClerkInPage | undefined> | undefined;

/** Says with what Clerk is to be loaded once somebody needs it; who needs it before waits for this. */
export function setClerkSettings(given: Given): void {
	give(given);
}

function clerkNow(): ClerkInPage | undefined {
	return (window as Window & { Clerk?: ClerkInPage }).Clerk;
}

/**
 * The clerk-js of this page, which is loaded when it is first asked for; what there is of it when the patience
 * ends. By Clerk's own loader and without its provider: that brings 59 KB of scripts which nothing here uses.
 */
export async function clerkWhenLoaded(patienceMs: number): Promise<ClerkInPage | undefined> {
	const clerk = clerkNow();
	if (clerk?.loaded) return clerk;
	loading ??= load();
	return Promise.race([loading, pause(patienceMs).then(clerkNow)]);
}

async function load(): Promise<ClerkInPage | undefined> {
	try {
		const { settings, script } = await whenGiven;
		if (clerkNow() === undefined) {
			const { loadScript } = await import("@clerk/shared/loadScript");
			await loadScript(script.src, {
				async: true,
				crossOrigin: "anonymous",
				beforeLoad: (element) => {
					for (const [name, value] of Object.entries(script.attributes)) element.setAttribute(name, value);
				},
			});
		}
		const clerk = clerkNow();
		if (!clerk?.loaded) await clerk?.load(settings);
		return clerk;
	} catch (error) {
		// A network that was away may be back when Clerk is asked for again.
		loading = undefined;
		console.warn("Clerk could not be loaded.", error);
		return undefined;
	}
}
