/**
 * The organizations and people of a laptop without a Clerk account. Everyone signs in with
 * `samplePassword`; the ids look like Clerk's own (`org_…`, `user_…`), because Clerk's SDK and our API
 * both check the prefix.
 */
export const samplePassword = "countersign";

export type SampleRole = "owner" | "member" | "viewer";

export interface SampleOrganization {
	id: string;
	name: string;
	slug: string;
}

export interface SamplePerson {
	id: string;
	email: string;
	firstName: string;
	lastName: string;
	organizationId: string;
	role: SampleRole;
}

export const acme = {
	id: "org_sampleAcme",
	name: "Acme",
	slug: "acme",
} as const satisfies SampleOrganization;

export const otherCompany = {
	id: "org_sampleOther",
	name: "Other Company",
	slug: "other-company",
} as const satisfies SampleOrganization;

export const sampleOrganizations: readonly SampleOrganization[] = [acme, otherCompany];

export const samplePeople: readonly SamplePerson[] = [
	{
		id: "user_sampleOwner",
		email: "owner@example.com",
		firstName: "Olive",
		lastName: "Owner",
		organizationId: acme.id,
		role: "owner",
	},
	{
		id: "user_sampleOwner2",
		email: "owner2@example.com",
		firstName: "Oscar",
		lastName: "Owner",
		organizationId: acme.id,
		role: "owner",
	},
	{
		id: "user_sampleMember",
		email: "member@example.com",
		firstName: "Mia",
		lastName: "Member",
		organizationId: acme.id,
		role: "member",
	},
	{
		id: "user_sampleViewer",
		email: "viewer@example.com",
		firstName: "Vera",
		lastName: "Viewer",
		organizationId: acme.id,
		role: "viewer",
	},
	{
		id: "user_sampleOtherOwner",
		email: "owner@other.example",
		firstName: "Otto",
		lastName: "Other",
		organizationId: otherCompany.id,
		role: "owner",
	},
];

/**
 * Finds a sample person by e-mail address or by its part before the @ (`owner`, `member`, …); a short
 * name means the person of the first organization.
 */
export function findSamplePerson(nameOrEmail: string): SamplePerson | undefined {
	const wanted = nameOrEmail.trim().toLowerCase();
	return (
		samplePeople.find((person) => person.email === wanted) ??
		samplePeople.find((person) => person.email.split("@")[0] === wanted)
	);
}
