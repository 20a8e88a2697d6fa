import { cutsOf } from "./cut-sentence";
import { findCode, isProgram } from "./find-code";

/** A sentence of a prompt, or a part of one that can be an instruction of its own. */
export interface Clause {
	/** In the prompt, in UTF-16 units; without white space at its ends and without a list mark. */
	start: number;
	end: number;
	/** The sentence that it is a part of; the same numbers where it is the whole. */
	sentenceStart: number;
	sentenceEnd: number;
	/**
	 * The heading or the line before a list under which it stands (`Never:`), innermost first. Empty for all but
	 * the first clause of an item: "Never:" does not forbid the explanation that follows.
	 */
	heads: readonly string[];
}

interface Block {
	start: number;
	end: number;
	heads: readonly string[];
}

const listMark = /^[ \t]*(?:[-*+•‣–—]|\d{1,3}[.)]|\(\d{1,3}\)|[A-Za-z][.)])[ \t]+(?:\[[ xX]\][ \t]+)?/;
const headingMark = /^[ \t]*#{1,6}[ \t]+/;
/** A line of an example conversation: it shows how people talk, it is no order. */
const speaker =
	/^[ \t>#*_-]{0,8}(?:user|customer|human|assistant|ai|kunde|nutzer|client|utilisateur|cliente|usuario)[*_]{0,2}[ \t]?:/i;
const markOnly = /^(?:<\/?[A-Za-z][^<>]{0,80}>|\{%[^%]{0,200}%\}|[-=_*|: \t]{3,})$/;
const abbreviation =
	/(?:^|[\s(])(?:e\.g|i\.e|eg|ie|etc|vs|cf|mr|mrs|ms|dr|prof|st|no|nr|fig|approx|incl|excl|max|min|z\.b|d\.h|u\.a|bzw|usw|ca|evtl|ggf|p\. ?ex|ex|env|m|mme|sr|sra|ud|uds|p\. ?ej|\p{L})\.$/iu;
/** Where a second instruction begins inside a sentence. */
const secondInstruction =
	/;\s{1,3}|\s[–—]\s|,\s{1,3}(?:(?:and|but|or|und|aber|et|mais|y|pero)\s{1,3})?(?=(?:you\s)?(?:must|shall|never|always|do not|don['’]t|cannot|refuse|decline)\s)|\s(?:and|but|und|aber|et|mais|y|pero)\s{1,3}(?=(?:you\s)?(?:must|never|always|do not|don['’]t|niemals|immer|nunca|siempre|jamais)\s)/giu;
/** What only says when the rest of the sentence holds is not cut off from it. */
const condition =
	/^(?:if|when|whenever|where|for|in|while|unless|before|after|once|as|on|during|without|unlike|even|until|wenn|falls|bei|für|bevor|nachdem|si|quand|lorsque|pour|avant|après|dans|cuando|para|antes|después|en)\s/iu;

/**
 * Splits a prompt into what can be an instruction: list items, headings, rows of tables and paragraphs (whose
 * lines may be wrapped by hand), then sentences, then the parts of a sentence that begin with an obligation of
 * their own ("Be brief, and never guess."). Offsets are kept.
 *
 * Left out: blocks of program code, lines of an example conversation (`User: …`), lines that hold only a tag.
 * Sentences end at `.`, `!`, `?`, `…` and their Chinese and Japanese forms, not after the abbreviations it
 * knows; one of more than 1,000 characters is cut between words. Time is linear in the text.
 */
export function splitClauses(text: string): Clause[] {
	return blocksOf(text).flatMap((block) => clausesOf(text, block));
}

function blocksOf(text: string): Block[] {
	const programs = findCode(text).filter(isProgram);
	const blocks: Block[] = [];
	let heads: { indent: number; text: string }[] = [];
	let open: Block | null = null;
	let program = 0;
	for (let start = 0; start < text.length; ) {
		const lineEnd = text.indexOf("\n", start);
		const end = lineEnd === -1 ? text.length : lineEnd;
		const line = text.slice(start, end).trimEnd();
		while ((programs[program]?.end ?? Number.POSITIVE_INFINITY) <= start) program += 1;
		const isProgramLine = (programs[program]?.start ?? Number.POSITIVE_INFINITY) <= start;
		if (isProgramLine || line.trim() === "" || markOnly.test(line.trim()) || speaker.test(line)) {
			open = null;
		} else {
			const item = listMark.exec(line)?.[0];
			const heading = item === undefined ? headingMark.exec(line)?.[0] : undefined;
			const indent = line.length - line.trimStart().length;
			if (item === undefined && heading === undefined && open !== null && isWrapped(text, open, line)) {
				open.end = start + line.length;
			} else {
				// A plain line ends the lists before it; a heading ends everything.
				if (heading !== undefined) heads = [];
				else heads = heads.filter((head) => head.indent < (item === undefined ? -1 : indent));
				open = {
					start: start + (item ?? heading ?? "").length,
					end: start + line.length,
					// A plain line under a heading is seldom one of its items: it may begin something else.
					heads: item === undefined ? [] : heads.map((head) => head.text).reverse(),
				};
				blocks.push(open);
			}
			const whole = text.slice(Math.max(open.start, open.end - 300), open.end);
			if (heading !== undefined) {
				heads = [{ indent: -2, text: whole }];
				open = null;
			} else if (/:[*_"”]{0,3}$/.test(whole)) {
				heads = [...heads, { indent: item === undefined ? -1 : indent, text: lastSentence(whole) }];
			}
		}
		start = end + 1;
	}
	return blocks;
}

/** True where a line goes on with the paragraph before it, as in a text that was wrapped by hand. */
function isWrapped(text: string, open: Block, line: string): boolean {
	const before = text.slice(Math.max(open.start, open.end - 200), open.end);
	if (/[.!?:;。！？|][*_"”')\]]{0,3}$/.test(before) || /^\s*\|/.test(line)) return false;
	const lastLine = before.slice(before.lastIndexOf("\n") + 1);
	return /^\s*\p{Ll}/u.test(line) || lastLine.length >= 60;
}

function lastSentence(text: string): string {
	return text.slice(Math.max(...[". ", "! ", "? "].map((end) => text.lastIndexOf(end) + 1), 0)).trim();
}

function clausesOf(text: string, { start, end, heads }: Block): Clause[] {
	const clauses: Clause[] = [];
	for (const [sentenceStart, sentenceEnd] of sentencesOf(text, start, end)) {
		for (const [clauseStart, clauseEnd] of partsOf(text, sentenceStart, sentenceEnd))
			clauses.push({
				start: clauseStart,
				end: clauseEnd,
				sentenceStart,
				sentenceEnd,
				heads: clauses.length === 0 ? heads : [],
			});
	}
	return clauses;
}

function sentencesOf(text: string, start: number, end: number): [number, number][] {
	const sentences: [number, number][] = [];
	const block = text.slice(start, end);
	let from = 0;
	const add = (to: number) => {
		let at = start + from;
		for (const cut of [...cutsOf(block.slice(from, to)).map((each) => start + from + each), start + to]) {
			const part = trimmed(text, at, cut);
			if (part !== null) sentences.push(part);
			at = cut;
		}
		from = to;
	};
	for (const { 0: mark, index } of block.matchAll(/[.!?…]{1,8}[*_"”’')\]]{0,4}(?=\s)|[。！？]/gu)) {
		const to = index + mark.length;
		const before = block.slice(Math.max(from, index - 12), index + 1);
		const next = block.slice(to, to + 12).trimStart();
		const isCut = mark.startsWith(".") && (abbreviation.test(before) || /^\p{Ll}/u.test(next));
		if (!isCut) add(to);
	}
	add(block.length);
	return sentences;
}

function partsOf(text: string, start: number, end: number): [number, number][] {
	const sentence = text.slice(start, end);
	const parts: [number, number][] = [];
	let from = 0;
	for (const { 0: mark, index } of sentence.matchAll(secondInstruction)) {
		const part = sentence.slice(from, index);
		if (condition.test(part.trimStart()) && !mark.startsWith(";")) continue;
		if (part.trim().split(/\s+/, 3).length < 2) continue;
		parts.push([from, index]);
		from = index + mark.length;
	}
	parts.push([from, sentence.length]);
	return parts.flatMap(([partStart, partEnd]) => {
		const part = trimmed(text, start + partStart, start + partEnd);
		return part === null ? [] : [part];
	});
}

/** Without white space at the ends; null where nothing is left that a person could read. */
function trimmed(text: string, start: number, end: number): [number, number] | null {
	const part = text.slice(start, end);
	if (!/\p{L}/u.test(part)) return null;
	const from = start + part.length - part.trimStart().length;
	return [from, from + part.trim().length];
}
