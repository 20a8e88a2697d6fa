"use client";

import { Fragment, useMemo, useState } from "react";
import { DrawnText } from "@/components/review/diff/drawn-text";
import { FoldButton } from "@/components/review/diff/fold-button";
import { Button } from "@/components/ui/button";
import { countOf, formatNumber } from "@/lib/format";
import { comparePrompts } from "@/lib/rules/prompt-diff/compare";
import type { DiffRow, Fold, SideLine } from "@/lib/rules/prompt-diff/model";
import { unfoldedRows } from "@/lib/rules/prompt-diff/unfold";

/** Rows that are drawn before somebody asks for the rest. */
const shownRows = 300;

interface ComparedTextsProps {
	before: string;
	after: string;
	/** What the two are called, such as `the two outputs`. */
	what: string;
}

/** What differs between two texts, line by line in one column; by the same rules as the diff of a prompt. */
export default function ComparedTexts({ before, after, what }: ComparedTextsProps) {
	const diff = useMemo(() => comparePrompts(before, after), [before, after]);
	const [unfolded, setUnfolded] = useState<ReadonlySet<Fold>>(new Set());
	const [isWhole, setIsWhole] = useState(false);
	if (diff.changes === 0) {
		return (
			<p className="text-ink-muted">
				{diff.isIdentical ? `${what} are the same, character for character.` : diff.remarks.join(" ")}
			</p>
		);
	}
	const blocks = diff.parts.flatMap((part): (readonly DiffRow[] | Fold)[] => {
		if (part.kind === "rows") return [part.rows];
		return unfolded.has(part) ? [unfoldedRows(part, before, after)] : [part];
	});
	const rowCount = blocks.reduce((sum, block) => sum + ("kind" in block ? 0 : block.length), 0);
	let left = isWhole ? Number.POSITIVE_INFINITY : shownRows;
	return (
		<div data-diff={diff.detail}>
			<p className="mb-1 text-ink-muted text-xs">
				{countOf(diff.changes, "change")} ·{" "}
				<span className="text-good">+{formatNumber(diff.wordsAdded)}</span>{" "}
				<span className="text-bad">−{formatNumber(diff.wordsRemoved)}</span> words
				{diff.remarks.length === 0 ? "" : `. ${diff.remarks.join(" ")}`}
			</p>
			<div dir="ltr" className="overflow-clip rounded-md border border-line">
				{blocks.map((block) => {
					if ("kind" in block) {
						return (
							<FoldButton
								key={`fold-${block.left}`}
								fold={block}
								onUnfold={() => setUnfolded(new Set([...unfolded, block]))}
							/>
						);
					}
					const rows = block.slice(0, Math.max(0, left));
					left -= block.length;
					return rows.length === 0 ? null : <Rows key={keyOf(rows)} rows={rows} what={what} />;
				})}
			</div>
			{!isWhole && rowCount > shownRows ? (
				<Button className="mt-2" onClick={() => setIsWhole(true)}>
					Show all {formatNumber(rowCount)} lines
				</Button>
			) : null}
		</div>
	);
}

function Rows({ rows, what }: { rows: readonly DiffRow[]; what: string }) {
	return (
		<table aria-label={`What differs between ${what}`} className="diff-diffContainer">
			<colgroup>
				<col />
				<col />
				<col />
				<col />
			</colgroup>
			<tbody>
				{rows.map((row) => (
					<Fragment key={keyOf([row])}>
						{row.kind === "same" ? (
							<Line
								line={row.right}
								before={row.left.number}
								after={row.right.number}
								kind="same"
								isLeft={false}
							/>
						) : (
							<>
								{row.left === null ? null : (
									<Line line={row.left} before={row.left.number} after={null} kind={row.kind} isLeft />
								)}
								{row.right === null ? null : (
									<Line
										line={row.right}
										before={null}
										after={row.right.number}
										kind={row.kind}
										isLeft={false}
									/>
								)}
							</>
						)}
					</Fragment>
				))}
			</tbody>
		</table>
	);
}

interface LineProps {
	line: SideLine;
	before: number | null;
	after: number | null;
	kind: DiffRow["kind"];
	isLeft: boolean;
}

const noMarks: never[] = [];

function Line({ line, before, after, kind, isLeft }: LineProps) {
	const side = kind === "same" ? "" : isLeft ? " diff-diffRemoved" : " diff-diffAdded";
	const sign = kind === "same" ? "" : isLeft ? "−" : "+";
	return (
		<tr>
			<td className={`diff-gutter${side}`}>{before}</td>
			<td className={`diff-gutter${side}`}>{after}</td>
			<td aria-hidden className={`diff-marker${side}`}>
				{sign}
			</td>
			<td className={`diff-content${side}`}>
				<div className="diff-lineBody">
					<DrawnText
						line={line}
						isLeft={isLeft}
						kind={kind}
						pieces={line.pieces ?? [["same", line.text]]}
						indent={0}
						marks={noMarks}
					/>
				</div>
			</td>
		</tr>
	);
}

function keyOf([row]: readonly DiffRow[]): string {
	return `${row?.left?.number ?? "-"} ${row?.right?.number ?? "-"}`;
}
