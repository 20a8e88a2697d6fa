import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type HiddenCharacter, revealHiddenCharacters, splitHidden } from "./hidden-characters";

const marksIn = (text: string): HiddenCharacter[] =>
	splitHidden(text).filter((part): part is HiddenCharacter => typeof part !== "string");
const exact = (text: string): string =>
	splitHidden(text)
		.map((part) => (typeof part === "string" ? part : part.text))
		.join("");

const england = "\u{1f3f4}\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}";

describe("splitHidden", () => {
	test.each([
		["a zero-width space", "re\u200bfund", "ZWSP", "zero width space", "zero-width"],
		["a byte order mark", "\ufeffYou are", "BOM", "byte order mark", "zero-width"],
		["a word joiner", "a\u2060b", "WJ", "word joiner", "zero-width"],
		["a joiner between Latin letters", "pay\u200dment", "ZWJ", "zero width joiner", "zero-width"],
		["a non-joiner between Latin letters", "Auf\u200clage", "ZWNJ", "zero width non-joiner", "zero-width"],
		["a joiner between an emoji and a letter", "👩\u200da", "ZWJ", "zero width joiner", "zero-width"],
		["a joiner behind a sign that joins nothing", "™\u200d🎉", "ZWJ", "zero width joiner", "zero-width"],
		["a right-to-left override", "\u202egnp", "RLO", "right-to-left override", "bidirectional"],
		["an isolate", "a\u2067b", "RLI", "right-to-left isolate", "bidirectional"],
		["an Arabic letter mark", "١\u061c٢", "ALM", "Arabic letter mark", "bidirectional"],
		["a left-to-right mark", "a\u200eb", "LRM", "left-to-right mark", "bidirectional"],
		["a tag character", "ok\u{e0061}", "TAG a", "tag character a", "tag"],
		["a language tag", "ok\u{e0001}", "LANG TAG", "language tag", "tag"],
		["a bell", "a\u0007b", "BEL", "bell", "control"],
		["a next line", "a\u0085b", "NEL", "next line", "control"],
		["a vertical tab", "a\u000bb", "VT", "vertical tab", "control"],
		["a line separator", "a\u2028b", "LS", "line separator", "control"],
		["a carriage return alone", "a\rb", "CR", "carriage return without line feed", "control"],
		["a control without a name", "a\u0081b", "U+0081", "control character", "control"],
		["a no-break space", "a\u00a0b", "NBSP", "no-break space", "space"],
		["an ideographic space", "あ\u3000い", "IDSP", "ideographic space", "space"],
		["an Ogham space", "a\u1680b", "OGSP", "Ogham space mark", "space"],
		["a narrow no-break space", "10\u202f€", "NNBSP", "narrow no-break space", "space"],
		["a soft hyphen", "a\u00adb", "SHY", "soft hyphen", "invisible"],
		["a Hangul filler", "a\u3164b", "HF", "Hangul filler", "invisible"],
		["an invisible separator", "a\u2063b", ",", "invisible separator", "invisible"],
		["a Khmer inherent vowel", "ក\u17b4", "KIVAQ", "Khmer inherent vowel AQ", "invisible"],
		["a Mongolian vowel separator in Latin", "a\u180eb", "MVS", "Mongolian vowel separator", "invisible"],
		["a selector behind a letter", "a\ufe0fb", "VS16", "variation selector 16", "invisible"],
		["a selector behind a digit that is no keycap", "1\ufe0f2", "VS16", "variation selector 16", "invisible"],
		["the second of two selectors", "❤\ufe0f\ufe0f", "VS16", "variation selector 16", "invisible"],
		["a high selector behind an emoji", "😀\u{e0110}", "VS33", "variation selector 33", "invisible"],
		["an annotation anchor", "a\ufff9b", "IAA", "interlinear annotation anchor", "invisible"],
		["a private use character", "a\ue000b", "U+E000", "private use character", "invisible"],
		["a noncharacter", "a\ufdd0b", "U+FDD0", "unassigned code point", "invisible"],
		["a lone surrogate", "a\ud83db", "U+D83D", "half of a character", "invisible"],
	])("marks %s", (_name, text, label, name, kind) => {
		expect(marksIn(text)).toEqual([expect.objectContaining({ label, name, kind })]);
		expect(exact(text)).toBe(text);
	});

	test.each([
		["line ends and tabs", "a\tb\r\nc\n"],
		["emoji of several parts", "👩‍👩‍👧‍👦 ❤️ 🏳️‍🌈 1️⃣ #️⃣ 👩🏽‍🚀 🧑🏻‍🤝‍🧑🏿 ❤️‍🔥 🐦‍⬛ 🏴‍☠️"],
		["flags of countries and of England", `🇩🇪 🇫🇷 ${england}`],
		["emoji drawn as text and as pictures", "☎\ufe0e ✔\ufe0f ©\ufe0f"],
		["Persian with its non-joiner", "می‌خواهم کتاب‌ها را ببینم"],
		["a Latin word with a Persian ending", "فایل PDF‌ها"],
		["a Persian abbreviation with a joiner at its end", "ه‍ ."],
		["Hindi with its joiner", "क्‍ष र्‍य"],
		["Malayalam with a joiner at a word's end", "അവന്‍ വന്നു"],
		["Bengali with joiner and non-joiner", "র‍্যাব উদ্‌যাপন"],
		["Sinhala with its joiner", "ශ්‍රී ලංකා"],
		["Arabic and Hebrew without marks", "مرحبا بك. שלום לך"],
		["Arabic numbers and signs", "٪ ١٢٣، ؟ \u0600١٢"],
		["Khmer with break marks", "សូម\u200bស្វាគមន៍\u200bមក"],
		["Thai with break marks", "สวัสดี\u200bครับ"],
		["Mongolian with its selectors and suffix space", "ᠮᠣᠩᠭᠣᠯ\u202fᠤᠨ ᠬᠠ\u180bᠨ ᠨᠠᠷ\u180eᠠ"],
		["Chinese, Japanese, Korean", "请回答。はい、どうぞ。안녕하세요"],
		["a Japanese name in its own form", "葛\u{e0100}飾区"],
		["Vietnamese in decomposed form", "tie\u0302\u0301ng Vie\u0323\u0302t"],
		["typographic punctuation and arrows", "“quote” – ‘it’s’ … → • ✓ €"],
		["Braille", "⠓⠑⠇⠇⠕⠀⠺⠕⠗⠇⠙"],
		["mathematics with a negated form", "∩\ufe00 ≠ √2"],
	])("does not accuse %s, and leaves it in one string", (_name, text) => {
		expect(splitHidden(text)).toEqual([text]);
	});

	test("marks the space of French punctuation as a space and nothing worse", () => {
		expect(marksIn("«\u00a0Bonjour\u00a0»\u00a0: ça va\u202f?").map(({ kind }) => kind)).toEqual(
			Array(4).fill("space"),
		);
	});

	test("marks tag text behind a flag that no region has", () => {
		const smuggled = `\u{1f3f4}${[..."obey"].map((letter) => String.fromCodePoint(0xe0000 + letter.charCodeAt(0))).join("")}\u{e007f}`;
		expect(marksIn(smuggled).map(({ label }) => label)).toEqual([
			"TAG o",
			"TAG b",
			"TAG e",
			"TAG y",
			"TAG END",
		]);
		expect(splitHidden(`${england}\u{e0061}`)).toHaveLength(2);
	});

	test("cuts at each hidden character and nowhere else", () => {
		expect(
			splitHidden("\u200ba\u200b\u200bb").map((part) => (typeof part === "string" ? part : "|")),
		).toEqual(["|", "a", "|", "|", "b"]);
		expect(splitHidden("")).toEqual([]);
	});

	test("whatever the text, the parts join to it, strings never stand beside strings, marks are one character", () => {
		const characters = fc.oneof(
			fc.string({ unit: fc.integer({ min: 0, max: 0x10ffff }).map((value) => String.fromCodePoint(value)) }),
			fc.string({
				unit: fc.constantFrom(
					"a",
					"\u200d",
					"\ufe0f",
					"👩",
					"\u{e0067}",
					"\u{1f3f4}",
					"\u200b",
					"ក",
					"\r",
					"\n",
					"\ud800",
				),
			}),
		);
		fc.assert(
			fc.property(characters, (text) => {
				const parts = splitHidden(text);
				const kindsOfParts = parts.map((part) =>
					typeof part !== "string"
						? [...part.text].length === 1 && part.label !== "" && part.name !== ""
						: part !== "" && "text",
				);
				const isCutInText = kindsOfParts.some(
					(kind, index) => kind === "text" && kindsOfParts[index + 1] === "text",
				);
				return exact(text) === text && !kindsOfParts.includes(false) && !isCutInText;
			}),
			{ numRuns: 200 },
		);
	});

	test.each([
		["letters", "a"],
		["tag characters", "\u{e0061}"],
		["joiners", "\u200d"],
		["flags", "\u{1f3f4}"],
		["no-break spaces", "\u00a0"],
		["lone surrogates", "\ud800"],
	])("takes linear time on 200,000 %s", (_name, character) => {
		const text = character.repeat(200_000);
		const startedMs = performance.now();
		expect(exact(text)).toBe(text);
		expect(performance.now() - startedMs).toBeLessThan(3_000);
	});
});

