import type { KeyObject } from "node:crypto";
import { createRemoteJWKSet, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from "jose";
import { parseRole } from "@/lib/contract/role";
import type { Clock } from "../clock";
import { ApiError } from "../errors/api-error";
import type { VerifiedCaller, VerifyCaller } from "./caller";
import { unauthenticated } from "./unauthenticated";

export interface TokenRules {
	/** The instance's public key; null fetches it from the issuer. */
	key: KeyObject | null;
	issuer: string;
	authorizedParties: readonly string[];
}

const clockToleranceSeconds = 5;
const mostKnownTokens = 2_000;
const bearerToken = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/;
const maxHeaderLength = 8_192;

/**
 * Verifies Clerk session tokens (v2 claims) by exact allow-lists. Clerk's own verifier does not look at
 * `iss`, lets impersonators through and turns a role in an array into that role, so it is not asked.
 */
export function createVerifyCaller(rules: TokenRules, clock: Clock): VerifyCaller {
	const key: JWTVerifyGetKey = rules.key === null ? remoteKeys(rules.issuer) : constantKey(rules.key);
	const known = new KnownTokens();
	return async (authorization) => {
		const seconds = Math.floor(clock().getTime() / 1000);
		const before = known.find(authorization, seconds);
		if (before !== null) return before;
		const payload = await verifiedPayload(authorization, key, rules, clock);
		const organization = readOrganization(payload);
		if (organization === null) {
			throw new ApiError(
				"no_organization",
				"You are signed in without an organization. Choose one, then try again.",
			);
		}
		const caller: VerifiedCaller = {
			organizationId: organization.id,
			actor: { type: "user", id: payload.sub },
			role: parseRole(organization.role),
			isImpersonated: payload.act !== undefined && payload.act !== null,
		};
		known.keep(authorization, caller, { from: seconds, until: (payload.exp ?? 0) + clockToleranceSeconds });
		return caller;
	};
}

/**
 * Tokens that have passed, letter for letter, until they run out: a page asks many times with one token, and
 * checking the signature is a quarter of what a small request costs. A refusal is never kept.
 */
class KnownTokens {
	private readonly callers = new Map<string, { caller: VerifiedCaller; from: number; until: number }>();

	/** `seconds` is the present moment; a clock that was set back makes everything unknown. */
	find(authorization: string | undefined, seconds: number): VerifiedCaller | null {
		if (authorization === undefined) return null;
		const found = this.callers.get(authorization);
		if (found === undefined) return null;
		if (found.from <= seconds && seconds < found.until) return found.caller;
		this.callers.delete(authorization);
		return null;
	}

	keep(
		authorization: string | undefined,
		caller: VerifiedCaller,
		span: { from: number; until: number },
	): void {
		if (authorization === undefined) return;
		this.callers.set(authorization, { caller, ...span });
		if (this.callers.size <= mostKnownTokens) return;
		const [oldest] = this.callers.keys();
		if (oldest !== undefined) this.callers.delete(oldest);
	}
}

function constantKey(key: KeyObject): JWTVerifyGetKey {
	return async () => key;
}

function remoteKeys(issuer: string): JWTVerifyGetKey {
	return createRemoteJWKSet(new URL(`${issuer}/.well-known/jwks.json`), { timeoutDuration: 5_000 });
}

async function verifiedPayload(
	authorization: string | undefined,
	key: JWTVerifyGetKey,
	rules: TokenRules,
	clock: Clock,
): Promise<JWTPayload & { sub: string }> {
	if (authorization === undefined) throw unauthenticated("no Authorization header");
	if (authorization.length > maxHeaderLength) throw unauthenticated("Authorization header too long");
	const token = bearerToken.exec(authorization)?.[1];
	if (token === undefined) throw unauthenticated("not “Bearer <token>”");
	const now = clock();
	const { payload, protectedHeader } = await jwtVerify(token, key, {
		algorithms: ["RS256"],
		issuer: rules.issuer,
		clockTolerance: clockToleranceSeconds,
		currentDate: now,
		requiredClaims: ["exp", "iat", "sub", "azp"],
	}).catch((error: unknown) => {
		throw refusedToken(error);
	});
	const { sub, azp, iat, sts } = payload;
	if (protectedHeader.typ !== undefined && protectedHeader.typ.toUpperCase() !== "JWT") {
		throw unauthenticated("typ is not JWT");
	}
	// jose leaves iat alone unless a maximum age is asked for.
	if (typeof iat !== "number" || iat > now.getTime() / 1000 + clockToleranceSeconds) {
		throw unauthenticated("iat is in the future");
	}
	if (typeof azp !== "string" || !rules.authorizedParties.includes(azp)) {
		throw unauthenticated("azp is not an authorized party");
	}
	if (sts !== undefined && sts !== "active") throw unauthenticated("the session is not active");
	// Nobody may be called `system:…`, which is how the product signs.
	if (typeof sub !== "string" || !/^user_\w+$/.test(sub)) throw unauthenticated("sub is not a user");
	return { ...payload, sub };
}

function readOrganization(payload: JWTPayload): { id: string; role: unknown } | null {
	const { o } = payload;
	if (typeof o !== "object" || o === null || !("id" in o)) return null;
	if (typeof o.id !== "string" || !/^org_\w{1,200}$/.test(o.id)) return null;
	return { id: o.id, role: "rol" in o ? o.rol : undefined };
}

/** A key set that cannot be fetched is our trouble, not the caller's: 401 would sign everybody out. */
function refusedToken(error: unknown): ApiError {
	const isAboutToken =
		error instanceof errors.JOSEError &&
		!(error instanceof errors.JWKSTimeout) &&
		!(error instanceof errors.JWKSInvalid) &&
		error.code !== "ERR_JOSE_GENERIC";
	if (isAboutToken) return unauthenticated(error);
	return new ApiError(
		"overloaded",
		"The keys that session tokens are checked with could not be fetched, so nobody can be let in now. Try again soon.",
		{ cause: error },
	);
}
