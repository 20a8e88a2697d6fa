import { JsonBlock, JsonValue } from "@/components/ui/json-value";
import { Notice } from "@/components/ui/notice";
import { Panel } from "@/components/ui/panel";
import type { JsonObject } from "@/lib/contract/identifiers";
import { countOf, formatSigned } from "@/lib/format";
import { isFigure } from "@/lib/rules/ab-report/figure";
import { figureInWords, pValueInWords, roundedInWords, wordsOf } from "@/lib/rules/ab-report/in-words";
import type { AbAssessment, MetricAssessment } from "@/lib/rules/ab-report/model";
import { IntervalPlot } from "./interval-plot";
import { absenceOfReport } from "./verdict-line";

const cellClass = "py-1 pl-3 text-right align-baseline font-mono";
const headClass = "py-1 pl-3 text-right font-normal text-ink-muted text-xs";
/** A hostile report can contradict itself a thousand times; a person needs the first ones. */
const shownMax = 6;

interface AbReportPanelProps {
	report: JsonObject | null;
	status: string;
	/** Null where there is no report. */
	evidence: AbAssessment | null;
}

/** The proof: every metric of the report in both arms with what it shows, and all else that the report holds. */
export function AbReportPanel({ report, status, evidence }: AbReportPanelProps) {
	if (report === null || evidence === null || Object.keys(report).length === 0) {
		return (
			<Panel title="A/B report">
				<p className="text-ink-muted">{report === null ? absenceOfReport(status) : "The report is empty."}</p>
			</Panel>
		);
	}
	const { metrics, inconsistencies, assumption } = evidence;
	const { rest } = evidence.report;
	return (
		<Panel title="A/B report">
			{inconsistencies.slice(0, shownMax).map(({ sentence }, index) => (
				// biome-ignore lint/suspicious/noArrayIndexKey: a report may say the same odd thing twice
				<Notice key={index} tone="warn" className="mb-2">
					{sentence}
				</Notice>
			))}
			{inconsistencies.length > shownMax ? (
				<p className="mb-2 text-ink-muted">
					and {countOf(inconsistencies.length - shownMax, "more")} that do not fit together
				</p>
			) : null}
			{metrics.length > 0 ? (
				<div className="overflow-x-auto">
					<table className="w-full">
						<thead>
							<tr>
								<th scope="col" className="py-1 text-left font-normal text-ink-muted text-xs">
									Metric
								</th>
								<th scope="col" className={headClass}>
									Baseline
								</th>
								<th scope="col" className={headClass}>
									Candidate
								</th>
								<th scope="col" className={headClass}>
									Delta
								</th>
							</tr>
						</thead>
						{metrics.map((metric) => (
							<MetricRows key={metric.metric.name} assessment={metric} />
						))}
					</table>
				</div>
			) : (
				<p className="text-ink-muted">The report holds no metric with a baseline and a candidate.</p>
			)}
			<p className="mt-2 text-ink-muted">{assumption ?? casesInWords(evidence)}</p>
			{rest.length > 0 ? (
				<dl className="mt-3 grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1">
					{rest.map(({ key, value }) => (
						<div key={key} className="contents">
							<dt className="max-w-40 text-ink-muted [overflow-wrap:anywhere]">{key}</dt>
							<dd className="min-w-0">
								<JsonValue value={value} />
							</dd>
						</div>
					))}
				</dl>
			) : null}
			<details className="mt-3">
				<summary className="text-ink-muted text-xs hover:text-ink">The report as JSON</summary>
				<div className="mt-2">
					<JsonBlock value={report} />
				</div>
			</details>
		</Panel>
	);
}

function MetricRows({ assessment }: { assessment: MetricAssessment }) {
	const { metric, interval, isShown, movement, whyNot, relativeChange, remarks } = assessment;
	const { name, baseline, candidate, delta, difference } = metric;
	const isJudged = isShown && (movement === "better" || movement === "worse");
	const tone = isJudged ? (movement === "better" ? "good" : "bad") : "neutral";
	return (
		<tbody className="border-line border-t">
			<tr>
				<th scope="row" className="py-1 text-left font-normal [overflow-wrap:anywhere]">
					{wordsOf(name)}
				</th>
				<td className={cellClass}>
					<JsonValue value={baseline} />
				</td>
				<td className={cellClass}>
					<JsonValue value={candidate} />
				</td>
				<td className={cellClass}>
					{isFigure(delta) ? (
						formatSigned(delta)
					) : difference === null ? (
						<JsonValue value={delta} />
					) : (
						formatSigned(difference)
					)}
				</td>
			</tr>
			<tr>
				<td colSpan={4} className="pb-2 text-ink-muted text-xs">
					{interval === null || difference === null ? null : (
						<IntervalPlot interval={interval} difference={difference} tone={tone} />
					)}
					{isJudged ? (
						<span className={movement === "better" ? "text-good" : "text-bad"}>
							{movement === "better" ? "▲ better" : "▼ worse"} ·{" "}
						</span>
					) : null}
					{interval === null ? whyNot : figuresOf(assessment, interval)}
					{relativeChange === null ? "" : ` ${formatSigned(round(100 * relativeChange))} % relative.`}
					{interval === null || remarks.length === 0 ? null : (
						<details className="mt-0.5">
							<summary className="hover:text-ink">How it was read</summary>
							<p>{remarks.join(" ")}</p>
						</details>
					)}
				</td>
			</tr>
		</tbody>
	);
}

/** `95 % interval +0.13 to +0.42, p < 0.001. A true +0.22 or −0.20 would be shown by 80 of 100 such tests.` */
function figuresOf(
	{ pValue, adjustedPValue, detectable, isShown }: MetricAssessment,
	{ low, high }: { low: number; high: number },
): string {
	const p = pValue === null ? "" : `, ${pValueInWords(pValue)}`;
	const corrected =
		pValue !== null && adjustedPValue !== null && adjustedPValue !== pValue
			? ` (${pValueInWords(adjustedPValue)} after Holm’s correction)`
			: "";
	const ends = [detectable?.rise, detectable?.fall === null ? null : -(detectable?.fall ?? 0)]
		.filter((end): end is number => typeof end === "number" && end !== 0)
		.map(roundedInWords);
	const power =
		isShown || ends.length === 0
			? ""
			: ` A true ${ends.join(" or ")} would be shown by 80 of 100 such tests.`;
	return `95 % interval ${roundedInWords(low)} to ${roundedInWords(high)}${p}${corrected}.${power}`;
}

function round(value: number): number {
	return Number(value.toPrecision(2));
}

function casesInWords({ report: { cases, sampleSize } }: AbAssessment): string {
	if (sampleSize !== null) return `${countOf(sampleSize, "case")} in each arm.`;
	const { baseline, candidate } = cases;
	if (baseline === null && candidate === null) return "The report does not say how many cases it rests on.";
	const inWords = (count: number | null) => (count === null ? "an unknown number" : figureInWords(count));
	return `${inWords(baseline)} cases with the current prompt, ${inWords(candidate)} with the proposed one.`;
}
