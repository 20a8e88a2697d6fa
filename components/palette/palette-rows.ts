import { uuidPattern } from "@/lib/contract/uuid";

/** A deployment as the palette offers it. */
export interface PaletteRow {
	id: string;
	status: string;
	/** Empty where none is given. */
	rationale: string;
	projectId: string;
	clusterSignature: string;
}

/** Of a rationale, in UTF-16 units: what one line shows and what is searched. */
const rationaleMaxLength = 300;

/**
 * The deployments that the reads of this page have brought, each once, in their order. What is in the cache of
 * reads has many shapes; whatever looks like a deployment, or like pages of them, is one.
 */
export function rowsOfReads(reads: readonly unknown[]): PaletteRow[] {
	const rows = new Map<string, PaletteRow>();
	for (const read of reads) {
		for (const record of recordsOf(read)) {
			const row = rowOf(record);
			if (row !== null && !rows.has(row.id)) rows.set(row.id, row);
		}
	}
	return [...rows.values()];
}

function recordsOf(read: unknown): unknown[] {
	const { pages, items } = Object(read) as { pages?: unknown; items?: unknown };
	if (Array.isArray(pages)) return pages.flatMap(recordsOf);
	return Array.isArray(items) ? items : [read];
}

function rowOf(record: unknown): PaletteRow | null {
	const { id, status, project_id, cluster_signature, rationale } = Object(record) as Record<string, unknown>;
	const isDeployment = [id, status, project_id, cluster_signature].every(
		(value) => typeof value === "string",
	);
	if (!isDeployment) return null;
	return {
		id: String(id),
		status: String(status),
		rationale: typeof rationale === "string" ? rationale.slice(0, rationaleMaxLength) : "",
		projectId: String(project_id),
		clusterSignature: String(cluster_signature),
	};
}

/** The same text for what a person takes to be the same letters. */
export function foldText(text: string): string {
	return text.toLowerCase().normalize("NFKD").replaceAll(/\p{M}/gu, "");
}

/** How well a folded text answers a search: 0 where a word of it is missing, 1 where it begins with the search. */
export function scoreText(folded: string, search: string): number {
	const wanted = foldText(search).trim();
	if (wanted === "" || folded.startsWith(wanted)) return 1;
	return wanted.split(/\s+/).every((word) => folded.includes(word)) ? 0.5 : 0;
}

/** The id of a deployment that somebody has pasted, or null where the text is none. */
export function pastedId(search: string): string | null {
	const text = search.trim().toLowerCase();
	return uuidPattern.test(text) ? text : null;
}
