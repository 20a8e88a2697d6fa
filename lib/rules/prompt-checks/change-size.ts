import type { DiffRow, PromptDiff, SideLine } from "../prompt-diff/model";
import { countWords } from "../prompt-diff/tokens";
import { clipped, countInWords, figure } from "./deployment-in-words";
import type { Finding, PromptTexts } from "./finding";

export interface ChangeSizeInput {
	diff: PromptDiff;
	/** The two texts that were compared: a comparison leaves most of what is the same behind. */
	texts: PromptTexts;
	rationale: string | null | undefined;
}

/** From here on one short sentence does not say what was done. */
const shareMax = 0.4;
const placesMax = 10;
/** A few words may be most of a small prompt, and one sentence says enough of them. */
const fewWords = 40;
const shortRationaleMaxWords = 30;
/** Longer text, in UTF-16 units, is no short sentence; no more is read of it. */
const readMaxLength = 2_000;
const namesMax = 3;

/**
 * Sets how much is changed against what the rationale can have said of it. A warning where more than 40 % of
 * the words of both sides (and at least 40 words) or more than 10 different places are changed and the
 * rationale has at most 30 words, or is missing. One replacement that is made in many places is one. A note
 * where the rationale names something between backticks or double braces that stands in the prompt and that
 * no changed line holds.
 *
 * Limits: it counts and does not understand, so that a rationale which says something else than was done is
 * not found, and one that fits a large change in few words ("translate to German") is named all the same. A
 * paragraph that is one line is one place. A prompt that replaces an empty one is not judged.
 */
export function checkChangeSize({ diff, texts, rationale }: ChangeSizeInput): Finding[] {
	if (diff.isIdentical) return [];
	const said = (rationale ?? "").trim();
	const names = namesNotTouched(said.slice(0, readMaxLength), diff, texts);
	const wordsBefore = countWords(texts.current);
	const isShort = said.length <= readMaxLength && countWords(said) <= shortRationaleMaxWords;
	if (!isShort || wordsBefore === 0) return names;
	const words = diff.wordsAdded + diff.wordsRemoved;
	const share = Math.min(1, words / Math.max(1, wordsBefore + countWords(texts.proposed)));
	const isLarge = share > shareMax && words >= fewWords;
	if (!isLarge && differentPlaces(diff) <= placesMax) return names;
	const against =
		said === "" ? "no rationale says why" : `the rationale has ${countInWords(countWords(said), "word")}`;
	return [
		{
			check: "change-size",
			severity: "warning",
			sentence: `${Math.round(share * 100)} % of the words of both prompts are changed (+${figure(diff.wordsAdded)}, −${figure(diff.wordsRemoved)}) in ${countInWords(diff.changes, "place")}, and ${against}.`,
			places: [],
		},
		...names,
	];
}

/** Places that are changed in the same way are one. */
function differentPlaces({ parts }: PromptDiff): number {
	const places = new Set<string>();
	for (const part of parts) {
		if (part.kind === "fold") continue;
		let place: string[] = [];
		for (const row of part.rows) {
			if (row.kind === "same") {
				if (place.length > 0) places.add(place.join("\n"));
				place = [];
			} else place.push(`${changedText(row.left)}\u0000${changedText(row.right)}`);
		}
		if (place.length > 0) places.add(place.join("\n"));
	}
	return places.size;
}

function changedText(line: SideLine | null): string {
	if (line === null) return "";
	if (line.pieces === null) return line.text;
	return line.pieces.flatMap(([kind, text]) => (kind === "changed" ? [text] : [])).join("\u0000");
}

function namesNotTouched(said: string, diff: PromptDiff, texts: PromptTexts): Finding[] {
	const named = [...said.matchAll(/`([^`\n]{2,60})`|(\{\{[^{}\n]{1,60}\}\})/g)].map(
		([, quoted, variable]) => quoted ?? variable ?? "",
	);
	const known = [...new Set(named)].filter(
		(name) => texts.current.includes(name) || texts.proposed.includes(name),
	);
	if (known.length === 0) return [];
	const changed = changedRows(diff).flatMap(({ left, right }) => [left?.text ?? "", right?.text ?? ""]);
	const untouched = known.filter((name) => !changed.some((text) => text.includes(name)));
	return untouched.slice(0, namesMax).map((name) => ({
		check: "change-size",
		severity: "note",
		sentence: `The rationale names “${clipped(name, 60)}”, which stands in the prompt but in no changed line.`,
		places: [],
	}));
}

function changedRows({ parts }: PromptDiff): DiffRow[] {
	return parts.flatMap((part) =>
		part.kind === "rows" ? part.rows.filter(({ kind }) => kind !== "same") : [],
	);
}
