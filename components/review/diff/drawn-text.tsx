import { Fragment, type ReactNode } from "react";
import { MarkedText } from "@/components/ui/marked-text";
import type { LineMark } from "@/lib/rules/prompt-checks/locate";
import type { DrawnLine } from "./ready-diff-viewer";

interface DrawnTextProps extends DrawnLine {
	marks: readonly LineMark[];
}

/** The text of one line: what differs in it as `<ins>` or `<del>`, what a check has found as `<mark>`. */
export function DrawnText({ line, isLeft, kind, pieces, indent, marks }: DrawnTextProps) {
	const Change = isLeft ? "del" : "ins";
	const isWhole = kind !== "same" && line.pieces === null;
	let offset = indent;
	const drawn = pieces.map(([pieceKind, text]) => {
		const start = offset;
		offset += text.length;
		const content = withMarks(text, start, marks);
		if (isWhole || pieceKind === "same") return <Fragment key={start}>{content}</Fragment>;
		return (
			<Change key={start} className="diff-word">
				{content}
			</Change>
		);
	});
	if (kind === "same") return <>{drawn}</>;
	return (
		<>
			<span className="diff-said">{isLeft ? "Removed: " : "Added: "}</span>
			{isWhole ? <Change>{drawn}</Change> : drawn}
		</>
	);
}

function withMarks(text: string, start: number, marks: readonly LineMark[]): ReactNode {
	const parts: ReactNode[] = [];
	let done = 0;
	for (const { from, to, severity, sentence } of marks) {
		const begin = Math.max(done, from - start);
		const end = Math.min(text.length, to - start);
		if (begin >= end) continue;
		if (begin > done) parts.push(<MarkedText key={done} text={text.slice(done, begin)} />);
		parts.push(
			<mark key={`mark-${begin}`} className={`diff-mark diff-mark-${severity}`} title={sentence}>
				<MarkedText text={text.slice(begin, end)} />
			</mark>,
		);
		done = end;
	}
	if (done < text.length) parts.push(<MarkedText key={done} text={text.slice(done)} />);
	return parts;
}
