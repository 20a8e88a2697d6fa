import { Actor } from "@/components/layout/viewer";
import { Age } from "@/components/ui/clock";
import type { QueueRow } from "@/lib/contract/queue";
import { countOf, formatMoment, formatNumber } from "@/lib/format";
import { statusLabel } from "@/lib/rules/lifecycle";
import { deciderOf } from "@/lib/rules/queue/decider-of";

/** Words that the change adds and removes. */
export function ChangeCell({ row: { digest } }: { row: QueueRow }) {
	if (!digest) return <NotKnown />;
	const { words_added: added, words_removed: removed } = digest;
	return (
		<span
			className="whitespace-nowrap font-mono"
			title={`${countOf(added, "word")} added, ${removed} removed`}
		>
			<span className="text-good">+{formatNumber(added)}</span>{" "}
			<span className="text-bad">−{formatNumber(removed)}</span>
			<span className="sr-only"> words</span>
		</span>
	);
}

const severityMarks = {
	severe: { shape: "▲", tone: "text-bad", word: "severe" },
	warning: { shape: "△", tone: "text-warn", word: "a warning" },
	note: { shape: "·", tone: "text-ink-muted", word: "a note" },
} as const;

/** How many findings the checks of the two texts have, with the shape of the worst. */
export function FindingsCell({ row: { digest } }: { row: QueueRow }) {
	if (!digest) return <NotKnown />;
	const { findings, worst_severity: severity, worst_sentence: sentence } = digest;
	const mark = Object.entries(severityMarks).find(([name]) => name === severity)?.[1];
	if (findings === 0 || mark === undefined)
		return <span className="text-ink-muted max-lg:sr-only">none</span>;
	return (
		<span className={`relative z-10 whitespace-nowrap ${mark.tone}`} title={sentence ?? undefined}>
			<span aria-hidden>{mark.shape} </span>
			{findings}
			<span className="sr-only">
				{" "}
				{findings === 1 ? "finding" : "findings"}, the worst is {mark.word}
			</span>
		</span>
	);
}

/** Who took the latest decision, where one was taken and the API says by whom. */
export function DecidedCell({ row }: { row: QueueRow }) {
	const by = deciderOf(row);
	if (by === null) return <span className="text-ink-muted">–</span>;
	return (
		<span className="relative z-10">
			<Actor id={by} />
		</span>
	);
}

/** How long the row has been in its state; where that is not told, how old it is. */
export function SinceCell({ row }: { row: QueueRow }) {
	const { status_since: since, created_at: createdAt, status } = row;
	const moments = [
		...(since ? [`${statusLabel(status)} since ${formatMoment(since)}`] : []),
		`proposed ${formatMoment(createdAt)}`,
	];
	return (
		<span className="relative z-10">
			<Age at={since ?? createdAt} title={moments.join(", ")} />
		</span>
	);
}

function NotKnown() {
	return (
		<span className="relative z-10 text-ink-muted" title="Not read yet">
			–<span className="sr-only"> not known</span>
		</span>
	);
}
