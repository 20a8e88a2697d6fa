import clsx from "clsx";
import { MarkedText } from "@/components/ui/marked-text";
import { countOf } from "@/lib/format";
import type { ChangedLine, ChangedLines } from "@/lib/rules/prompt-diff/changed-lines";

const tones = {
	same: { row: "", sign: " ", said: "" },
	added: { row: "bg-(--diff-added)", sign: "+", said: "Added: " },
	removed: { row: "bg-(--diff-removed)", sign: "−", said: "Removed: " },
} as const;

/** A box that scrolls has to be reachable by keyboard. */
const scrolling = (label: string) => ({ role: "group", tabIndex: 0, "aria-label": label }) as const;

interface CompactDiffProps {
	changes: ChangedLines;
	/** What the box is called for who does not see it. */
	label: string;
}

/** The changed lines of a comparison with those around them, in a box that scrolls; never more than was cut for it. */
export function CompactDiff({ changes, label }: CompactDiffProps) {
	const { lines, omitted, remarks, isIdentical } = changes;
	if (isIdentical) return <p className="text-ink-muted">The two prompts are the same, letter for letter.</p>;
	return (
		<>
			<div
				{...scrolling(label)}
				className="relative max-h-64 overflow-y-auto rounded-md border border-line bg-page py-1 font-mono text-ink text-xs"
			>
				{lines.map((line) => (
					<Line key={line.place} line={line} />
				))}
			</div>
			{omitted > 0 ? (
				<p className="mt-1 text-xs">
					{countOf(omitted, "more changed line is", "more changed lines are")} not shown here.
				</p>
			) : null}
			{remarks.map((remark) => (
				<p key={remark} className="mt-1 text-xs">
					{remark}
				</p>
			))}
		</>
	);
}

function Line({ line }: { line: ChangedLine }) {
	if (line.kind === "gap") {
		return <p className="px-2 text-ink-muted">⋯ {countOf(line.count, "unchanged line")}</p>;
	}
	const { row, sign, said } = tones[line.kind];
	return (
		<p className={clsx("flex gap-2 px-2", row)}>
			<span aria-hidden className="select-none text-ink-muted">
				{sign}
			</span>
			<span className="foreign-text min-w-0">
				{said === "" ? null : <span className="sr-only">{said}</span>}
				<Pieces line={line} />
				{line.isCut ? <span className="text-ink-muted"> … the line goes on</span> : null}
			</span>
		</p>
	);
}

function Pieces({ line }: { line: Exclude<ChangedLine, { kind: "gap" }> }) {
	const Change = line.kind === "removed" ? "del" : "ins";
	const word = line.kind === "removed" ? "bg-(--diff-removed-word)" : "bg-(--diff-added-word)";
	const isByWord = line.kind !== "same" && !line.isWhole;
	let offset = 0;
	return line.pieces.map(([kind, text]) => {
		const start = offset;
		offset += text.length;
		if (!isByWord || kind === "same") return <MarkedText key={start} text={text} />;
		return (
			<Change key={start} className={clsx("rounded-sm no-underline", word)}>
				<MarkedText text={text} />
			</Change>
		);
	});
}
