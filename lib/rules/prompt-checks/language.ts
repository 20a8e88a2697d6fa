import { francAll } from "franc-min";
import { findCode, isProgram } from "./find-code";
import type { Finding, PromptCheck, PromptTexts } from "./finding";
import { languageByWords } from "./language-by-words";

/** A paragraph of one side; a long line is one of its own. */
interface Paragraph {
	start: number;
	end: number;
	/** Its prose, without code, variables, tags and links. */
	prose: string;
	/** Letters of the prose: the weight of its language. */
	letters: number;
}

/** What a text is written in, as far as its letters tell. */
interface Language {
	/** Equal for languages that are not told apart. */
	group: string;
	name: string;
}

/** The languages that are told apart, by ISO 639-3 code. Fewer candidates are fewer mistakes, and faster. */
const names = new Map([
	...[
		["eng", "English"],
		["deu", "German"],
		["fra", "French"],
		["spa", "Spanish"],
		["por", "Portuguese"],
	],
	...[
		["ita", "Italian"],
		["nld", "Dutch"],
		["swe", "Swedish, Danish or Norwegian"],
		["pol", "Polish"],
	],
	...[
		["ces", "Czech or Slovak"],
		["ron", "Romanian"],
		["hun", "Hungarian"],
		["tur", "Turkish"],
	],
	...[
		["azj", "Azerbaijani"],
		["vie", "Vietnamese"],
		["ind", "Indonesian"],
		["zlm", "Malay"],
		["tgl", "Tagalog"],
	],
	...[
		["swh", "Swahili"],
		["bos", "Bosnian"],
		["hrv", "Croatian"],
		["srp", "Serbian"],
		["rus", "Russian"],
	],
	...[
		["ukr", "Ukrainian"],
		["bel", "Belarusian"],
		["bul", "Bulgarian"],
		["kaz", "Kazakh"],
		["arb", "Arabic"],
	],
	...[
		["urd", "Urdu"],
		["pes", "Persian"],
		["hin", "Hindi"],
		["mar", "Marathi"],
		["npi", "Nepali"],
	],
	...[
		["cmn", "Chinese"],
		["jpn", "Japanese"],
		["kor", "Korean"],
		["ben", "Bengali"],
		["tam", "Tamil"],
	],
	...[
		["tel", "Telugu"],
		["guj", "Gujarati"],
		["kan", "Kannada"],
		["mal", "Malayalam"],
		["pan", "Punjabi"],
	],
	...[
		["mya", "Burmese"],
		["amh", "Amharic"],
		["tha", "Thai"],
		["sin", "Sinhala"],
		["ell", "Greek"],
	],
] as [code: string, name: string][]);
const only = [...names.keys()];

/** Languages that a few sentences do not tell apart: a change among them is never told. */
const relatives = [
	["spa", "por"],
	["bos", "hrv", "srp"],
	["ind", "zlm"],
	["tur", "azj"],
	["hin", "mar", "npi"],
];
/** Serbian, Bosnian and Azerbaijani are known in both scripts. */
const cyrillic = ["rus", "ukr", "bel", "bul", "srp", "kaz", "bos", "azj"];

/** The runner-up, as a share of the best: above it the text is taken for neither. */
const maxRunnerUp = 0.85;
/** A few words in another language are a name or a quotation. Other scripts say more in fewer letters. */
const minLetters = 80;
const minLettersOfOtherScript = 20;
/** How much of a side must be in one language for it to be the main one. */
const minMainShare = 0.55;
/** The detector takes a part of a millisecond; the longest paragraphs speak for the rest. */
const maxParagraphs = 12;
const maxPlaces = 50;

/**
 * The main language of the prompt changes (warning), or new paragraphs are in another language than the rest
 * (note). Detected with franc-min on prose only: code, variables, tags, links and lines that are data are
 * taken out, and a paragraph needs about two sentences. What is shorter is read as one text, which the common
 * words of eight languages can tell (`language-by-words.ts`); it counts for the main language alone.
 *
 * Limits: 46 languages; a paragraph that could be two of them counts as none, so that close relatives, mixed
 * and the shortest texts are passed over in silence; of a side's changed paragraphs the twelve longest are read.
 */
