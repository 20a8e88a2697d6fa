import type { DeploymentSummary } from "@/lib/contract/deployment";
import { formatSigned } from "@/lib/format";
import { headlineOf } from "@/lib/rules/ab-report/headline";
import { wordsOf } from "@/lib/rules/ab-report/in-words";

/** The A/B report in a few words: one difference and the number of cases behind it. */
export function AbHeadline({ deployment }: { deployment: DeploymentSummary }) {
	const { ab_report: report, status } = deployment;
	const headline = report ? headlineOf(report) : null;
	if (headline === null) {
		const words =
			report && Object.keys(report).length > 0
				? "no metric"
				: status === "proposed"
					? "untested"
					: status === "ab_running"
						? "running"
						: "no report";
		return <span className="text-ink-muted">{words}</span>;
	}
	return (
		<span className="whitespace-nowrap">
			<span className="text-ink-muted">{wordsOf(headline.name)}</span>{" "}
			<span className="font-mono">{formatSigned(headline.difference)}</span>
			{headline.sampleSize === null ? null : (
				<span className="text-ink-muted text-xs"> n {headline.sampleSize}</span>
			)}
		</span>
	);
}
