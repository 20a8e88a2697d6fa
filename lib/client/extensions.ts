import "server-only";
import { type Extension, extensions, healthSchema } from "../contract/health";
import { fetchApi } from "./fetch-api";
import { parseJson } from "./parse-json";

/** What a server adds to the contract. */
export type Extensions = ReadonlySet<Extension>;

const keepMs = 60_000;
const keepFailureMs = 2_000;
const waitMs = 2_000;

interface Announcement {
	extensions: Extensions;
	/** False where the API could not be asked: it may have announced anything. */
	isRead: boolean;
}

const unread: Announcement = { extensions: new Set(), isRead: false };
const kept = new Map<string, { until: number; announcement: Promise<Announcement> }>();

/**
 * What the API at this address adds to the contract, by its own account, kept for a minute. A server that
 * says nothing, or does not answer, is asked for what the contract has and no more.
 */
export async function announcedExtensions(apiUrl: string): Promise<Extensions> {
	return (await announcementOf(apiUrl)).extensions;
}

/** False while the API cannot be asked what it adds; true for one that was asked and adds nothing. */
export async function isAnnouncementRead(apiUrl: string): Promise<boolean> {
	return (await announcementOf(apiUrl)).isRead;
}

function announcementOf(apiUrl: string): Promise<Announcement> {
	const known = kept.get(apiUrl);
	if (known !== undefined && known.until > Date.now()) return known.announcement;
	const entry = { until: Date.now() + keepMs, announcement: readAnnouncement(apiUrl) };
	kept.set(apiUrl, entry);
	entry.announcement = entry.announcement
		.catch(() => unread)
		.then((announcement) => {
			if (!announcement.isRead) entry.until = Date.now() + keepFailureMs;
			return announcement;
		});
	return entry.announcement;
}

async function readAnnouncement(apiUrl: string): Promise<Announcement> {
	const response = await fetchApi(`${apiUrl}/health`, {
		headers: { accept: "application/json" },
		cache: "no-store",
		redirect: "manual",
		signal: AbortSignal.timeout(waitMs),
	});
	const text = await response.text();
	// So answers what stands before an API that is away, and not the API.
	if (response.status >= 500 || response.status === 429) return unread;
	const { data } = healthSchema.safeParse(parseJson(text));
	const announced = data?.extensions ?? [];
	return {
		extensions: new Set(extensions.filter((extension) => announced.includes(extension))),
		isRead: true,
	};
}

/** The parameters of reads that are ours, and what announces each. */
const ourParameters = {
	fields: "fields=summary",
	cluster_signature: "cluster_signature",
	deployment_id: "deployment_id",
} as const;

/** The same for one path each: elsewhere the contract has parameters of these names itself. */
const ourParametersOf: Readonly<Record<string, Readonly<Record<string, Extension>>>> = {
	"/v1/control/actions": {
		status: "action-filters",
		action_type: "action-filters",
		project_id: "action-filters",
	},
};

/**
 * The query string of a read (`?…` or empty) without what this server does not announce: a strict one would
 * refuse it. One that has nothing to lose comes back letter for letter.
 */
export async function announcedSearch(
	pathname: string,
	search: string,
	announced: () => Promise<Extensions>,
): Promise<string> {
	const parameters = new URLSearchParams(search);
	const here = Object.hasOwn(ourParametersOf, pathname) ? ourParametersOf[pathname] : {};
	const ours = Object.entries({ ...ourParameters, ...here }).filter(([name]) => parameters.has(name));
	if (ours.length === 0) return search;
	const known = await announced();
	const unknown = ours.filter(([, extension]) => !known.has(extension));
	if (unknown.length === 0) return search;
	for (const [name] of unknown) parameters.delete(name);
	return parameters.size === 0 ? "" : `?${parameters}`;
}
