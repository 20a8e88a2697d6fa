import { findSamplePerson } from "../people";

function idOf(nameOrEmail: string): string {
	const person = findSamplePerson(nameOrEmail);
	if (!person) throw new Error(`No sample person ${nameOrEmail}`);
	return person.id;
}

/** Who signed: owners by their Clerk user id, machines by the names that the API gives them. */
export const olive = idOf("owner");
export const oscar = idOf("owner2");
export const otto = idOf("owner@other.example");
export const autoship = "system:autoship";
export const autoRollback = "system:auto_rollback";
