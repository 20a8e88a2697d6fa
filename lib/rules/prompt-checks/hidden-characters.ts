import { type HiddenCharacter, type HiddenKind, splitHidden } from "../hidden-characters";
import type { Finding, Place, PromptCheck } from "./finding";

interface Occurrence {
	character: HiddenCharacter;
	start: number;
}

/** In the order in which they are told. */
const nouns: Record<HiddenKind, [one: string, many: string]> = {
	bidirectional: ["character that directs the order of text", "characters that direct the order of text"],
	tag: ["tag character", "tag characters"],
	"zero-width": ["zero-width character", "zero-width characters"],
	invisible: ["invisible character", "invisible characters"],
	control: ["control character", "control characters"],
	space: ["space of another kind", "spaces of another kind"],
};
const kinds = ["bidirectional", "tag", "zero-width", "invisible", "control", "space"] as const;

const maxPlaces = 50;
const maxNames = 5;
const maxSpelledLength = 200;
/** Above this many of one character, which of them are the new ones is not worked out. */
const maxMatched = 5_000;
/** How much text on either side tells an occurrence that was there before from a new one. */
const contextLengths = [8, 4] as const;

/**
 * Hidden characters and mixed-script words that the proposed prompt adds. Tag characters, and controls that
 * reorder text, are severe; what tag characters or variation selectors spell for a model is shown.
 * Zero-width, invisible and control characters are a warning, and so are direction marks that stand among
 * right-to-left letters. Spaces of another kind are a note. A word of Latin letters and look-alikes from
 * Cyrillic or Greek is a warning.
 *
 * Limits: an occurrence counts as new when its character stands there more often than before; where it does
 * not, only moved reordering and tag characters are told. Words wholly in another script, look-alikes outside
 * Cyrillic and Greek, and what is hidden in ordinary spaces are not seen. Zero-width bits are not decoded.
 */
export const checkHiddenCharacters: PromptCheck = ({ current, proposed }) => {
	const all = occurrencesIn(proposed);
	const added = all.length === 0 ? new Set<Occurrence>() : addedTo(current, proposed, all);
	const findings = kinds.flatMap((kind) => {
		const ofKind = all.filter((one) => added.has(one) && one.character.kind === kind);
		return ofKind.length === 0 ? [] : [findingOf(kind, ofKind, proposed)];
	});
	const kept = all.filter((one) => one.character.kind !== "space" && !added.has(one));
	if (kept.length > 0) {
		const number = kept.length === 1 ? "1 hidden character" : `${kept.length} hidden characters`;
		findings.push({
			check: "hidden-characters",
			severity: "note",
			sentence: `The proposed prompt keeps ${number} of the current one: ${namesOf(kept)}.`,
			places: placesOf(kept),
		});
	}
	return [...findings, ...mixedWordFindings(current, proposed)];
};

function occurrencesIn(text: string): Occurrence[] {
	const found: Occurrence[] = [];
	let start = 0;
	for (const part of splitHidden(text)) {
		if (typeof part !== "string") found.push({ character: part, start });
		start += typeof part === "string" ? part.length : part.text.length;
	}
	return found;
}

function addedTo(current: string, proposed: string, all: readonly Occurrence[]): Set<Occurrence> {
	const before = groupBy(occurrencesIn(current), ({ character }) => character.codePoint);
	const after = groupBy(all, ({ character }) => character.codePoint);
	const added = new Set<Occurrence>();
	for (const [codePoint, ofOne] of after) {
		const known = before.get(codePoint) ?? [];
		const isReordering = ofOne.some(({ character }) => ["bidirectional", "tag"].includes(character.kind));
		const surplus = ofOne.length - known.length;
		if (surplus <= 0 && !isReordering) continue;
		if (known.length > 0 && ofOne.length > maxMatched) {
			for (const one of ofOne.slice(ofOne.length - Math.max(0, surplus))) added.add(one);
			continue;
		}
		const unmatched = withoutKnown(ofOne, proposed, known, current);
		for (const one of isReordering ? unmatched : unmatched.slice(0, surplus)) added.add(one);
	}
	return added;
}

