import { composed } from "./compose";

/** What a token is: white space, a word, a word that carries little meaning by itself, or any other character. */
export type TokenKind = "space" | "word" | "function-word" | "other";

/**
 * Texts out of one prompt, cut into tokens: token i begins at `starts[i]`, `numbers[i]` says which it is. Behind
 * the last token of each text stands an entry that is none and says where it ended, so that token i always ends
 * where entry i + 1 begins. One pair of lists for all lines: a list for each would cost more than its content.
 */
export interface Tokens {
	/** The exact prompt. */
	text: string;
	starts: number[];
	numbers: number[];
}

/** Tokens `[from, to)`: a line, or a sentence of it. */
export interface TokenRange {
	from: number;
	to: number;
}

/** Words that a sentence can share with any other. None that turns a sentence's meaning: no `not`, `only`, `must`. */
const functionWords = new Set(
	"a an the of to in on at by for with from into as and or is are be was it its this that these those any you your i we our they their if so then there which who will can do does has have".split(
		" ",
	),
);

/** Numbers for tokens, equal where their NFC forms are, and what is known about each. Serves both sides. */
export class Vocabulary {
	private readonly known = new Map<string, number>();
	/** Numbers of single ASCII characters plus one: every second token is one, and needs no string this way. */
	private readonly knownCharacters = new Int32Array(128);
	private readonly tokenKinds: TokenKind[] = [];
	private readonly foldedNumbers: number[] = [];

	/** How many numbers have been given: all are below. */
	get size(): number {
		return this.tokenKinds.length;
	}

	/** The number of the token `text.slice(start, end)`. */
	numberOf(text: string, start: number, end: number): number {
		const code = text.charCodeAt(start);
		if (end - start > 1 || !(code < 128)) return this.numberOfText(text.slice(start, end));
		const known = this.knownCharacters[code] ?? 0;
		if (known > 0) return known - 1;
		const number = this.numberOfText(text.slice(start, end));
		this.knownCharacters[code] = number + 1;
		return number;
	}

	kind(number: number): TokenKind {
		return this.tokenKinds[number] ?? "other";
	}

	isWord(number: number): boolean {
		const kind = this.kind(number);
		return kind === "word" || kind === "function-word";
	}

	/** The number of the same token in lower case. */
	folded(number: number): number {
		return this.foldedNumbers[number] ?? number;
	}

	private numberOfText(token: string): number {
		const known = this.known.get(token);
		if (known !== undefined) return known;
		const form = composed(token);
		if (form !== token) {
			const formNumber = this.numberOfText(form);
			this.known.set(token, formNumber);
			return formNumber;
		}
		const number = this.tokenKinds.length;
		this.known.set(token, number);
		const folded = token.toLowerCase();
		this.tokenKinds.push(kindOf(token, folded));
		this.foldedNumbers.push(number);
		if (folded !== token) this.foldedNumbers[number] = this.numberOfText(folded);
		return number;
	}
}

/** What belongs to the character before it: cutting there would cut what a reader sees as one. */
const joined = "\\p{M}\\p{Grapheme_Extend}\\p{Emoji_Modifier}\\u200c\\u200d\\u0e33\\u0eb3";
/** Arabic and Indic signs that belong to the character after them. */
const prefixes =
	"\\u0600-\\u0605\\u06dd\\u070f\\u0890\\u0891\\u08e2\\u0d4e\\u{110bd}\\u{110cd}\\u{111c2}\\u{111c3}\\u{113d1}\\u{1193f}\\u{11941}\\u{11a3a}\\u{11a84}-\\u{11a89}\\u{11d46}\\u{11f02}";
/** Written without spaces: each of their characters counts as a word. */
const unspaced = "[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Thai}\\p{Script=Lao}]";
const letter = `[\\p{L}\\p{N}\\p{M}_${prefixes}]`;
const emojiToken = `\\p{RI}\\p{RI}[${joined}]*|\\p{Extended_Pictographic}[${joined}]*(?:(?<=\\u200d)\\p{Extended_Pictographic}[${joined}]*)*`;
const wordToken = `(?!${unspaced})${letter}(?:[${joined}]|(?!${unspaced})${letter}|['’](?=${letter})|(?<=\\p{N})[.,](?=\\p{N}))*(?:(?<=[${prefixes}])(?:${emojiToken}|.[${joined}]*))?`;
/** Each branch reads on one character at a time and never gives one back: linear on any text. */
const token = new RegExp(
	`${unspaced}[${joined}]*|${wordToken}|\\s+[${joined}]*|${emojiToken}|.[${joined}]*`,
	"suy",
);
const startsAsWord = new RegExp(`^(?:${unspaced}|${letter})`, "u");

