import { composed } from "./compose";
import { type TokenRange, type Tokens, textOf, type Vocabulary } from "./tokens";

/** Made once: building a segmenter costs more than using it. */
const segmenter = new Intl.Segmenter("en", { granularity: "sentence" });

/**
 * The segmenter's time grows with the square of what it is given (measured: 32 ms for 50 KB at once, 3 ms in
 * parts), so it is given parts of this length, each beginning at a sentence.
 */
const partLength = 2_000;

/** A sentence as a run of tokens `[from, to)`, with the white space behind it. */
export interface Sentence extends TokenRange {
	/** Equal for equal sentences, whatever white space stands around them. */
	key: string;
}

/** The sentences of a line. They hold each of its tokens once, in order; a token is never cut. Linear. */
export function sentencesOf(tokens: Tokens, line: TokenRange, vocabulary: Vocabulary): Sentence[] {
	const sentences: Sentence[] = [];
	const lineStart = tokens.starts[line.from] ?? 0;
	let { from } = line;
	const close = (to: number) => {
		if (to > from) sentences.push({ from, to, key: keyOf(tokens, from, to, vocabulary) });
		from = to;
	};
	for (const start of sentenceStarts(textOf(tokens, line.from, line.to))) {
		let to = from;
		while (to < line.to && (tokens.starts[to] ?? 0) < lineStart + start) to += 1;
		close(to);
	}
	close(line.to);
	return sentences;
}

function sentenceStarts(text: string): number[] {
	const starts: number[] = [];
	let length = partLength;
	for (let from = 0; from < text.length; ) {
		const part = text.slice(from, from + length);
		const found: number[] = [];
		for (const { index } of segmenter.segment(part)) found.push(from + index);
		const last = found.at(-1) ?? from;
		if (from + length >= text.length) {
			for (const start of found) starts.push(start);
			break;
		}
		// The last one may go on behind the part: it is read again, in a longer part if it filled this one.
		for (const start of found) if (start < last) starts.push(start);
		length = last === from ? length * 2 : partLength;
		from = last;
	}
	return starts;
}

function keyOf(tokens: Tokens, from: number, to: number, vocabulary: Vocabulary): string {
	const isSpace = (index: number) => vocabulary.kind(tokens.numbers[index] ?? 0) === "space";
	let [first, end] = [from, to];
	while (first < end && isSpace(first)) first += 1;
	while (end > first && isSpace(end - 1)) end -= 1;
	return composed(textOf(tokens, first, end));
}
