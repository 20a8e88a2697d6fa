import { useMemo } from "react";
import type { JsonObject } from "@/lib/contract/identifiers";
import { shownVerdictOf } from "@/lib/rules/ab-report/shown-verdict";
import { VerdictFigures } from "./verdict-figures";

/** The verdict of a report that comes with its row. */
export default function ReportCell({ report, status }: { report: JsonObject; status: string }) {
	const shown = useMemo(() => shownVerdictOf(report, status), [report, status]);
	return <VerdictFigures shown={shown} />;
}
