import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cutsOf } from "./cut-sentence";
import { checkRemovedRules } from "./removed-rules";

const nouns =
	"lamp order ticket price invoice parcel colour warranty status carton depot driver policy".split(" ");
const numbered = (count: number) =>
	Array.from({ length: count }, (_, index) => `${nouns[(index * index) % 13]}${index}`);

test("a text of a usual length is not cut", () => {
	expect(cutsOf("Never guess a price, and ask. ".repeat(30))).toEqual([]);
});

test("a cut stands between words, and not behind a word that orders", () => {
	const text = Array.from({ length: 300 }, (_, index) => `you must not sell ${nouns[index % 13]}`).join(
		" and ",
	);
	const cuts = cutsOf(text);
	expect(cuts.length).toBeGreaterThan(20);
	for (const cut of cuts) {
		expect(text[cut - 1]).toBe(" ");
		expect(text.slice(0, cut)).not.toMatch(/(?:must|not) $/);
	}
});

test("an insertion moves the cuts near it only", () => {
	const words = numbered(2_000);
	const before = words.join(" ");
	const after = words.toSpliced(1_000, 0, "not").join(" ");
	const piecesOf = (text: string) => {
		const cuts = [0, ...cutsOf(text), text.length];
		return cuts.slice(1).map((cut, index) => text.slice(cuts[index], cut));
	};
	const kept = new Set(piecesOf(before));
	expect(piecesOf(after).filter((piece) => !kept.has(piece)).length).toBeLessThan(4);
});

test("cuts rise, lie inside and split no character", () => {
	const texts = fc
		.array(fc.constantFrom("a", " ", "must ", ", ", "😀", "word ", "中", "\n", "not "), { maxLength: 60 })
		.map((parts) => parts.join("").repeat(40));
	fc.assert(
		fc.property(texts, (text) => {
			let last = 0;
			for (const cut of cutsOf(text)) {
				expect(cut).toBeGreaterThan(last);
				expect(cut).toBeLessThan(text.length);
				expect(text.slice(last, cut).isWellFormed()).toBe(true);
				last = cut;
			}
		}),
		{ numRuns: 100 },
	);
});

describe("one long line without ends", () => {
	const words = numbered(900);
	const line = (order: string) => words.toSpliced(450, 0, ...order.split(" ")).join(" ");
	const findings = (current: string, proposed: string) => checkRemovedRules({ current, proposed });

	test("a not in the middle is one finding about the words around it", () => {
		const [finding, ...others] = findings(line("you must answer them"), line("you must not answer them"));
		expect(others).toEqual([]);
		expect(finding?.severity).toBe("severe");
		expect(finding?.sentence).toMatch(
			/^A rule says the opposite now: “[^”]{0,60}you must answer[^”]{0,100}”\.$/,
		);
		expect(finding?.pair?.proposed).toContain("you must not answer");
	});

	test("a not in one of many equal parts", () => {
		const part = "must answer assistant politely, ";
		const current = part.repeat(200);
		const proposed = `${part.repeat(100)}must not answer assistant politely, ${part.repeat(99)}`;
		expect(findings(current, proposed).map(({ sentence }) => sentence)).toEqual([
			"A rule says the opposite now: “must answer assistant politely”.",
		]);
		expect(findings(current, part.repeat(199))).toEqual([]);
	});

	test("a not that turns no rule round says nothing", () => {
		expect(findings(line("you must answer them"), line("you must answer them not"))).toEqual([]);
		expect(findings(line("if you do not know it then ask"), line("if you do know it then ask"))).toEqual([]);
	});

	test("another word elsewhere says nothing", () => {
		expect(findings(line("you must answer them"), line("you must answer them kindly"))).toEqual([]);
	});
});

test("a copy of a rule that stands elsewhere says the opposite", () => {
	const rule = "Never guess a price.";
	const said = (current: string, proposed: string) =>
		checkRemovedRules({ current, proposed }).map(({ sentence }) => sentence);
	expect(said(`${rule}\nBe kind.\n${rule}`, `${rule}\nBe kind.\nGuess a price.`)).toEqual([
		"A rule says the opposite now: “Never guess a price”.",
	]);
	expect(said(`${rule}\nBe kind.\n${rule}`, `${rule}\nBe kind.\nAsk for the price.`)).toEqual([]);
});
