import "server-only";
import { clerkClient } from "@clerk/nextjs/server";

/** What the screens call people and the organization, instead of Clerk's ids. */
export interface Directory {
	organizationName: string;
	/** Name by Clerk user id; somebody who has left is not in it and is shown by id. */
	people: Record<string, string>;
}

const keepMs = 60_000;
const waitMs = 3_000;
const kept = new Map<string, { at: number; directory: Directory }>();

/**
 * The members of an organization by name, from Clerk, kept for a minute. Names are a comfort: when Clerk
 * does not answer, the screens show ids and go on.
 */
export async function getDirectory(organizationId: string, fallbackName: string): Promise<Directory> {
	const known = kept.get(organizationId);
	if (known && Date.now() - known.at < keepMs) return known.directory;
	try {
		const directory = await withDeadline(readDirectory(organizationId, fallbackName));
		kept.set(organizationId, { at: Date.now(), directory });
		return directory;
	} catch (cause) {
		console.warn(JSON.stringify({ level: "warn", event: "directory_unavailable", cause: String(cause) }));
		return known?.directory ?? { organizationName: fallbackName, people: {} };
	}
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