export const checkLanguage: PromptCheck = (texts) => {
	const read = readLanguages(texts);
	if (read === null) return [];
	const { added, detected, from, to } = read;
	const findings: Finding[] = [];
	if (from !== null && to !== null && from.group !== to.group) {
		const inNew = detected.filter(({ language }) => language.group === to.group);
		findings.push({
			check: "language",
			severity: "warning",
			sentence: `The main language of the prompt changes from ${from.name} to ${to.name}.`,
			places: placesOf(inNew.length > 0 ? inNew : added.map((paragraph) => ({ paragraph }))),
		});
	}
	const others = to === null ? [] : detected.filter(({ language }) => language.group !== to.group);
	if (to !== null && others.length > 0) {
		const languages = [...new Set(others.map(({ language }) => language.name))].join(" and ");
		findings.push({
			check: "language",
			severity: "note",
			sentence: `${others.length === 1 ? "A new paragraph is" : `${others.length} new paragraphs are`} in ${languages}, the rest of the proposed prompt is in ${to.name}.`,
			places: placesOf(others),
		});
	}
	return findings;
};

/** The main languages of both sides where they differ. */
export function languageChange(texts: PromptTexts): { from: string; to: string } | null {
	const { from = null, to = null } = readLanguages(texts) ?? {};
	return from !== null && to !== null && from.group !== to.group ? { from: from.name, to: to.name } : null;
}

/** Null where nothing is new. */
function readLanguages({ current, proposed }: PromptTexts) {
	const [before, after] = [paragraphsOf(current), paragraphsOf(proposed)];
	const [known, kept] = [new Set(before.map(({ prose }) => prose)), new Set(after.map(({ prose }) => prose))];
	const added = longestOf(after.filter(({ prose }) => !known.has(prose)));
	if (added.length === 0) return null;
	const detected = added.flatMap((paragraph) => {
		const language = languageOf(paragraph);
		return language === null ? [] : [{ paragraph, language }];
	});
	const common = after.filter(({ prose }) => known.has(prose));
	const removed = longestOf(before.filter(({ prose }) => !kept.has(prose)));
	return {
		added,
		detected,
		from: mainLanguageOf(common, removed),
		to: mainLanguageOf(common, added),
	};
}

function placesOf(found: readonly { paragraph: Paragraph }[]): Finding["places"] {
	return found
		.map(({ paragraph: { start, end } }) => ({ side: "proposed" as const, start, end }))
		.sort((one, other) => one.start - other.start)
		.slice(0, maxPlaces);
}

function longestOf(paragraphs: readonly Paragraph[]): Paragraph[] {
	return [...paragraphs].sort((one, other) => other.letters - one.letters).slice(0, maxParagraphs);
}

/** The language of most of a side; what both sides have is read as one text. */
function mainLanguageOf(common: readonly Paragraph[], changed: readonly Paragraph[]): Language | null {
	const shared = {
		prose: longestOf(common)
			.map(({ prose }) => prose)
			.join("\n"),
		letters: lettersOf(common),
	};
	const weights = new Map<string, { language: Language; letters: number }>();
	const weigh = (language: Language, of: number) => {
		const letters = of + (weights.get(language.group)?.letters ?? 0);
		weights.set(language.group, { language, letters });
	};
	const untold: { prose: string; letters: number }[] = [];
	for (const text of [shared, ...changed]) {
		const language = languageOf(text);
		if (language === null) untold.push(text);
		else weigh(language, text.letters);
	}
	const codes = languageByWords(untold.map(({ prose }) => prose).join("\n"));
	if (codes !== null) weigh(named(codes), lettersOf(untold));
	const all = lettersOf([...weights.values()]);
	const main = [...weights.values()].find(({ letters }) => letters >= all * minMainShare);
	return main?.language ?? null;
}

