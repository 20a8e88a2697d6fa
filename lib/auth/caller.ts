import "server-only";
import { auth } from "@clerk/nextjs/server";
import { cache } from "react";
import { parseRole } from "../contract/role";
import type { Caller } from "../rules/authority";

/** Who is signed in, from the verified session token. */
export interface SignedInCaller extends Caller {
	userId: string;
	/** Null while the person has chosen no organization. */
	organizationId: string | null;
	organizationSlug: string | null;
}

/** Clerk deciphers and verifies at every call, and a page asks before each of its reads: once is enough. */
const readSession = cache(auth);

/** The signed-in person, or null. The role counts only inside an organization. */
export async function getCaller(): Promise<SignedInCaller | null> {
	const { userId, orgId, orgRole, orgSlug } = await readSession();
	if (!userId) return null;
	return {
		userId,
		organizationId: orgId ?? null,
		organizationSlug: orgSlug ?? null,
		role: orgId ? parseRole(orgRole) : null,
	};
}

/** The session token that the API verifies again by itself, or null when nobody is signed in. */
export async function getApiToken(): Promise<string | null> {
	const { getToken } = await readSession();
	return getToken();
}
