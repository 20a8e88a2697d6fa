import "server-only";
import { clerkClient } from "@clerk/nextjs/server";
import { type Directory, keepDirectory } from "./keep-directory";

const waitMs = 3_000;

const keptDirectory = keepDirectory(
	(organizationId, fallbackName) => withDeadline(readDirectory(organizationId, fallbackName)),
	(cause) =>
		console.warn(JSON.stringify({ level: "warn", event: "directory_unavailable", cause: String(cause) })),
);

/**
 * The members of an organization by name, from Clerk. Names are a comfort: when Clerk does not answer, the
 * screens show ids and go on.
 */
export async function getDirectory(organizationId: string, fallbackName: string): Promise<Directory> {
	const known = await keptDirectory(organizationId, fallbackName);
	return known ?? { organizationName: fallbackName, people: {} };
}

async function readDirectory(organizationId: string, fallbackName: string): Promise<Directory> {
	const client = await clerkClient();
	const { data } = await client.organizations.getOrganizationMembershipList({ organizationId, limit: 500 });
	const people: Record<string, string> = {};
	for (const { publicUserData } of data) {
		if (!publicUserData) continue;
		const name = [publicUserData.firstName, publicUserData.lastName].filter(Boolean).join(" ");
		people[publicUserData.userId] = name || publicUserData.identifier;
	}
	return { organizationName: data[0]?.organization.name ?? fallbackName, people };
}

function withDeadline<T>(work: Promise<T>): Promise<T> {
	let timer: NodeJS.Timeout | undefined;
	const deadline = new Promise<never>((_, reject) => {
		timer = setTimeout(() => reject(new Error(`no answer within ${waitMs} ms`)), waitMs);
	});
	return Promise.race([work, deadline]).finally(() => clearTimeout(timer));
}
