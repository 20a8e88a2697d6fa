/** What ours uses of clerk-js (`window.Clerk` is its documented place). */
export interface ClerkInPage {
	loaded?: boolean;
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

const lookAgainMs = 50;

/** The clerk-js of this page once it has loaded, else what there is of it when the patience ends. */
export async function clerkWhenLoaded(patienceMs: number): Promise<ClerkInPage | undefined> {
	const deadline = Date.now() + patienceMs;
	for (;;) {
		const clerk = (window as Window & { Clerk?: ClerkInPage }).Clerk;
		if (clerk?.loaded || Date.now() > deadline) return clerk;
		await pause(lookAgainMs);
	}
}

export function pause(milliseconds: number): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