function kindOf(token: string, folded: string): TokenKind {
	if (/^\s/.test(token)) return "space";
	if (!startsAsWord.test(token)) return "other";
	return functionWords.has(folded) ? "function-word" : "word";
}

/** 1 for letters and `_`, 2 for digits, 3 for white space, 0 for the rest of ASCII. */
const asciiClasses = Uint8Array.from({ length: 128 }, (_, code) => {
	const character = String.fromCharCode(code);
	if (/[A-Za-z_]/.test(character)) return 1;
	if (/\d/.test(character)) return 2;
	return /\s/.test(character) ? 3 : 0;
});

/**
 * Where the token at `start` ends: a word (letters, digits, marks, `_`, an apostrophe between letters, a point or
 * comma between digits), a run of white space, or one other character as a reader sees it, such as a whole emoji.
 */
function tokenEnd(text: string, start: number): number {
	const first = text.charCodeAt(start);
	if (first < 128) {
		const firstClass = asciiClasses[first];
		let end = start + 1;
		let code = text.charCodeAt(end);
		if (firstClass === 3) {
			while (code < 128 && asciiClasses[code] === 3) code = text.charCodeAt(++end);
		} else if (firstClass !== 0) {
			for (;;) {
				const next = code < 128 ? asciiClasses[code] : 3;
				if (next === 1 || next === 2) code = text.charCodeAt(++end);
				else if (next === 0 && continuesWord(text, end, code)) code = text.charCodeAt(++end);
				else break;
			}
		}
		// NaN behind the last character. What is not ASCII may belong to this token: the long way decides.
		if (!(code >= 128) && !isBeforeForeignLetter(text, end)) return end;
	}
	token.lastIndex = start;
	return token.test(text) ? token.lastIndex : start + 1;
}

function continuesWord(text: string, index: number, code: number): boolean {
	const after = text.charCodeAt(index + 1);
	const afterClass = after < 128 ? asciiClasses[after] : 0;
	if (code === 39) return afterClass === 1 || afterClass === 2;
	return (code === 44 || code === 46) && afterClass === 2 && asciiClasses[text.charCodeAt(index - 1)] === 2;
}

/** An apostrophe, point or comma that only a letter or digit outside ASCII can make part of the word. */
function isBeforeForeignLetter(text: string, index: number): boolean {
	const code = text.charCodeAt(index);
	return (code === 39 || code === 44 || code === 46) && text.charCodeAt(index + 1) >= 128;
}

/** Cuts `[start, end)` of the prompt into tokens that join exactly to it. Linear. */
export function tokenize(tokens: Tokens, start: number, end: number, vocabulary: Vocabulary): TokenRange {
	const from = tokens.numbers.length;
	// A line that ends in a lone surrogate or before a mark must not reach into what follows.
	const text = tokens.text.slice(start, end);
	for (let at = 0; at < text.length; ) {
		const next = tokenEnd(text, at);
		tokens.starts.push(start + at);
		tokens.numbers.push(vocabulary.numberOf(text, at, next));
		at = next;
	}
	const to = tokens.numbers.length;
	tokens.starts.push(end);
	tokens.numbers.push(-1);
	return { from, to };
}

/** The text of tokens that stand together. */
export function textOf(tokens: Tokens, from: number, to: number): string {
	return tokens.text.slice(tokens.starts[from], tokens.starts[to]);
}

/** How many words a text has, by the same rules. Linear. */
export function countWords(text: string): number {
	let count = 0;
	for (let start = 0; start < text.length; start = tokenEnd(text, start)) {
		const first = text.charCodeAt(start);
		const firstClass = first < 128 ? asciiClasses[first] : 0;
		if (firstClass === 1 || firstClass === 2) count += 1;
		else if (first >= 128 && startsAsWord.test(text.slice(start, start + 2))) count += 1;
	}
	return count;
}
