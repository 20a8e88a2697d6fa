import { PlainText } from "@/components/ui/plain-text";
import type { RemediationDiff } from "@/lib/contract/remediation";
import type { Span } from "@/lib/contract/trace";
import { formatNumber, formatSigned } from "@/lib/format";
import { figuresOf, scoreInWords } from "./remediation-figures";

interface RemediationFiguresViewProps {
	diff: RemediationDiff;
	/** The two spans, where the trace is known and holds them. */
	spans: { original: Span; remediated: Span } | null;
}

/** What an action has changed: in a sentence, in figures, and by the score of each rule. */
export function RemediationFiguresView({ diff, spans }: RemediationFiguresViewProps) {
	return (
		<div className="flex flex-col gap-3">
			{diff.summary === "" ? null : (
				<p>
					<PlainText text={diff.summary} />
				</p>
			)}
			<dl className="flex flex-wrap gap-x-8 gap-y-2">
				{figuresOf(diff, spans).map(({ label, text, isAvailable }) => (
					<div key={label}>
						<dt className="text-ink-muted text-xs">{label}</dt>
						<dd className={isAvailable ? "font-mono" : "text-ink-muted"}>{text}</dd>
					</div>
				))}
			</dl>
			{diff.score_deltas.length === 0 ? (
				<p className="text-ink-muted">No rule has scored the two.</p>
			) : (
				<ScoreTable deltas={diff.score_deltas} />
			)}
		</div>
	);
}

const tones = { better: "text-good", worse: "text-bad", "the same": "text-ink-muted" } as const;

function ScoreTable({ deltas }: { deltas: RemediationDiff["score_deltas"] }) {
	return (
		<table aria-label="Scores by rule" className="w-full max-w-2xl border-collapse text-left">
			<thead className="text-ink-muted text-xs">
				<tr>
					<th className="py-1 pr-4 font-normal">Rule</th>
					<th className="py-1 pr-4 text-right font-normal">Before</th>
					<th className="py-1 pr-4 text-right font-normal">After</th>
					<th className="py-1 text-right font-normal">Change</th>
				</tr>
			</thead>
			<tbody>
				{deltas.map(({ eval_rule_id, rule_name, original_score, remediated_score, delta }) => (
					<tr key={eval_rule_id} className="border-line border-t">
						<td className="py-1 pr-4">
							<PlainText text={rule_name} />
						</td>
						<td className="py-1 pr-4 text-right font-mono">{formatNumber(original_score)}</td>
						<td className="py-1 pr-4 text-right font-mono">{formatNumber(remediated_score)}</td>
						<td className={`whitespace-nowrap py-1 text-right ${tones[scoreInWords(delta)]}`}>
							<span className="font-mono">{formatSigned(delta)}</span> {scoreInWords(delta)}
						</td>
					</tr>
				))}
			</tbody>
		</table>
	);
}
