import fc from "fast-check";
import { encode } from "gpt-tokenizer/encoding/o200k_base";
import { describe, expect, test } from "vitest";
import { checkLength, findingOfLength, type LengthComparison } from "./length";

const prompt = Array.from(
	{ length: 60 },
	(_, index) => `${index}. Answer in two plain sentences, and never promise a day of delivery.`,
).join("\n");

async function findingFor(current: string, proposed: string) {
	return findingOfLength(await checkLength({ current, proposed }));
}

describe("counts", () => {
	test("what the tokenizer of the encoding counts", async () => {
		const proposed = `${prompt}\nSay so when you do not know.`;
		expect(await checkLength({ current: prompt, proposed })).toMatchObject({
			encoding: "o200k_base",
			tokensBefore: encode(prompt).length,
			tokensAfter: encode(proposed).length,
			isExact: true,
		});
	});

	test.each([
		["an empty prompt", "", 0],
		["a known sentence", "You are a helpful assistant.", 6],
		["the name of a special token as plain text", "<|endoftext|>", 7],
	])("%s", async (_name, text, tokens) => {
		expect(await checkLength({ current: text, proposed: text })).toEqual({
			encoding: "o200k_base",
			tokensBefore: tokens,
			tokensAfter: tokens,
			isExact: true,
			firstChange: null,
		});
	});

	test("any texts as the tokenizer counts them whole, with a place inside the texts where they differ", async () => {
		const text = fc
			.array(
				fc.constantFrom(
					"never",
					" say",
					"\n",
					"\r\n",
					"  ",
					"/",
					"!!",
					"漢字",
					"é",
					"e\u0301",
					"😀",
					"\ud83d",
					"1234",
				),
				{ maxLength: 40 },
			)
			.map((parts) => parts.join(""));
		await fc.assert(
			fc.asyncProperty(text, text, text, async (shared, one, other) => {
				const texts = { current: shared + one, proposed: shared + other };
				const { tokensBefore, tokensAfter, firstChange, isExact } = await checkLength(texts);
				expect(isExact).toBe(true);
				const [before, after] = [encode(texts.current), encode(texts.proposed)];
				expect([tokensBefore, tokensAfter]).toEqual([before.length, after.length]);
				expect(firstChange === null).toBe(texts.current === texts.proposed);
				if (firstChange === null) return;
				const { token, line, sharedShare, place } = firstChange;
				expect(after.slice(0, token - 1)).toEqual(before.slice(0, token - 1));
				expect(sharedShare).toBeLessThanOrEqual(1);
				const where = texts[place.side];
				expect(place.start).toBeLessThan(place.end);
				expect(place.end).toBeLessThanOrEqual(where.length);
				expect(texts.current.slice(0, place.start)).toBe(texts.proposed.slice(0, place.start));
				expect(line).toBe(where.slice(0, place.start).split(/\r\n|\n|\r/).length);
			}),
			{ numRuns: 40 },
		);
	});

	test.each([
		["letters", "a"],
		["letters outside ASCII", "漢"],
		["signs", "!"],
		["spaces", " "],
		["line ends", "\n"],
		["line ends and slashes", "\n/"],
		["emoji", "😀"],
		["marks", "!\u0301"],
		["lone surrogates", "\ud800"],
	])(
		"200 KB of nothing but %s as an estimate: the tokenizer itself would take hours",
		async (_name, unit) => {
			const text = unit.repeat(200_000 / unit.length);
			const { isExact, tokensBefore } = await checkLength({ current: text, proposed: "x" });
			expect(isExact).toBe(false);
			expect(tokensBefore).toBeGreaterThan(0);
		},
	);

	test("about as many for a run that was cut as the tokenizer would for one that it can take", async () => {
		const text = "abcdefgh".repeat(100);
		const { tokensBefore, isExact } = await checkLength({ current: text, proposed: "x" });
		expect(isExact).toBe(false);
		expect(Math.abs(tokensBefore / encode(text).length - 1)).toBeLessThan(0.05);
	});

	test("what is longer than any prompt of our server from its beginning, and says so", async () => {
		const line = " acknowledgement internationalization responsibilities\n";
		const current = line.repeat(Math.ceil(2_800_000 / line.length));
		const { tokensBefore, isExact } = await checkLength({ current, proposed: "x" });
		expect(isExact).toBe(false);
		const exact = (current.length / line.length) * encode(line).length;
		expect(Math.abs(tokensBefore / exact - 1)).toBeLessThan(0.001);
	});

	test("600 KB a side while other work goes on", async () => {
		const current = `${prompt}\n`.repeat(Math.ceil(600_000 / prompt.length));
		let turns = 0;
		const timer = setInterval(() => {
			turns += 1;
		}, 1);
		const { isExact, firstChange } = await checkLength({ current, proposed: `${current}x` });
		clearInterval(timer);
		expect(isExact).toBe(true);
		expect(firstChange?.line).toBe(current.split("\n").length);
		expect(turns).toBeGreaterThan(5);
	});
});

