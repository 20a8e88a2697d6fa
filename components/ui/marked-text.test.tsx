import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, test } from "vitest";
import { MarkedText } from "./marked-text";
import { PlainText } from "./plain-text";

describe("MarkedText", () => {
	test("is the plain string when nothing is hidden", () => {
		expect(renderToStaticMarkup(<MarkedText text="Answer in 2 lines. 👩‍🚀" />)).toBe(
			"Answer in 2 lines. 👩‍🚀",
		);
	});

	test("draws a hidden character with its label, its name for a screen reader and its code point", () => {
		expect(renderToStaticMarkup(<MarkedText text={"re\u200bfund"} />)).toBe(
			're<span class="hidden-mark" title="zero width space, U+200B"><span aria-hidden="true">ZWSP</span><span class="sr-only"> zero width space </span></span>fund',
		);
	});

	test("leaves no character in the page that could reorder it", () => {
		expect(renderToStaticMarkup(<MarkedText text={"a\u202eb\u2066c"} />)).not.toMatch(
			/[\u202a-\u202e\u2066-\u2069]/,
		);
	});

	test("keeps a space of another kind as it is, behind its name", () => {
		expect(renderToStaticMarkup(<MarkedText text={"Oui\u00a0!"} />)).toBe(
			'Oui<span class="hidden-mark" title="no-break space, U+00A0"><span aria-hidden="true">NBSP</span><span class="sr-only"> no-break space </span>\u00a0</span>!',
		);
	});

	test("draws a bounded number of marks and still shows the whole text", () => {
		const drawn = renderToStaticMarkup(<MarkedText text={"\u200b".repeat(5_000)} />);
		expect(drawn.split("hidden-mark").length - 1).toBeLessThanOrEqual(2_000);
		expect(drawn.split("title=").length - 1 + (drawn.split("⟦U+200B⟧").length - 1)).toBe(5_000);
	});
});

describe("PlainText", () => {
	test("draws markup as text", () => {
		expect(renderToStaticMarkup(<PlainText text="<b>hi</b>" isOneLine />)).toBe(
			'<span class="foreign-line">&lt;b&gt;hi&lt;/b&gt;</span>',
		);
	});
});
