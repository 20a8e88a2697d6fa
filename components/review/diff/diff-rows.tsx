"use client";

import { TriangleAlert } from "lucide-react";
import { useCallback } from "react";
import type { LineMark, LineMarks } from "@/lib/rules/prompt-checks/locate";
import type { DiffRow, SideLine } from "@/lib/rules/prompt-diff/model";
import { lineAnchor } from "./blocks";
import { DrawnText } from "./drawn-text";
import { type DrawnLine, ReadyDiffViewer } from "./ready-diff-viewer";

interface DiffRowsProps {
	rows: readonly DiffRow[];
	isSplit: boolean;
	marks: LineMarks;
}

const none: readonly LineMark[] = [];

/** Some rows of the diff, drawn by react-diff-viewer-continued. */
export default function DiffRows({ rows, isSplit, marks }: DiffRowsProps) {
	const marksOf = useCallback(
		(line: SideLine, isLeft: boolean) => marks[`${isLeft ? "current" : "proposed"} ${line.number}`] ?? none,
		[marks],
	);
	const drawNumber = useCallback(
		(line: SideLine, isLeft: boolean) => (
			<LineNumber line={line} isLeft={isLeft} marks={marksOf(line, isLeft)} />
		),
		[marksOf],
	);
	const drawText = useCallback(
		(drawn: DrawnLine) =>
			drawn.line.text.length === drawn.indent ? null : (
				<DrawnText {...drawn} marks={marksOf(drawn.line, drawn.isLeft)} />
			),
		[marksOf],
	);
	return <ReadyDiffViewer rows={rows} splitView={isSplit} drawNumber={drawNumber} drawText={drawText} />;
}

interface LineNumberProps {
	line: SideLine;
	isLeft: boolean;
	marks: readonly LineMark[];
}

/** A line's number, which is a link to the line; not a stop of the Tab key, there are too many of them. */
function LineNumber({ line: { number }, isLeft, marks }: LineNumberProps) {
	const side = isLeft ? "current" : "proposed";
	const anchor = lineAnchor(side, number);
	const worst = marks.find(({ severity }) => severity !== "note");
	return (
		<a id={anchor} href={`#${anchor}`} tabIndex={-1} aria-label={`Line ${number} of the ${side} prompt`}>
			{worst === undefined ? null : (
				<TriangleAlert aria-hidden className={`diff-flag diff-flag-${worst.severity}`} />
			)}
			{number}
		</a>
	);
}
