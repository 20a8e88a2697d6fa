import { describe, expect, test } from "vitest";
import { revealHiddenCharacters } from "./hidden-characters";

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
	])("does not accuse %s", (_name, text) => {
		expect(revealHiddenCharacters(text)).toEqual({ text, hiddenCount: 0 });
	});
});
