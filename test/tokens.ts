import { createPrivateKey, type KeyObject } from "node:crypto";
import { SignJWT } from "jose";
import { inject } from "vitest";
import type { Role } from "@/lib/contract/role";

export const issuer = "https://clerk.example.test";
export const authorizedParty = "http://localhost:3000";

/** The PEM of the key that the tests' tokens are checked with. */
export function publicKeyPem(): string {
	return inject("signingKey").publicKey;
}

export interface Person {
	organizationId: string;
	userId: string;
	role: Role;
}

/** What Clerk writes into the token of a session, at this moment. */
export function claimsOf(person: Person, now: Date): Record<string, unknown> {
	const seconds = Math.floor(now.getTime() / 1000);
	return {
		v: 2,
		iss: issuer,
		azp: authorizedParty,
		sub: person.userId,
		sid: "sess_test",
		sts: "active",
		iat: seconds,
		nbf: seconds - 10,
		exp: seconds + 60,
		o: { id: person.organizationId, slg: "org", rol: person.role },
	};
}

const signed = new Map<string, Promise<string>>();

/** Signs claims as they are, wrong ones too. The same ones twice are one token: a person asks many times with it. */
export function signToken(
	claims: Record<string, unknown>,
	options: { key?: KeyObject; header?: Record<string, unknown> } = {},
): Promise<string> {
	if (options.key !== undefined) return sign(claims, options);
	const request = JSON.stringify([claims, options.header]);
	const token = signed.get(request) ?? sign(claims, options);
	signed.set(request, token);
	return token;
}

async function sign(
	claims: Record<string, unknown>,
	options: { key?: KeyObject; header?: Record<string, unknown> },
): Promise<string> {
	const key = options.key ?? createPrivateKey(inject("signingKey").privateKey);
	return new SignJWT(claims).setProtectedHeader({ alg: "RS256", typ: "JWT", ...options.header }).sign(key);
}
