import { useMemo } from "react";
import type { QueueRow } from "@/lib/contract/queue";
import { formatSigned } from "@/lib/format";
import { assessAbReport } from "@/lib/rules/ab-report/assess";
import { nameInWords, roundedInWords } from "@/lib/rules/ab-report/in-words";
import { mainMetricOf } from "@/lib/rules/ab-report/main-metric";
import type { Verdict, VerdictKind } from "@/lib/rules/ab-report/model";

/** What nearly every report measures: there is no room to say so in every row. */
const usualMetric = "correctness";

const looks: Record<VerdictKind, { word: string; tone: string }> = {
	better: { word: "better", tone: "text-good" },
	worse: { word: "worse", tone: "text-bad" },
	mixed: { word: "mixed", tone: "text-warn" },
	contradictory: { word: "conflicting", tone: "text-warn" },
	"not-shown": { word: "not shown", tone: "text-ink-muted" },
	none: { word: "not judged", tone: "text-ink-muted" },
};

/** What the A/B report proves, in a line: the verdict, the metric it rests on, and how sure that is. */
export function VerdictCell({ row }: { row: QueueRow }) {
	const { ab_report: report, status } = row;
	const assessment = useMemo(() => (report ? assessAbReport(report, status) : null), [report, status]);
	if (assessment === null) return <span className="text-ink-muted">{absence(status)}</span>;
	const { verdict, metrics } = assessment;
	const main = mainMetricOf(metrics.map(({ metric }) => metric))?.name;
	// A figure beside a verdict has to be one that it rests on.
	const name = main === undefined || isAbout(verdict, main) ? main : verdict.restsOn[0];
	const shown = metrics.find(({ metric }) => metric.name === name);
	const difference = shown?.metric.difference;
	const { word, tone } = looks[verdict.kind];
	return (
		<span
			className="relative z-10 inline-flex max-w-full items-baseline gap-2 align-bottom"
			title={verdict.sentence}
		>
			<span className={`whitespace-nowrap lg:w-20 ${tone}`}>{word}</span>
			{difference == null ? null : (
				<span className="whitespace-nowrap text-right font-mono lg:w-14">{formatSigned(difference)}</span>
			)}
			{shown?.interval == null ? null : (
				<span className="whitespace-nowrap font-mono text-ink-muted text-xs max-lg:hidden">
					<span className="sr-only">95 % interval </span>[{roundedInWords(shown.interval.low)}{" "}
					{roundedInWords(shown.interval.high)}]
				</span>
			)}
			{name === undefined ? null : (
				<span className={name === usualMetric ? "sr-only" : "truncate text-ink-muted text-xs max-lg:hidden"}>
					{nameInWords(name)}
				</span>
			)}
		</span>
	);
}

function isAbout({ restsOn }: Verdict, name: string): boolean {
	return restsOn.length === 0 || restsOn.includes(name);
}

function absence(status: string): string {
	if (status === "proposed") return "untested";
	return status === "ab_running" ? "running" : "no report";
}
