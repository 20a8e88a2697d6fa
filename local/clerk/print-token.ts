import { parseArgs } from "node:util";
import { findSamplePerson, samplePeople } from "../people";
import { newId } from "./ids";
import { loadClerkKeys } from "./keys";
import { mintSessionToken } from "./session-token";
import { openClerkStore } from "./store";

const defaultLifetimeSeconds = 600;
const shortNames = ["owner", "owner2", "member", "viewer"];

try {
	console.log(await makeToken(process.argv.slice(2)));
} catch (error) {
	console.error(error instanceof Error ? error.message : String(error));
	process.exitCode = 1;
}

async function makeToken(args: string[]): Promise<string> {
	const { name, lifetimeSeconds } = readArguments(args);
	const samplePerson = findSamplePerson(name);
	if (!samplePerson) throw new Error(`Nobody here is called "${name}". ${describeChoices()}`);
	const dataDir = process.env.COUNTERSIGN_DATA_DIR || ".data";
	const keys = await loadClerkKeys(dataDir);
	const configuredSecret = process.env.CLERK_SECRET_KEY;
	if (configuredSecret && configuredSecret !== keys?.secretKey) {
		throw new Error(
			"CLERK_SECRET_KEY is set, so real Clerk signs the tokens here and one made by this command would be refused.",
		);
	}
	if (!keys) {
		throw new Error(
			`There are no local sign-in keys in ${dataDir} yet; run \`npm start\` once to make them.`,
		);
	}
	const store = openClerkStore(dataDir);
	const person = store.getPerson(samplePerson.id);
	const organization = store.getOrganization(samplePerson.organizationId);
	if (!person || !organization) throw new Error(`${samplePerson.email} belongs to no organization.`);
	return mintSessionToken({
		keys,
		person,
		organization,
		origin: process.env.COUNTERSIGN_ORIGIN || `http://localhost:${process.env.PORT || 3000}`,
		sessionId: newId("sess"),
		lifetimeSeconds,
	});
}

function readArguments(args: string[]): { name: string; lifetimeSeconds: number } {
	const { positionals, values } = parseArgs({
		args,
		allowPositionals: true,
		options: { seconds: { type: "string" } },
	});
	const [name] = positionals;
	if (!name || positionals.length > 1) throw new Error(`Name one person. ${describeChoices()}`);
	const lifetimeSeconds = Number(values.seconds ?? defaultLifetimeSeconds);
	if (!Number.isInteger(lifetimeSeconds) || lifetimeSeconds < 1) {
		throw new Error(`--seconds must be a whole number of seconds, not "${values.seconds}".`);
	}
	return { name, lifetimeSeconds };
}

function describeChoices(): string {
	return `Choose ${shortNames.join(", ")} or an e-mail address: ${samplePeople.map((person) => person.email).join(", ")}.`;
}
