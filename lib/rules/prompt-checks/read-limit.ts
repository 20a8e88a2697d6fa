import { numberOf } from "./rule-words";

const orders = new Set(
	"limit restrict confine cap begrenze begrenzen beschränke beschränken limite limitez limiter limita limitar".split(
		" ",
	),
);
const orderedAfter = new Set(
	"and or but please also then always must should to you we und bitte immer et toujours y siempre".split(" "),
);
/** Say of many things how they are, so that what is counted must be a part of a text. */
const told = new Set(
	"limited restricted confined capped limité limitée limités limitées limitado limitada".split(" "),
);
const keepers = new Set("keep keeps halte halten".split(" "));
const bounds = new Set("to at auf à a au".split(" "));
const partOfText =
	/^(?:words?|sentences?|characters?|chars?|letters?|lines?|tokens?|items?|paragraphs?|bullets?|points?|pages?|questions?|options?|examples?|suggestions?|results?|steps?|wörtern?|worte?n?|sätzen?|zeichen|zeilen?|absätzen?|punkten?|mots?|phrases?|caractères?|lignes?|paragraphes?|palabras?|frases?|caracteres?|líneas?|párrafos?)$/u;
const furthestBound = 7;
const furthestUnit = 3;

/**
 * A limit whose number stands apart from its verb, as in `limit … to`: "Limit answers to 3 sentences", "Keep it
 * to 3 lines". Null where none begins at this word, all in lower case. `isFirst`: nothing of its part of the
 * sentence stands before it.
 */
export function limitAt(words: readonly string[], at: number, isFirst: boolean): string | null {
	const verb = words[at] ?? "";
	const isOrder = orders.has(verb) && (isFirst || orderedAfter.has(words[at - 1] ?? ""));
	const isKept = keepers.has(verb);
	const isTold = told.has(verb);
	if (!isOrder && !isKept && !isTold) return null;
	const last = Math.min(words.length - 1, at + (isTold ? 1 : furthestBound));
	for (let bound = at + 1; bound < last + 1; bound += 1) {
		if (!bounds.has(words[bound] ?? "") || numberOf(words[bound + 1] ?? "") === null) continue;
		const counted = words.slice(bound + 2, bound + 2 + furthestUnit);
		const isLimit = isOrder || counted.some((word) => partOfText.test(word));
		return isLimit ? `${verb} … ${words[bound] ?? ""}` : null;
	}
	return null;
}
