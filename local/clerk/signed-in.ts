import type { SampleOrganization, SamplePerson } from "../people";
import { notFound } from "./clerk-error";
import { mintSessionToken } from "./session-token";
import type { SignedInClient, StandIn } from "./stand-in";
import type { BrowserClient } from "./store";

/** Whether someone is signed in at this browser. */
export function isSignedIn(client: BrowserClient | null): client is SignedInClient {
	return client !== null && client.session !== null;
}

/** Who is signed in at this browser. */
export function personOf({ store }: StandIn, client: SignedInClient): SamplePerson {
	const person = store.getPerson(client.session.personId);
	if (!person) throw notFound("user");
	return person;
}

/** The one organization of a person. */
export function organizationOf({ store }: StandIn, person: SamplePerson): SampleOrganization {
	const organization = store.getOrganization(person.organizationId);
	if (!organization) throw notFound("organization");
	return organization;
}

/** Signs a session token for whoever is signed in at this browser. */
export function tokenOf(standIn: StandIn, client: SignedInClient): Promise<string> {
	const person = personOf(standIn, client);
	return mintSessionToken({
		keys: standIn.keys,
		person,
		organization: organizationOf(standIn, person),
		origin: standIn.origin,
		sessionId: client.session.id,
		issuedAt: standIn.clock(),
		signedInAt: new Date(client.session.signedInAtMs),
	});
}
