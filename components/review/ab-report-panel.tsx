import { JsonBlock, JsonValue } from "@/components/ui/json-value";
import { Notice } from "@/components/ui/notice";
import { Panel } from "@/components/ui/panel";
import type { JsonObject } from "@/lib/contract/identifiers";
import { formatNumber, formatSigned } from "@/lib/format";
import { type AbMetric, contradictionOf, isFigure, readAbReport, wordsOf } from "@/lib/rules/ab-report";

const cellClass = "py-1 pl-3 text-right align-baseline font-mono";
const headClass = "py-1 pl-3 text-right font-normal text-ink-muted text-xs";

/** The proof: every metric of the report in both arms, and all else that the report holds. */
export function AbReportPanel({ report, status }: { report: JsonObject | null; status: string }) {
	if (report === null || Object.keys(report).length === 0) {
		return (
			<Panel title="A/B report">
				<p className="text-ink-muted">{absence(report, status)}</p>
			</Panel>
		);
	}
	const { metrics, sampleSize, rest } = readAbReport(report);
	const contradiction = contradictionOf(status, report);
	const contradicted = metrics.filter((metric) => metric.isDeltaContradicted);
	return (
		<Panel title="A/B report">
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
						<tbody>
							{metrics.map((metric) => (
								<MetricRow key={metric.name} metric={metric} />
							))}
						</tbody>
					</table>
				</div>
			) : (
				<p className="text-ink-muted">The report holds no metric with a baseline and a candidate.</p>
			)}
			<p className="mt-2 text-ink-muted">
				{sampleSize === null
					? "The report does not say how many cases it rests on."
					: `${formatNumber(sampleSize)} cases in each arm.`}
			</p>
			{contradiction === null ? null : (
				<Notice tone="warn" className="mt-2">
					{contradiction}
				</Notice>
			)}
			{contradicted.map(({ name, difference, delta }) => (
				<Notice key={name} tone="warn" className="mt-2">
					The report gives the delta of {wordsOf(name)} as {isFigure(delta) ? formatSigned(delta) : "another"}
					, but candidate − baseline is {formatSigned(difference ?? 0)}.
				</Notice>
			))}
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

function MetricRow({ metric }: { metric: AbMetric }) {
	const { name, baseline, candidate, delta, difference } = metric;
	return (
		<tr className="border-line border-t">
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
	);
}

function absence(report: JsonObject | null, status: string): string {
	if (report !== null) return "The report is empty.";
	if (status === "proposed") return "Not tested yet: there is no report.";
	if (status === "ab_running") return "The test is running; its report comes when it ends.";
	return "The API holds no report for this deployment.";
}
