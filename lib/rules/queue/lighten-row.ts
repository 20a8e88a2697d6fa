import type { QueueRow } from "../../contract/queue";
import { shownVerdictOf } from "../ab-report/shown-verdict";

/**
 * A row on its way to a browser: what its report shows (`shown_verdict`) stands in place of the report, which may be
 * long and takes 10 KB of rules to read.
 */
export function lightenRow(row: QueueRow): QueueRow {
	const { ab_report: report, ...rest } = row;
	if (!report) return row;
	return { ...rest, shown_verdict: shownVerdictOf(report, row.status) };
}
