import type { SampleOrganization, SamplePerson } from "../people";
import { organizationOf } from "./signed-in";
import type { StandIn } from "./stand-in";

const peopleAndOrganizationsSinceMs = Date.UTC(2026, 0, 1);
const timestamps = { created_at: peopleAndOrganizationsSinceMs, updated_at: peopleAndOrganizationsSinceMs };
const roleNames = { owner: "Owner", member: "Member", viewer: "Viewer" };

/** Clerk's Organization. */
export function organizationResource({ store }: StandIn, organization: SampleOrganization) {
	return {
		object: "organization",
		id: organization.id,
		name: organization.name,
		slug: organization.slug,
		image_url: "",
		has_image: false,
		members_count: store.listPeople(organization.id).length,
		max_allowed_memberships: 0,
		admin_delete_enabled: false,
		public_metadata: {},
		...timestamps,
	};
}

/** Clerk's OrganizationMembership of a person in their one organization. */
export function membershipResource(standIn: StandIn, person: SamplePerson) {
	const organization = organizationOf(standIn, person);
	const sysPermissions = person.role === "owner" ? ["read", "manage"] : ["read"];
	return {
		object: "organization_membership",
		id: person.id.replace("user_", "orgmem_"),
		role: `org:${person.role}`,
		role_name: roleNames[person.role],
		permissions: sysPermissions.map((verb) => `org:sys_memberships:${verb}`),
		public_metadata: {},
		organization: organizationResource(standIn, organization),
		public_user_data: publicUserData(person),
		...timestamps,
	};
}

/** Clerk's User. */
export function userResource(standIn: StandIn, person: SamplePerson) {
	const emailId = person.id.replace("user_", "idn_");
	const verification = { status: "verified", strategy: "admin", attempts: null, expire_at: null };
	return {
		object: "user",
		id: person.id,
		username: null,
		first_name: person.firstName,
		last_name: person.lastName,
		image_url: "",
		has_image: false,
		primary_email_address_id: emailId,
		email_addresses: [
			{ object: "email_address", id: emailId, email_address: person.email, verification, linked_to: [] },
		],
		phone_numbers: [],
		web3_wallets: [],
		external_accounts: [],
		enterprise_accounts: [],
		passkeys: [],
		organization_memberships: [membershipResource(standIn, person)],
		password_enabled: true,
		two_factor_enabled: false,
		totp_enabled: false,
		backup_code_enabled: false,
		create_organization_enabled: false,
		delete_self_enabled: false,
		public_metadata: {},
		unsafe_metadata: {},
		...timestamps,
	};
}

/** What Clerk shows of a person to the people around them. */
export function publicUserData(person: SamplePerson) {
	return {
		user_id: person.id,
		identifier: person.email,
		first_name: person.firstName,
		last_name: person.lastName,
		image_url: "",
		has_image: false,
	};
}