/** Takes away what stands in the current prompt between the same characters, then after or before the same. */
function withoutKnown(
	ofOne: readonly Occurrence[],
	proposed: string,
	known: readonly Occurrence[],
	current: string,
): Occurrence[] {
	const [wide, narrow] = contextLengths;
	const contexts = [
		(text: string, start: number, end: number) =>
			`${text.slice(Math.max(0, start - wide), start)}\n${text.slice(end, end + wide)}`,
		(text: string, start: number) => text.slice(Math.max(0, start - narrow), start),
		(text: string, _start: number, end: number) => text.slice(end, end + narrow),
	];
	let [left, right] = [[...known], [...ofOne]];
	for (const contextOf of contexts) {
		if (left.length === 0) break;
		const keyOf = (text: string, { character, start }: Occurrence) =>
			contextOf(text, start, start + character.text.length);
		const offered = groupBy(left, (one) => keyOf(current, one));
		right = right.filter((one) => offered.get(keyOf(proposed, one))?.pop() === undefined);
		left = [...offered.values()].flat();
	}
	return right;
}

function findingOf(kind: HiddenKind, found: readonly Occurrence[], proposed: string): Finding {
	const noun = `${found.length} ${nouns[kind][found.length === 1 ? 0 : 1]}`;
	const spelled = kind === "tag" || kind === "invisible" ? spelledBy(found) : "";
	const names = spelled === "" ? namesOf(found) : `a model can read “${spelled}” in them`;
	const isSevere =
		kind === "tag" || spelled !== "" || (kind === "bidirectional" && !areOrdinaryMarks(found, proposed));
	return {
		check: "hidden-characters",
		severity: isSevere ? "severe" : kind === "space" ? "note" : "warning",
		sentence: `The proposed prompt adds ${noun}: ${names}.`,
		places: placesOf(found),
	};
}

/** Writers of Arabic and Hebrew set these marks beside their letters; they move a sign, never a sentence. */
function areOrdinaryMarks(found: readonly Occurrence[], proposed: string): boolean {
	return found.every(
		({ character: { label }, start }) =>
			["LRM", "RLM", "ALM"].includes(label) &&
			/[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}]/u.test(
				proposed.slice(Math.max(0, start - 8), start + 9),
			),
	);
}

/** What tag characters, or variation selectors that stand for bytes, spell in ASCII; runs joined by a space. */
function spelledBy(found: readonly Occurrence[]): string {
	const runs: string[] = [];
	let run = "";
	let end = -1;
	for (const { character, start } of found) {
		if (start !== end) {
			runs.push(run);
			run = "";
		}
		const byte = byteOf(character.text.codePointAt(0) ?? 0);
		if (byte >= 0x20 && byte < 0x7f) run += String.fromCharCode(byte);
		end = start + character.text.length;
	}
	const isTag = found[0]?.character.kind === "tag";
	const spelled = [...runs, run].filter(({ length }) => length >= (isTag ? 1 : 4)).join(" ");
	return spelled.length > maxSpelledLength ? `${spelled.slice(0, maxSpelledLength)}…` : spelled;
}

function byteOf(codePoint: number): number {
	if (codePoint >= 0xe0100) return codePoint - 0xe0100 + 16;
	return codePoint >= 0xe0000 ? codePoint - 0xe0000 : codePoint - 0xfe00;
}

