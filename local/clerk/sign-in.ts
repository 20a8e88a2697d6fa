import { type Context, Hono } from "hono";
import { samplePassword } from "../people";
import { clientOrNew, replyWithClient } from "./browser-client";
import { ClerkError, notFound } from "./clerk-error";
import { completeSignIn, unfinishedSignIn } from "./client-resources";
import { readForm } from "./form";
import { newId } from "./ids";
import type { FrontendApiEnv, StandIn } from "./stand-in";
import type { BrowserClient, SignInAttempt } from "./store";

/** Signing in with an e-mail address and a password, in one step or in two. */
export function signInRoutes(standIn: StandIn) {
	const routes = new Hono<FrontendApiEnv>();

	routes.post("/v1/client/sign_ins", async (c) => {
		const form = await readForm(c);
		const attempt = startAttempt(standIn, form.identifier);
		const client = clientOrNew(c, standIn);
		if (form.password !== undefined) {
			checkPassword(form.password);
			return finish(c, client, attempt);
		}
		const waiting = { ...client, signIn: attempt };
		standIn.store.saveClient(waiting);
		return replyWithClient(c, standIn, waiting, unfinishedSignIn(standIn, attempt));
	});

	routes.get("/v1/client/sign_ins/:id", (c) => {
		const { client, attempt } = requireAttempt(c);
		return replyWithClient(c, standIn, client, unfinishedSignIn(standIn, attempt));
	});

	routes.post("/v1/client/sign_ins/:id/attempt_first_factor", async (c) => {
		const { client, attempt } = requireAttempt(c);
		const form = await readForm(c);
		if (form.strategy !== "password") {
			throw new ClerkError(422, "form_param_value_invalid", "Sign in with a password.", "strategy");
		}
		checkPassword(form.password);
		return finish(c, client, attempt);
	});

	function finish(c: Context<FrontendApiEnv>, client: BrowserClient, attempt: SignInAttempt) {
		const nowMs = standIn.clock().getTime();
		const session = { id: newId("sess"), personId: attempt.personId, signedInAtMs: nowMs };
		const signedIn = { ...client, updatedAtMs: nowMs, session, signIn: null };
		standIn.store.saveClient(signedIn);
		return replyWithClient(c, standIn, signedIn, completeSignIn(standIn, attempt, session.id));
	}

	return routes;
}

function startAttempt({ store }: StandIn, identifier: string | undefined): SignInAttempt {
	if (!identifier) throw new ClerkError(422, "form_param_nil", "Enter your e-mail address.", "identifier");
	const person = store.findPersonByEmail(identifier);
	if (!person)
		throw new ClerkError(422, "form_identifier_not_found", "Couldn't find your account.", "identifier");
	return { id: newId("sia"), personId: person.id };
}

function checkPassword(password: string | undefined): void {
	if (password === samplePassword) return;
	throw new ClerkError(
		422,
		"form_password_incorrect",
		"Password is incorrect. Try again, or use another method.",
		"password",
	);
}

function requireAttempt(c: Context<FrontendApiEnv>) {
	const client = c.get("client");
	const attempt = client?.signIn;
	if (!client || !attempt || attempt.id !== c.req.param("id")) throw notFound("sign-in attempt");
	return { client, attempt };
}