function lettersOf(texts: readonly { letters: number }[]): number {
	return texts.reduce((sum, { letters }) => sum + letters, 0);
}

/** Null where there is too little text, or where two languages are about as likely. */
function languageOf({ prose, letters }: { prose: string; letters: number }): Language | null {
	if (
		letters < (/^[\P{L}\p{Script=Latin}]*$/u.test(prose.slice(0, 200)) ? minLetters : minLettersOfOtherScript)
	)
		return null;
	if (isPlainEnglish(prose)) return { group: "eng", name: "English" };
	const [best, ...others] = francAll(prose, { only, minLength: minLettersOfOtherScript });
	if (best === undefined || !names.has(best[0])) return null;
	const isCyrillic = /^\P{L}*\p{Script=Cyrillic}/u.test(prose) && cyrillic.includes(best[0]);
	const family = isCyrillic ? cyrillic : familyOf(best[0]);
	const rivals = others.filter(([, likeness]) => likeness > maxRunnerUp);
	if (rivals.some(([code]) => !family.includes(code))) return null;
	return named(
		[best, ...rivals].slice(0, 2).map(([code]) => code),
		family,
	);
}

function familyOf(code: string): readonly string[] {
	return relatives.find((group) => group.includes(code)) ?? [code];
}

function named(codes: readonly string[], family = familyOf(codes[0] ?? "")): Language {
	// In the order of the table, which has the language of more people first.
	const said = only.filter((code) => codes.includes(code)).flatMap((code) => names.get(code) ?? []);
	return { group: family[0] ?? "", name: said.join(" or ") };
}

/** Most prompts are English and full of words that no other language has: they need no detector, which is slow. */
function isPlainEnglish(prose: string): boolean {
	const start = prose.slice(0, 2_000);
	const words = start.match(/\S+/g)?.length ?? 0;
	const english = start.match(
		/(?<![\p{L}'’])(?:the|and|to|are|you|your|for|with|that|this|not|if|it|from|should|must|be|as)(?![\p{L}'’])/giu,
	);
	return (english?.length ?? 0) >= 0.18 * words && words >= 10;
}

const nothingOfProse =
	/https?:\/\/\S{1,2000}|\$?\{\{?[^{}\n]{0,200}\}?\}|<\/?[\w!-][^<>\n]{0,200}>|(?<![\w.+-])[\w.+-]{1,64}@[\w.-]{1,200}|(?<!\w)\w{1,80}(?:[_./\\]\w{1,80}){1,20}/g;

function paragraphsOf(text: string): Paragraph[] {
	const found: Paragraph[] = [];
	let open: Paragraph | null = null;
	let start = 0;
	for (const line of withoutCode(text).split("\n")) {
		const end = start + line.length;
		const prose = line.replace(nothingOfProse, " ").replace(/\s+/g, " ").trim();
		const letters = prose === "" ? 0 : (prose.match(/[\p{L}\p{M}]/gu)?.length ?? 0);
		// A table, a formula or JSON is no text in any language.
		const isProse = letters > 0 && letters >= 0.6 * prose.replace(/ /g, "").length && !/^["[{]/.test(prose);
		if (open !== null && isProse && letters < minLetters) {
			open.prose += ` ${prose}`;
			open.letters += letters;
			open.end = end;
		} else if (isProse) {
			open = { start, end, prose, letters };
			found.push(open);
			if (letters >= minLetters) open = null;
		} else if (line.trim() === "") {
			open = null;
		}
		start = end + 1;
	}
	return found;
}

/** Programs and inline code as blanks, so that places stay where they are. */
function withoutCode(text: string): string {
	const parts: string[] = [];
	let keptTo = 0;
	for (const code of findCode(text)) {
		if (code.kind === "block" && !isProgram(code)) continue;
		parts.push(text.slice(keptTo, code.start), text.slice(code.start, code.end).replace(/[^\n]/g, " "));
		keptTo = code.end;
	}
	return [...parts, text.slice(keptTo)].join("");
}
