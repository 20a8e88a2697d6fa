import "server-only";
import { type Extension, extensions, healthSchema } from "../contract/health";
import { fetchApi } from "./fetch-api";

/** What a server adds to the contract. */
export type Extensions = ReadonlySet<Extension>;

const keepMs = 60_000;
const keepFailureMs = 2_000;
const waitMs = 2_000;
const none: Extensions = new Set();
const kept = new Map<string, { until: number; extensions: Promise<Extensions> }>();

/**
 * What the API at this address adds to the contract, by its own account, kept for a minute. A server that
 * says nothing, or does not answer, is asked for what the contract has and no more.
 */
export function announcedExtensions(apiUrl: string): Promise<Extensions> {
	const known = kept.get(apiUrl);
	if (known !== undefined && known.until > Date.now()) return known.extensions;
	const entry = { until: Date.now() + keepMs, extensions: readExtensions(apiUrl) };
	kept.set(apiUrl, entry);
	entry.extensions = entry.extensions.catch(() => {
		entry.until = Date.now() + keepFailureMs;
		return none;
	});
	return entry.extensions;
}

async function readExtensions(apiUrl: string): Promise<Extensions> {
	const response = await fetchApi(`${apiUrl}/health`, {
		headers: { accept: "application/json" },
		cache: "no-store",
		redirect: "error",
		signal: AbortSignal.timeout(waitMs),
	});
	const { extensions: announced = [] } = healthSchema.parse(await response.json());
	return new Set(extensions.filter((extension) => announced.includes(extension)));
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
