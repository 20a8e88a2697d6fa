import { newId } from "../../local/clerk/ids";
import { loadClerkKeys } from "../../local/clerk/keys";
import { mintSessionToken } from "../../local/clerk/session-token";
import { openClerkStore } from "../../local/clerk/store";
import { findSamplePerson } from "../../local/people";
import type { ImportSettings } from "./settings";
import { CannotStart } from "./stop";

const lifetimeSeconds = 600;
/** A token this near to its end is not used again: the request it goes with has to arrive first. */
const marginSeconds = 60;

/** Where the proof comes from that the API asks for. */
export interface TokenSource {
	get(): Promise<string>;
	/** Makes the next token a new one; false when there can be no other. */
	renew(): boolean;
	/** What a person can do when the API refuses it. */
	advice: string;
}

/** The token of the environment, or else one after the other of the local stand-in's owner. */
export async function openTokenSource(settings: ImportSettings): Promise<TokenSource> {
	if (settings.token !== null) return givenToken(settings.token);
	const { dataDir, origin } = settings;
	const keys = await loadClerkKeys(dataDir);
	if (settings.clerkSecretKey !== null && settings.clerkSecretKey !== keys?.secretKey) {
		throw new CannotStart(
			"CLERK_SECRET_KEY is set, so real Clerk signs the tokens here: put the session token of an owner into COUNTERSIGN_TOKEN and run the import again.",
		);
	}
	if (keys === null) {
		throw new CannotStart(
			`There are no local sign-in keys in ${dataDir}: run \`npm start\` once to make them, or put a token into COUNTERSIGN_TOKEN.`,
		);
	}
	let current: { token: string; usableUntilMs: number } | null = null;
	return {
		async get() {
			if (current === null || Date.now() > current.usableUntilMs) {
				const store = openClerkStore(dataDir);
				const owner = findSamplePerson("owner");
				const person = owner && store.getPerson(owner.id);
				const organization = owner && store.getOrganization(owner.organizationId);
				if (!person || !organization) throw new CannotStart("The local stand-in knows no owner.");
				const sessionId = newId("sess");
				const token = await mintSessionToken({
					keys,
					person,
					organization,
					origin,
					sessionId,
					lifetimeSeconds,
				});
				current = { token, usableUntilMs: Date.now() + (lifetimeSeconds - marginSeconds) * 1_000 };
			}
			return current.token;
		},
		renew() {
			current = null;
			return true;
		},
		advice: `It was signed with the local keys in ${dataDir} for ${origin}: set COUNTERSIGN_DATA_DIR and PORT (or COUNTERSIGN_ORIGIN) as they were for \`npm start\`, or put a token into COUNTERSIGN_TOKEN.`,
	};
}

function givenToken(token: string): TokenSource {
	return {
		get: async () => token,
		renew: () => false,
		advice: "Put a fresh token of an owner into COUNTERSIGN_TOKEN and run the import again.",
	};
}
