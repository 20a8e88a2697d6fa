import { formatSigned } from "@/lib/format";
import type { VerdictKind } from "@/lib/rules/ab-report/model";
import type { ShownVerdict } from "@/lib/rules/ab-report/shown-verdict";

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

/** A verdict with the figures it rests on. */
export function VerdictFigures({ shown }: { shown: ShownVerdict }) {
	const { kind, sentence, metric, difference, interval } = shown;
	const { word, tone } = looks[kind];
	return (
		<span className="relative z-10 inline-flex max-w-full items-baseline gap-2 align-bottom" title={sentence}>
			<span className={`whitespace-nowrap lg:w-18 lg:shrink-0 ${tone}`}>{word}</span>
			{difference === null ? null : (
				<span className="whitespace-nowrap text-right font-mono lg:w-14 lg:shrink-0">
					{formatSigned(difference)}
				</span>
			)}
			{interval === null ? null : (
				<span className="shrink-0 whitespace-nowrap font-mono text-ink-muted text-xs max-xl:hidden">
					<span className="sr-only">95 % interval </span>[{interval[0]} {interval[1]}]
				</span>
			)}
			{metric === null ? null : (
				<span
					className={metric === usualMetric ? "sr-only" : "truncate text-ink-muted text-xs max-xl:hidden"}
				>
					{metric}
				</span>
			)}
		</span>
	);
}

/** True for what `VerdictFigures` can draw. */
export function isShownVerdict(value: unknown): value is ShownVerdict {
	const { kind, sentence, metric, difference, interval } = Object(value) as Record<string, unknown>;
	return (
		typeof kind === "string" &&
		Object.hasOwn(looks, kind) &&
		typeof sentence === "string" &&
		(metric === null || typeof metric === "string") &&
		(difference === null || typeof difference === "number") &&
		(interval === null || (Array.isArray(interval) && interval.every((end) => typeof end === "string")))
	);
}
