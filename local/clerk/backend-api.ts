import { type Context, Hono } from "hono";
import { z } from "zod";
import type { SamplePerson, SampleRole } from "../people";
import { membershipResource, userResource } from "./account-resources";
import { ClerkError, handleClerkError, handleNotFound, notFound } from "./clerk-error";
import { publicKeySet } from "./public-keys";
import type { StandIn } from "./stand-in";

const roleChangeSchema = z.object({ role: z.enum(["org:owner", "org:member", "org:viewer"]) });
const roleByKey = {
	"org:owner": "owner",
	"org:member": "member",
	"org:viewer": "viewer",
} as const satisfies Record<string, SampleRole>;

/** The bit of Clerk's Backend API that servers and tests call with the secret key. */
export function createBackendApi(standIn: StandIn) {
	const { store } = standIn;
	const api = new Hono();
	api.onError(handleClerkError);
	api.notFound(handleNotFound);

	api.get("/v1/jwks", (c) => c.json(publicKeySet(standIn.keys)));

	api.get("/v1/users/:userId", (c) => c.json(userResource(standIn, requirePerson(c))));

	api.get("/v1/users/:userId/organization_memberships", (c) => {
		return c.json(page([membershipResource(standIn, requirePerson(c))]));
	});

	api.get("/v1/organizations/:organizationId/memberships", (c) => {
		const organization = store.getOrganization(c.req.param("organizationId"));
		if (!organization) throw notFound("organization");
		const wantedIds = c.req.queries("user_id");
		const people = store
			.listPeople(organization.id)
			.filter((person) => wantedIds?.includes(person.id) ?? true);
		return c.json(page(people.map((person) => membershipResource(standIn, person))));
	});

	api.patch("/v1/organizations/:organizationId/memberships/:userId", async (c) => {
		const person = requirePerson(c);
		if (person.organizationId !== c.req.param("organizationId")) throw notFound("membership");
		const change = roleChangeSchema.safeParse(await c.req.json().catch(() => null));
		if (!change.success) {
			throw new ClerkError(
				422,
				"form_param_value_invalid",
				"A role is org:owner, org:member or org:viewer.",
				"role",
			);
		}
		store.setRole(person.id, roleByKey[change.data.role]);
		return c.json(membershipResource(standIn, requirePerson(c)));
	});

	function requirePerson(c: Context): SamplePerson {
		const person = store.getPerson(c.req.param("userId") ?? "");
		if (!person) throw notFound("user");
		return person;
	}

	return api;
}

function page(data: readonly unknown[]) {
	return { data, total_count: data.length };
}