function namesOf(found: readonly Occurrence[]): string {
	const groups = [...groupBy(found, ({ character }) => character.codePoint).values()];
	const names = groups.slice(0, maxNames).flatMap((group) => {
		const character = group[0]?.character;
		if (character === undefined) return [];
		return `${character.name} (${character.codePoint})${group.length > 1 ? ` × ${group.length}` : ""}`;
	});
	const more = groups.length - names.length;
	return `${names.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
	const groups = new Map<string, T[]>();
	for (const item of items) {
		const key = keyOf(item);
		const group = groups.get(key);
		if (group === undefined) groups.set(key, [item]);
		else group.push(item);
	}
	return groups;
}

function placesOf(found: readonly Occurrence[]): Place[] {
	return found.slice(0, maxPlaces).map(({ character, start }) => ({
		side: "proposed",
		start,
		end: start + character.text.length,
	}));
}

const mixedPair =
	/\p{Script=Latin}[\p{Script=Cyrillic}\p{Script=Greek}]|[\p{Script=Cyrillic}\p{Script=Greek}]\p{Script=Latin}/gu;
const maxWordLength = 60;
/** Letters of Cyrillic and Greek that are drawn as a Latin one. α, β, γ, μ, Δ, Ω stand in units and formulas. */
const likeLatin = /^[аеорсухіјѕһԁԛԝАВЕКМНОРСТХУІЈЅԚԜҮүҺοΑΒΕΖΗΙΚΜΝΟΡΤΥΧϲϳ]$/u;
const likeCyrillic = /^[aceopxyijshABCEHIJKMOPSTXY]$/;

interface MixedWord {
	word: string;
	start: number;
	/** Letters that do not belong to the script of most of the word. */
	strangers: string[];
}

function mixedWordFindings(current: string, proposed: string): Finding[] {
	const found = mixedWordsIn(proposed);
	if (found.length === 0) return [];
	const known = new Set(mixedWordsIn(current).map(({ word }) => word));
	const added = found.filter(({ word }) => !known.has(word));
	if (added.length === 0) return [];
	const words = [...new Map(added.map((one) => [one.word, one])).values()];
	const told = words.slice(0, maxNames).map(({ word, strangers }) => {
		const codePoints = strangers.map(
			(letter) =>
				`${letter} is U+${(letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`,
		);
		return `“${word}” (${codePoints.slice(0, 3).join(", ")})`;
	});
	const more = words.length - told.length;
	return [
		{
			check: "hidden-characters",
			severity: "warning",
			sentence: `The proposed prompt mixes look-alike letters of two scripts in one word: ${told.join(", ")}${more > 0 ? ` and ${more} more` : ""}.`,
			places: added
				.slice(0, maxPlaces)
				.map(({ word, start }) => ({ side: "proposed", start, end: start + word.length })),
		},
	];
}

function mixedWordsIn(text: string): MixedWord[] {
	const found: MixedWord[] = [];
	let searchedTo = 0;
	for (const { index } of text.matchAll(mixedPair)) {
		if (index < searchedTo) continue;
		const before =
			/[\p{L}\p{M}]*$/u.exec(text.slice(Math.max(searchedTo, index - maxWordLength), index))?.[0] ?? "";
		const after = /^[\p{L}\p{M}]*/u.exec(text.slice(index, index + maxWordLength))?.[0] ?? "";
		const word = before + after;
		searchedTo = index + after.length;
		const strangers = strangersIn(word);
		if (strangers.length > 0) found.push({ word, start: index - before.length, strangers });
	}
	return found;
}

/** The look-alikes of a word that is wholly made of one script and look-alikes; none for any other mixture. */
function strangersIn(word: string): string[] {
	const letters = [...word];
	const latin = letters.filter((letter) => /\p{Script=Latin}/u.test(letter));
	const others = letters.filter((letter) => /[\p{Script=Cyrillic}\p{Script=Greek}]/u.test(letter));
	// An abbreviation with an ending of the other language, as in «SMSок», is how people write.
	if (/^\p{Lu}{2,}\p{Ll}{1,3}$/u.test(word) && latin.every((letter) => /\p{Lu}/u.test(letter))) return [];
	if (latin.length >= 2 && others.every((letter) => likeLatin.test(letter))) return [...new Set(others)];
	if (others.length >= 2 && latin.every((letter) => likeCyrillic.test(letter))) return [...new Set(latin)];
	return [];
}
