import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import {
	type SampleOrganization,
	type SamplePerson,
	type SampleRole,
	sampleOrganizations,
	samplePeople,
} from "../people";

const sessionSchema = z.object({ id: z.string(), personId: z.string(), signedInAtMs: z.number() });
const signInSchema = z.object({ id: z.string(), personId: z.string() });
const browserClientSchema = z.object({
	id: z.string(),
	createdAtMs: z.number(),
	updatedAtMs: z.number(),
	session: sessionSchema.nullable(),
	signIn: signInSchema.nullable(),
});
const fileSchema = z.object({
	clients: z.array(browserClientSchema),
	roles: z.record(z.string(), z.enum(["owner", "member", "viewer"])),
});

export type BrowserSession = z.infer<typeof sessionSchema>;
export type SignInAttempt = z.infer<typeof signInSchema>;
/** One browser, known by its cookie; it holds at most one session, as Clerk's single-session mode. */
export type BrowserClient = z.infer<typeof browserClientSchema>;

/** Clerk's default: a sign-in lasts a week. */
export const sessionLifetimeMs = 7 * 24 * 60 * 60 * 1000;

export interface ClerkStore {
	getClient(id: string, now: Date): BrowserClient | null;
	saveClient(client: BrowserClient): void;
	removeClient(id: string): void;
	getPerson(id: string): SamplePerson | null;
	findPersonByEmail(email: string): SamplePerson | null;
	listPeople(organizationId: string): SamplePerson[];
	getOrganization(id: string): SampleOrganization | null;
	setRole(personId: string, role: SampleRole): void;
}

/**
 * Opens the browsers, sessions and changed roles kept in `<dataDir>/clerk/clients.json`. One process may
 * write; others may open it to read.
 */
export function openClerkStore(dataDir: string): ClerkStore {
	const file = path.join(dataDir, "clerk", "clients.json");
	const { clients: savedClients, roles: savedRoles } = readFile(file);
	const clients = new Map(savedClients.map((client) => [client.id, client]));
	const roles = new Map(Object.entries(savedRoles));

	function persist() {
		mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
		const draft = `${file}.${process.pid}.draft`;
		const content = { clients: [...clients.values()], roles: Object.fromEntries(roles) };
		writeFileSync(draft, JSON.stringify(content, null, "\t"), { mode: 0o600 });
		renameSync(draft, file);
	}

	function withRole(person: SamplePerson): SamplePerson {
		return { ...person, role: roles.get(person.id) ?? person.role };
	}

	return {
		getClient(id, now) {
			const client = clients.get(id);
			if (!client) return null;
			const isExpired = client.session && now.getTime() - client.session.signedInAtMs > sessionLifetimeMs;
			return isExpired ? { ...client, session: null } : client;
		},
		saveClient(client) {
			const oldestKeptMs = client.updatedAtMs - sessionLifetimeMs;
			for (const other of clients.values()) {
				if (other.updatedAtMs < oldestKeptMs) clients.delete(other.id);
			}
			clients.set(client.id, client);
			persist();
		},
		removeClient(id) {
			if (clients.delete(id)) persist();
		},
		getPerson(id) {
			const person = samplePeople.find((candidate) => candidate.id === id);
			return person ? withRole(person) : null;
		},
		findPersonByEmail(email) {
			const wanted = email.trim().toLowerCase();
			const person = samplePeople.find((candidate) => candidate.email === wanted);
			return person ? withRole(person) : null;
		},
		listPeople(organizationId) {
			return samplePeople.filter((person) => person.organizationId === organizationId).map(withRole);
		},
		getOrganization(id) {
			return sampleOrganizations.find((organization) => organization.id === id) ?? null;
		},
		setRole(personId, role) {
			roles.set(personId, role);
			persist();
		},
	};
}

function readFile(file: string): z.infer<typeof fileSchema> {
	let text: string;
	try {
		text = readFileSync(file, "utf8");
	} catch (error) {
		if (error instanceof Error && "code" in error && error.code === "ENOENT")
			return { clients: [], roles: {} };
		throw error;
	}
	try {
		return fileSchema.parse(JSON.parse(text));
	} catch (cause) {
		throw new Error(
			`The sign-ins kept in ${file} cannot be read. Delete that file; everyone then signs in again.`,
			{
				cause,
			},
		);
	}
}
