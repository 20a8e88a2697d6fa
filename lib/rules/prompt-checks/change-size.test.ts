import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { comparePrompts } from "../prompt-diff/compare";
import { checkChangeSize } from "./change-size";

const subjects = ["parcels", "letters", "refunds", "returns", "invoices", "addresses", "vouchers", "gifts"];
const lines = Array.from(
	{ length: 40 },
	(_, index) => `Answer ${index} about ${subjects[index % 8]} in two plain sentences and name the page.`,
);
const base = lines.join("\n");
const other = subjects
	.map(
		(subject) =>
			`Whoever writes on ${subject} gets told who else could help them, warmly but without a promise.`,
	)
	.join("\n");

function findingsFor(current: string, proposed: string, rationale: string | null | undefined) {
	const diff = comparePrompts(current, proposed);
	return checkChangeSize({ diff, texts: { current, proposed }, rationale });
}
const sentences = (current: string, proposed: string, rationale: string | null | undefined) =>
	findingsFor(current, proposed, rationale).map(({ severity, sentence }) => `${severity}: ${sentence}`);
/** The base with something put after every third line, each time something else. */
const strewn = (
	count: number,
	what = (index: number) => `Mind also ${subjects[index % 8]} number ${index}.`,
) =>
	lines
		.flatMap((line, index) => (index % 3 === 0 && index / 3 < count ? [line, what(index)] : [line]))
		.join("\n");

describe("a change that its rationale cannot have told", () => {
	test("is a warning with the figures where most words are new", () => {
		expect(sentences(base, other, "Friendlier tone.")).toEqual([
			"warning: 100 % of the words of both prompts are changed (+128, −480) in 1 place, and the rationale has 2 words.",
		]);
	});

	test.each([null, undefined, "", " \n"])("is a warning where the rationale is %j", (rationale) => {
		expect(sentences(base, other, rationale)[0]).toMatch(/in 1 place, and no rationale says why\.$/);
	});

	test("is a warning where few words are changed in many different places", () => {
		expect(sentences(base, strewn(12), "Adds a hint.")).toEqual([
			"warning: 6 % of the words of both prompts are changed (+60, −0) in 12 places, and the rationale has 3 words.",
		]);
	});

	test("is a warning where most of the prompt is taken away", () => {
		expect(findingsFor(base, lines.slice(0, 4).join("\n"), "Shorter.")).toMatchObject([
			{ severity: "warning" },
		]);
	});
});

describe("not accused is", () => {
	const long = `${"It also says why each of the eight subjects is answered differently now. ".repeat(4)}`;
	test.each<[string, string, string, string | null]>([
		["one sentence for one change", base, strewn(1), "Adds a hint."],
		["ten places", base, strewn(10), null],
		["the same replacement in many places", base, strewn(13, () => "Be kind."), null],
		["a rename in many places", base, base.replaceAll("the page", "the chapter"), "page → chapter"],
		["a large change with a long rationale", base, other, long],
		["a small prompt that is written anew", "You help.", "You answer questions about parcels only.", null],
		["the first prompt of a project", "", other, null],
		["nothing", base, base, null],
		["line ends", base, base.replaceAll("\n", "\r\n"), null],
	])("%s", (_name, current, proposed, rationale) => {
		expect(sentences(current, proposed, rationale)).toEqual([]);
	});
});

describe("what the rationale names", () => {
	const current = "Greet {{customer_name}}.\nCall `find_order` first.\nNever guess.";
	const proposed = "Greet {{customer_name}}.\nCall `find_order` first.\nNever guess. Ask.";

	test("is a note where it stands in the prompt and no changed line holds it", () => {
		expect(sentences(current, proposed, "Calls `find_order` once, greets {{customer_name}}.")).toEqual([
			"note: The rationale names “find_order”, which stands in the prompt but in no changed line.",
			"note: The rationale names “{{customer_name}}”, which stands in the prompt but in no changed line.",
		]);
	});

	test.each([
		["what a changed line holds", "Says `Ask` after `Never guess`."],
		["what stands in neither prompt", "Helps `orders.py` with {{nothing}}."],
		["what is not marked as a name", "find_order is called first."],
	])("is not missed where it is %s", (_name, rationale) => {
		expect(sentences(current, proposed, rationale)).toEqual([]);
	});
});

test("no texts make it throw, and no share is over 100 %", () => {
	const text = fc
		.array(fc.constantFrom("never", "say", "`say`", ".", "\n", "\r\n", "漢", "\ud800"), { maxLength: 60 })
		.map((parts) => parts.join(" "));
	fc.assert(
		fc.property(text, text, fc.option(text), (current, proposed, rationale) => {
			for (const { sentence } of findingsFor(current, proposed, rationale)) {
				expect(sentence).toMatch(/\.$/);
				expect(Number(/^(\d+) %/.exec(sentence)?.[1] ?? 0)).toBeLessThanOrEqual(100);
			}
		}),
		{ numRuns: 50 },
	);
});

test.each(["`", "{{", "a", " "])("a rationale of 200 KB of %j is not read to its end", (unit) => {
	expect(findingsFor(base, other, unit.repeat(200_000 / unit.length)).length).toBeLessThanOrEqual(1);
});
