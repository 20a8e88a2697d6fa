import { type Context, Hono } from "hono";
import type { SampleOrganization, SamplePerson } from "../people";
import { membershipResource, organizationResource, userResource } from "./account-resources";
import { requireSignedIn } from "./browser-client";
import { ClerkError } from "./clerk-error";
import { organizationOf, personOf } from "./signed-in";
import type { FrontendApiEnv, StandIn } from "./stand-in";

/** What a signed-in person may read of themselves and of their organization. */
export function accountRoutes(standIn: StandIn) {
	const routes = new Hono<FrontendApiEnv>();
	const { store } = standIn;

	routes.get("/v1/me", (c) => reply(c, userResource(standIn, requirePerson(c))));

	routes.get("/v1/me/organization_memberships", (c) =>
		replyPage(c, [membershipResource(standIn, requirePerson(c))]),
	);

	for (const nothing of ["organization_invitations", "organization_suggestions"]) {
		routes.get(`/v1/me/${nothing}`, (c) => {
			requirePerson(c);
			return replyPage(c, []);
		});
	}

	routes.get("/v1/organizations/:id", (c) => {
		const organization = requireOwnOrganization(c);
		return reply(c, organizationResource(standIn, organization));
	});

	routes.get("/v1/organizations/:id/memberships", (c) => {
		const people = store.listPeople(requireOwnOrganization(c).id);
		return replyPage(
			c,
			people.map((person) => membershipResource(standIn, person)),
		);
	});

	routes.get("/v1/organizations/:id/roles", (c) => {
		requireOwnOrganization(c);
		return replyPage(c, roleResources);
	});

	for (const nothing of ["invitations", "membership_requests", "domains"]) {
		routes.get(`/v1/organizations/:id/${nothing}`, (c) => {
			requireOwnOrganization(c);
			return replyPage(c, []);
		});
	}

	function requirePerson(c: Context<FrontendApiEnv>): SamplePerson {
		return personOf(standIn, requireSignedIn(c));
	}

	function requireOwnOrganization(c: Context<FrontendApiEnv>): SampleOrganization {
		const organization = organizationOf(standIn, requirePerson(c));
		if (organization.id !== c.req.param("id")) {
			throw new ClerkError(403, "not_a_member_in_organization", "You do not belong to this organization.");
		}
		return organization;
	}

	return routes;
}

const roleResources = ["Owner", "Member", "Viewer"].map((name) => ({
	object: "role",
	id: `role_local${name}`,
	key: `org:${name.toLowerCase()}`,
	name,
	description: "",
	permissions: [],
	created_at: 0,
	updated_at: 0,
}));

function reply(c: Context, response: unknown) {
	return c.json({ response, client: null });
}

function replyPage(c: Context, data: readonly unknown[]) {
	return reply(c, { data, total_count: data.length });
}
