import { publicUserData, userResource } from "./account-resources";
import { isSignedIn, personOf, tokenOf } from "./signed-in";
import type { SignedInClient, StandIn } from "./stand-in";
import { type BrowserClient, type SignInAttempt, sessionLifetimeMs } from "./store";

/** Clerk's Client: a browser, its session and its unfinished sign-in. */
export async function clientResource(standIn: StandIn, client: BrowserClient) {
	return {
		object: "client",
		id: client.id,
		sessions: isSignedIn(client) ? [await sessionResource(standIn, client)] : [],
		sign_in: client.signIn ? unfinishedSignIn(standIn, client.signIn) : null,
		sign_up: null,
		last_active_session_id: client.session?.id ?? null,
		captcha_bypass: false,
		cookie_expires_at: null,
		created_at: client.createdAtMs,
		updated_at: client.updatedAtMs,
	};
}

/** Clerk's Session, with a fresh token that has the person's organization active. */
export async function sessionResource(standIn: StandIn, client: SignedInClient) {
	const { session } = client;
	const person = personOf(standIn, client);
	const expiresAtMs = session.signedInAtMs + sessionLifetimeMs;
	const minutesSinceSignIn = Math.floor((standIn.clock().getTime() - session.signedInAtMs) / 60_000);
	return {
		object: "session",
		id: session.id,
		status: "active",
		last_active_organization_id: person.organizationId,
		last_active_at: standIn.clock().getTime(),
		created_at: session.signedInAtMs,
		updated_at: client.updatedAtMs,
		expire_at: expiresAtMs,
		abandon_at: expiresAtMs,
		factor_verification_age: [minutesSinceSignIn, -1],
		actor: null,
		tasks: null,
		user: userResource(standIn, person),
		public_user_data: publicUserData(person),
		last_active_token: { object: "token", jwt: await tokenOf(standIn, client) },
	};
}

/** Clerk's SignIn while the password is still awaited. */
export function unfinishedSignIn({ store }: StandIn, attempt: SignInAttempt) {
	return {
		object: "sign_in_attempt",
		id: attempt.id,
		status: "needs_first_factor",
		identifier: store.getPerson(attempt.personId)?.email ?? null,
		supported_identifiers: ["email_address"],
		supported_first_factors: [{ strategy: "password" }],
		supported_second_factors: null,
		first_factor_verification: null,
		second_factor_verification: null,
		created_session_id: null,
	};
}

/** Clerk's SignIn once it made a session. */
export function completeSignIn(standIn: StandIn, attempt: SignInAttempt, sessionId: string) {
	return {
		...unfinishedSignIn(standIn, attempt),
		status: "complete",
		supported_first_factors: null,
		created_session_id: sessionId,
	};
}
