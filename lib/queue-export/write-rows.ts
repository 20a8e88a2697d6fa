import { stringify } from "csv-stringify/sync";
import type { QueueRow } from "../contract/queue";
import { assessAbReport } from "../rules/ab-report/assess";
import { deciderOf } from "../rules/queue/decider-of";
import { safeCell } from "./safe-cell";

interface RowSurroundings {
	/** Name by project id; a project that is not in it is written by id. */
	projectNames: ReadonlyMap<string, string>;
	/** The address of a deployment's page. */
	urlOf: (id: string) => string;
}

type Cell = string | number | null;

/** In the order of the file. Whoever reads it by place relies on that: a new one goes to the end. */
const columns: readonly { name: string; cellOf: (row: QueueRow, around: RowSurroundings) => Cell }[] = [
	{ name: "id", cellOf: ({ id }) => id },
	{ name: "status", cellOf: ({ status }) => status },
	{
		name: "project",
		cellOf: ({ project_id: id }, { projectNames }) => projectNames.get(id) ?? id,
	},
	{ name: "cluster_signature", cellOf: ({ cluster_signature }) => cluster_signature },
	{ name: "rationale", cellOf: ({ rationale }) => rationale ?? null },
	{ name: "words_added", cellOf: ({ digest }) => digest?.words_added ?? null },
	{ name: "words_removed", cellOf: ({ digest }) => digest?.words_removed ?? null },
	{ name: "verdict", cellOf: verdictOf },
	{ name: "effect", cellOf: ({ digest }) => digest?.effect ?? null },
	{ name: "findings", cellOf: ({ digest }) => digest?.findings ?? null },
	{ name: "worst_severity", cellOf: ({ digest }) => digest?.worst_severity ?? null },
	{ name: "created_at", cellOf: ({ created_at }) => created_at },
	{ name: "status_since", cellOf: ({ status_since }) => status_since ?? null },
	{ name: "shipped_at", cellOf: ({ shipped_at }) => shipped_at ?? null },
	{ name: "rolled_back_at", cellOf: ({ rolled_back_at }) => rolled_back_at ?? null },
	{ name: "approved_by", cellOf: ({ approved_by }) => approved_by ?? null },
	{ name: "rejection_reason", cellOf: ({ rejection_reason }) => rejection_reason ?? null },
	{ name: "url", cellOf: ({ id }, { urlOf }) => urlOf(id) },
	{ name: "decided_by", cellOf: deciderOf },
];

/** What the A/B report of a row proves, by its digest or, where the API makes none, by the report itself. */
export function verdictOf({ digest, ab_report: report, status }: QueueRow): string {
	if (digest) return digest.verdict;
	return report ? assessAbReport(report, status).verdict.kind : "untested";
}

/**
 * Rows as CSV (RFC 4180), each ended by CRLF, all texts quoted; with a byte-order mark and the names of the
 * columns before the first of them. Figures are figures, also below nought; no text is a formula (`safeCell`).
 */
export function writeRows(rows: readonly QueueRow[], around: RowSurroundings, isFirst: boolean): string {
	// Without a record the library writes the end of none.
	if (rows.length === 0 && !isFirst) return "";
	const records = rows.map((row) => columns.map(({ cellOf }) => cellOf(row, around)));
	const text = stringify(isFirst ? [columns.map(({ name }) => name), ...records] : records, {
		bom: isFirst,
		record_delimiter: "windows",
		quoted_string: true,
		escape_formulas: true,
		cast: { string: safeCell },
	});
	return text;
}
