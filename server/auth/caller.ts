import type { AuditActorType } from "@/lib/contract/audit-entry";
import type { Role } from "@/lib/contract/role";
import { type Operation, refusal } from "@/lib/rules/authority";
import { ApiError } from "../errors/api-error";

/** Who did something: a person, a key, or the product itself. */
export interface Actor {
	type: AuditActorType;
	id: string;
}

/** Who is asking, as far as a verified token or API key says. */
export interface Caller {
	tenantId: string;
	organizationId: string;
	actor: Actor;
	/** Null is a role that we do not know: signed in, but nothing is allowed. */
	role: Role | null;
	/** Only an API key has them: what it may do of that which its role may, or null for all of it. */
	scopes?: readonly Operation[] | null;
	/** True while somebody else acts as this person (`act` in the token). */
	isImpersonated: boolean;
}

/** What a token says, before the tenant is known to have a row. */
export type VerifiedCaller = Omit<Caller, "tenantId">;

/** Reads an `Authorization` header, or throws the ApiError (401, 403, 503) that answers it. */
export type VerifyCaller = (authorization: string | undefined) => Promise<VerifiedCaller>;

/**
 * How somebody signs a record on which there is room for one name and none for its kind: a key must look
 * neither like a person (`user_…`) nor like the product (`system:…`).
 */
export function signatureOf({ type, id }: Actor): string {
	return type === "api_key" ? `api_key:${id}` : id;
}

/** Throws 403 with the reason unless the caller's role is on the list for the operation. */
export function requireAllowed(operation: Operation, caller: Caller): void {
	const refused = refusal(operation, caller);
	if (refused !== null) throw new ApiError("forbidden", refused);
}

/** The same for an operation that changes something, which nobody may do in another person's name. */
export function requireAllowedToWrite(operation: Operation, caller: Caller): void {
	requireAllowed(operation, caller);
	if (caller.isImpersonated) {
		throw new ApiError(
			"forbidden",
			"You are signed in as somebody else. Nothing can be decided or changed in another person's name.",
		);
	}
}
