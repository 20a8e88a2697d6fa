/**
 * The comparison of two prompts, ready to be drawn. Everything in it is data that JSON can carry: it is made
 * on the server, once, and the browser draws it without knowing how to compare.
 */

/** A run of a line's text: the same on both sides, or only on the side that it stands on. */
export type Piece = readonly [kind: "same" | "changed", text: string];

/** One line of one side, exactly as the prompt has it. */
export interface SideLine {
	/** Counted from 1. */
	number: number;
	/** Where it begins in the exact prompt, in UTF-16 units. */
	start: number;
	/** Without its line end. */
	text: string;
	/** What differs inside it, joined exactly its text; null where the line was compared as a whole. */
	pieces: readonly Piece[] | null;
}

/**
 * A line of the picture: one that is the same on both sides (it may still be spelled differently, as NFC and
 * NFD are), a pair that was changed into each other, or a line of one side alone.
 */
export type DiffRow =
	| { kind: "same" | "changed"; left: SideLine; right: SideLine }
	| { kind: "removed"; left: SideLine; right: null }
	| { kind: "added"; left: null; right: SideLine };

/** Lines that are the same and far from any change; their text stays behind until somebody asks for it. */
export interface Fold {
	kind: "fold";
	/** How many lines are folded. */
	count: number;
	/** The first of them on each side, counted from 1. */
	left: number;
	right: number;
}

/** Rows that stand together, between folds. */
export interface Stretch {
	kind: "rows";
	rows: readonly DiffRow[];
}

export interface PromptDiff {
	/** In the order of the text. */
	parts: readonly (Stretch | Fold)[];
	/** Runs of neighbouring rows that are not the same; what `n` and `p` go through. */
	changes: number;
	/** `line` where the texts are too large to be compared by word; the page says so. */
	detail: "word" | "line";
	/** Lines of each side; an empty prompt has none. */
	currentLines: number;
	proposedLines: number;
	/** Words that are on one side only. */
	wordsAdded: number;
	wordsRemoved: number;
	/** True when the two are equal, character for character. */
	isIdentical: boolean;
	/** Sentences about what differs and cannot be seen in the rows: line ends, Unicode forms, a last line end. */
	remarks: readonly string[];
}
