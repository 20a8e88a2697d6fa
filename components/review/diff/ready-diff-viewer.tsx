import type { Component, ReactNode } from "react";
import ReactDiffViewer from "react-diff-viewer-continued";
import type { DiffRow, Piece, SideLine } from "@/lib/rules/prompt-diff/model";

/** What the library calls the kinds of a line and of a word; it does not export the names. */
const plain = 0;
const added = 1;
const removed = 2;

interface LibraryWord {
	type: number;
	value: string;
}
interface LibraryLine {
	lineNumber?: ReactNode;
	type?: number;
	value?: string | LibraryWord[];
}
interface LibraryRow {
	left: LibraryLine;
	right: LibraryLine;
}

/** One line as it is drawn: the parts of its text behind its indent, and where that indent ends. */
export interface DrawnLine {
	line: SideLine;
	isLeft: boolean;
	kind: DiffRow["kind"];
	pieces: readonly Piece[];
	/** Length of the leading white space, which stands in a column of its own. */
	indent: number;
}

export interface ReadyDiffViewerProps {
	rows: readonly DiffRow[];
	splitView: boolean;
	/** The number of a line, and its text, as they are drawn. Must not change from one drawing to the next. */
	drawNumber(line: SideLine, isLeft: boolean): ReactNode;
	drawText(drawn: DrawnLine): ReactNode;
}

/**
 * What ours uses of the library's class besides its public properties. They are marked private there, so the
 * version is pinned, and the tests of the review page break when one of them is gone.
 */
interface LibraryViewer extends Component<ReadyDiffViewerProps> {
	computeStyles: () => Record<string, string>;
	memoisedCompute: () => Promise<void>;
	renderDiff: () => object;
	renderLine: (
		lineNumber: ReactNode,
		type: number,
		prefix: "L" | "R",
		value: LibraryLine["value"],
		additionalLineNumber?: ReactNode,
		additionalPrefix?: "L" | "R",
	) => ReactNode;
	renderSplitView: (row: LibraryRow, index: number) => ReactNode;
	renderInlineView: (row: LibraryRow, index: number) => ReactNode;
	renderWordDiff: (words: LibraryWord[]) => ReactNode;
}

const names = [
	"diffContainer",
	"splitView",
	"line",
	"gutter",
	"emptyGutter",
	"lineNumber",
	"marker",
	"content",
	"contentText",
	"contentFlex",
	"lineIndent",
	"lineBody",
	"diffAdded",
	"diffRemoved",
	"noSelect",
];
/** Styled in `diff.css`: the library's own styles are made in the browser, too late for the first paint. */
const classNames = Object.fromEntries(names.map((name) => [name, `diff-${name}`]));

// The cast: the class has these members (see above), its types only say that they are private.
const Library = ReactDiffViewer as unknown as new (props: ReadyDiffViewerProps) => LibraryViewer;

/**
 * The library's table, given a comparison that is ready. By itself it compares after it has mounted, so a
 * server draws nothing with it, and it marks no words in lines over 500 characters. Here the rows come from
 * `lib/rules/prompt-diff`, and server and browser draw the same table from them.
 */
export class ReadyDiffViewer extends Library {
	static defaultProps = { ...ReactDiffViewer.defaultProps, hideSummary: true };

	/** The row that is being drawn: the library hands on texts, and we need to know which line they are. */
	private row: DiffRow | null = null;
	private isLeft = true;

	constructor(props: ReadyDiffViewerProps) {
		super(props);
		this.computeStyles = () => classNames;
		this.memoisedCompute = async () => undefined;
		this.renderWordDiff = () => this.drawText();
		const drawLine = this.renderLine;
		this.renderLine = (lineNumber, type, prefix, ...rest) => {
			this.isLeft = prefix === "L";
			return drawLine(lineNumber, type, prefix, ...rest);
		};
		this.renderDiff = () => {
			const draw = this.props.splitView ? this.renderSplitView : this.renderInlineView;
			const diffNodes = this.props.rows.map((row, index) => {
				this.row = row;
				return draw({ left: this.side(row.left, removed), right: this.side(row.right, added) }, index);
			});
			return { diffNodes, blocks: [], lineInformation: [] };
		};
	}

	// The library starts to compare here, and again when something has changed.
	override componentDidMount(): void {}
	override componentDidUpdate(): void {}

	override shouldComponentUpdate(next: ReadyDiffViewerProps): boolean {
		const { rows, splitView, drawNumber, drawText } = this.props;
		return (
			rows !== next.rows ||
			splitView !== next.splitView ||
			drawNumber !== next.drawNumber ||
			drawText !== next.drawText
		);
	}

	private side(line: SideLine | null, changedType: number): LibraryLine {
		if (line === null || this.row === null) return {};
		const isLeft = line === this.row.left;
		return {
			lineNumber: this.props.drawNumber(line, isLeft),
			type: this.row.kind === "same" ? plain : changedType,
			// As one word, so that the library asks us to draw it, whatever its length.
			value: [{ type: plain, value: line.text }],
		};
	}

	private drawText(): ReactNode {
		const line = this.isLeft ? this.row?.left : this.row?.right;
		if (this.row === null || line == null) return null;
		const indent = /^[ \t]*/.exec(line.text)?.[0].length ?? 0;
		const { kind } = this.row;
		return this.props.drawText({
			line,
			isLeft: this.isLeft,
			kind,
			pieces: piecesAfter(indent, line),
			indent,
		});
	}
}

function piecesAfter(indent: number, { pieces, text }: SideLine): readonly Piece[] {
	if (pieces === null) return [["same", text.slice(indent)]];
	const left: Piece[] = [];
	let toSkip = indent;
	for (const [kind, part] of pieces) {
		const rest = part.slice(toSkip);
		toSkip = Math.max(0, toSkip - part.length);
		if (rest !== "") left.push([kind, rest]);
	}
	return left;
}