describe("the sentence", () => {
	const comparison: LengthComparison = {
		encoding: "o200k_base",
		tokensBefore: 1204,
		tokensAfter: 1418,
		isExact: true,
		firstChange: {
			token: 36,
			line: 3,
			sharedShare: 35 / 1418,
			place: { side: "proposed", start: 9, end: 12 },
		},
	};
	const sentenceOf = (parts: Partial<LengthComparison>) =>
		findingOfLength({ ...comparison, ...parts }).sentence;

	test("says both lengths, the encoding, and what a prompt cache still shares", () => {
		expect(findingOfLength(comparison)).toEqual({
			check: "length",
			severity: "note",
			sentence:
				"1,204 → 1,418 tokens (+214, o200k_base); the first change is at token 36 (line 3): a prompt cache shares 2 % of it.",
			places: [{ side: "proposed", start: 9, end: 12 }],
		});
	});

	test("says openly what is an estimate", () => {
		expect(sentenceOf({ isExact: false })).toMatch(/^About 1,204 → 1,418 .* at about token 36 \(line 3\)/);
	});

	test("never rounds up to a share that is not there", () => {
		const shares = (sharedShare: number) => {
			const { firstChange } = comparison;
			return sentenceOf({ firstChange: firstChange && { ...firstChange, sharedShare } }).split("shares ")[1];
		};
		expect([0, 0.004, 0.999, 1].map(shares)).toEqual([
			"nothing of it.",
			"less than 1 % of it.",
			"99 % of it.",
			"100 % of it.",
		]);
	});

	test("writes less with a true minus sign, and nothing changed in one figure", () => {
		expect(sentenceOf({ tokensAfter: 1000 })).toContain("tokens (−204, ");
		expect(sentenceOf({ tokensAfter: 1204 })).toContain("tokens (±0, ");
		expect(sentenceOf({ tokensAfter: 1204, firstChange: null })).toBe(
			"1,204 tokens before and after (o200k_base).",
		);
	});

	test.each([
		["growth by more than a quarter and 200 tokens", 900, 1126, "warning"],
		["growth by a quarter", 900, 1125, "note"],
		["growth of a small prompt by 200 tokens", 100, 300, "note"],
		["growth of a small prompt by more", 100, 301, "warning"],
		["the first prompt of a project", 0, 2000, "note"],
		["the loss of more than half", 1000, 499, "warning"],
		["the loss of half", 1000, 500, "note"],
	] as const)("judges %s (%i → %i) as a %s", (_name, tokensBefore, tokensAfter, severity) => {
		expect(findingOfLength({ ...comparison, tokensBefore, tokensAfter }).severity).toBe(severity);
	});

	test("points at what is gone where the proposed prompt is only cut off", async () => {
		const finding = await findingFor("One.\nTwo.\nThree.", "One.\nTwo.");
		expect(finding.places).toEqual([{ side: "current", start: 9, end: 10 }]);
		expect((await findingFor("One.\nTwo.", "One.\nTwo or three.\nFour.")).places).toEqual([
			{ side: "proposed", start: 8, end: 18 },
		]);
	});
});
