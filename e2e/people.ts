import { findSamplePerson, type SamplePerson, samplePassword } from "../local/people";

export const personNames = ["owner", "owner2", "member", "viewer", "owner@other.example"] as const;
export type PersonName = (typeof personNames)[number];

/** A sample person by short name. */
export function person(name: PersonName): SamplePerson {
	const found = findSamplePerson(name);
	if (found === undefined) throw new Error(`There is no sample person ${name}.`);
	return found;
}

/** Where the browser state of somebody who has signed in is kept for the run. */
export function storageStateOf(name: PersonName): string {
	return `.test/auth/${name}.json`;
}

export { samplePassword };
