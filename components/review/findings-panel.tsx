"use client";

import { Info, OctagonAlert, TriangleAlert } from "lucide-react";
import Link from "next/link";
import { type ReactNode, Suspense, use } from "react";
import { Panel } from "@/components/ui/panel";
import { PlainText } from "@/components/ui/plain-text";
import { Segmented } from "@/components/ui/segmented";
import { countOf, shortenId } from "@/lib/format";
import type { PreparedReview, ShownComparison, ThreeWayPicture } from "@/lib/review/prepared-review";
import { routes } from "@/lib/routes";
import { bySeverity } from "@/lib/rules/prompt-checks/by-severity";
import type { Severity } from "@/lib/rules/prompt-checks/finding";
import type { LocatedFinding } from "@/lib/rules/prompt-checks/locate";
import { lineAnchor } from "./diff/blocks";

const looks = {
	severe: { icon: OctagonAlert, className: "text-bad", word: "Severe" },
	warning: { icon: TriangleAlert, className: "text-warn", word: "Warning" },
	note: { icon: Info, className: "text-ink-muted", word: "Note" },
} as const satisfies Record<Severity, object>;

interface FindingsPanelProps {
	review: PreparedReview;
	shown: ShownComparison;
	onShow: (shown: ShownComparison) => void;
}

/** What the checks have to say, the worst first. They never block. */
export function FindingsPanel(props: FindingsPanelProps) {
	return (
		<Panel title="Checks">
			<Suspense
				fallback={
					<FindingList findings={props.review.read?.findings ?? []} onGo={() => undefined}>
						{/* What is about to come has its place kept: more of it where the texts are still to be looked at. */}
						<li
							role="status"
							className={`${props.review.read === null ? "min-h-72" : "min-h-15"} text-ink-muted`}
						>
							Still looking: {props.review.read === null ? "the texts, " : ""}the length, the live prompt,
							earlier candidates
						</li>
					</FindingList>
				}
			>
				<AllFindings {...props} />
			</Suspense>
		</Panel>
	);
}

function AllFindings({ review, shown, onShow }: FindingsPanelProps) {
	const { findings, threeWay, read } = use(review.later);
	const all = [...((review.read ?? read)?.findings ?? []), ...findings].sort(bySeverity);
	return (
		<>
			{threeWay === null ? null : <ThreeWayChoice threeWay={threeWay} shown={shown} onShow={onShow} />}
			{shown.kind === "proposed" ? null : (
				<p className="mb-3 text-ink-muted">What follows is about the comparison as it was proposed.</p>
			)}
			{all.length === 0 ? (
				<p className="text-ink-muted">No check has anything to say.</p>
			) : (
				<FindingList
					findings={all}
					onGo={() => {
						// Places are those of the two prompts that were compared when it was proposed.
						if (shown.kind !== "proposed") onShow({ kind: "proposed" });
					}}
				/>
			)}
		</>
	);
}

const comparisons = [
	{ value: "proposed", label: "As proposed" },
	{ value: "live-to-proposed", label: "Against live" },
	{ value: "since-proposed", label: "Gone live since" },
] as const satisfies readonly { value: ShownComparison["kind"]; label: string }[];

function ThreeWayChoice({
	threeWay,
	shown,
	onShow,
}: Pick<FindingsPanelProps, "shown" | "onShow"> & { threeWay: ThreeWayPicture }) {
	return (
		<div className="mb-3 rounded-md border border-bad p-2">
			<p className="mb-2">
				The prompt of{" "}
				<Link href={routes.deployment(threeWay.liveDeploymentId)} className="text-accent hover:underline">
					{shortenId(threeWay.liveDeploymentId)}
				</Link>{" "}
				is live now, not the current prompt of this comparison.
			</p>
			<Segmented
				label="Compare"
				value={shown.kind}
				options={comparisons}
				onChange={(kind) => onShow(kind === "proposed" ? { kind } : { kind, threeWay })}
			/>
		</div>
	);
}

interface FindingListProps {
	findings: readonly LocatedFinding[];
	/** Before a link to a line is followed. */
	onGo: () => void;
	children?: ReactNode;
}

function FindingList({ findings, onGo, children }: FindingListProps) {
	return (
		<ul className="space-y-2">
			{findings.map((finding, index) => (
				// biome-ignore lint/suspicious/noArrayIndexKey: two findings may be equal in every word
				<FindingItem key={index} finding={finding} onGo={onGo} />
			))}
			{children}
		</ul>
	);
}

interface FindingItemProps {
	finding: LocatedFinding;
	onGo: () => void;
}

function FindingItem({ finding: { severity, sentence, parts, pair }, onGo }: FindingItemProps) {
	const { icon: Icon, className, word } = looks[severity];
	return (
		<li className="flex gap-2">
			<Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${className}`} />
			<div className="min-w-0 flex-1">
				<p>
					<span className="sr-only">{word}: </span>
					<PlainText text={sentence} /> <LineLinks parts={parts} onGo={onGo} />
				</p>
				{pair === undefined ? null : (
					<details className="mt-1">
						<summary className="text-ink-muted text-xs hover:text-ink">Side by side</summary>
						<dl className="mt-1 grid grid-cols-2 gap-2 text-xs">
							<PairSide name="Current" text={pair.current} />
							<PairSide name="Proposed" text={pair.proposed} />
						</dl>
					</details>
				)}
			</div>
		</li>
	);
}

const linksMax = 3;

function LineLinks({ parts, onGo }: Pick<LocatedFinding, "parts"> & Pick<FindingItemProps, "onGo">) {
	const lines = [...new Map(parts.map((part) => [lineAnchor(part.side, part.line), part]))];
	if (lines.length === 0) return null;
	return (
		<span className="text-xs">
			{lines.slice(0, linksMax).map(([anchor, { side, line }]) => (
				<a
					key={anchor}
					href={`#${anchor}`}
					onClick={onGo}
					className="mr-2 whitespace-nowrap text-accent underline-offset-2 hover:underline"
					aria-label={`Line ${line} of the ${side} prompt`}
				>
					{side === "current" ? "−" : "+"} line {line}
				</a>
			))}
			{lines.length > linksMax ? (
				<span className="text-ink-muted">and {countOf(lines.length - linksMax, "more line")}</span>
			) : null}
		</span>
	);
}

function PairSide({ name, text }: { name: string; text: string | null }) {
	return (
		<div className="min-w-0 rounded-md border border-line p-2">
			<dt className="text-ink-muted">{name}</dt>
			<dd>{text === null ? <span className="text-ink-muted">Gone</span> : <PlainText text={text} />}</dd>
		</div>
	);
}