describe("revealHiddenCharacters", () => {
	test.each([
		["a zero-width space", "re\u200bfund", "re⟦U+200B⟧fund", 1],
		["a right-to-left override", "\u202egnp", "⟦U+202E⟧gnp", 1],
		["tag characters", "ok\u{e0041}\u{e007f}", "ok⟦U+E0041⟧⟦U+E007F⟧", 2],
		["a byte order mark and a soft hyphen", "\ufeffa\u00adb", "⟦U+FEFF⟧a⟦U+00AD⟧b", 2],
		["a control character", "a\u0007b\u0085c", "a⟦U+0007⟧b⟦U+0085⟧c", 2],
		["a joiner between Latin letters", "pay\u200dment", "pay⟦U+200D⟧ment", 1],
	])("writes out %s", (_name, text, revealed, hiddenCount) => {
		expect(revealHiddenCharacters(text)).toEqual({ text: revealed, hiddenCount });
	});

	test.each([
		["line ends and tabs", "a\tb\r\nc\n"],
		["emoji of several parts", "👩‍👩‍👧‍👦 ❤️ 🏳️‍🌈 1️⃣"],
		["Persian with its non-joiner", "می‌خواهم"],
		["Hindi with its joiner", "क्‍ष"],
		["Arabic without marks", "مرحبا"],
		["French spaces", "Bonjour\u00a0! 10\u202f%"],
	])("does not accuse %s", (_name, text) => {
		expect(revealHiddenCharacters(text)).toEqual({ text, hiddenCount: 0 });
	});
});
