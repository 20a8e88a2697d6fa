import { createPrivateKey, randomBytes } from "node:crypto";
import { SignJWT } from "jose";
import type { SampleOrganization, SamplePerson } from "../people";
import type { ClerkKeys } from "./keys";

// Clerk's script renews them in the background.
const sessionTokenLifetimeSeconds = 60;

interface SessionTokenRequest {
	keys: ClerkKeys;
	person: Pick<SamplePerson, "id" | "role">;
	organization: Pick<SampleOrganization, "id" | "slug">;
	origin: string;
	sessionId: string;
	issuedAt?: Date;
	signedInAt?: Date;
	lifetimeSeconds?: number;
}

/** Signs a version 2 session token as Clerk does, with the person's organization active. */
export function mintSessionToken(request: SessionTokenRequest): Promise<string> {
	const { keys, person, organization, issuedAt = new Date() } = request;
	const { signedInAt = issuedAt, lifetimeSeconds = sessionTokenLifetimeSeconds } = request;
	const iat = Math.floor(issuedAt.getTime() / 1000);
	const minutesSinceSignIn = Math.max(0, Math.floor((issuedAt.getTime() - signedInAt.getTime()) / 60_000));
	return new SignJWT({
		v: 2,
		sub: person.id,
		sid: request.sessionId,
		iss: keys.issuer,
		azp: request.origin,
		iat,
		nbf: iat - 10,
		exp: iat + lifetimeSeconds,
		jti: randomBytes(10).toString("hex"),
		// The second number is the age of a second factor; -1 says that there is none.
		fva: [minutesSinceSignIn, -1],
		sts: "active",
		o: { id: organization.id, slg: organization.slug, rol: person.role },
	})
		.setProtectedHeader({
			alg: "RS256",
			typ: "JWT",
			kid: keys.kid,
			// Clerk's fixed category of session tokens: its SDK refuses any other value.
			cat: "cl_B7d4PD111AAA",
			oiat: iat,
		})
		.sign(createPrivateKey(keys.privateKeyPem));
}
