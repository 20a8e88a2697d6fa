import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { comparePrompts } from "./compare";
import { composed } from "./compose";
import { lineEnd, splitLines } from "./lines";
import type { DiffRow, Piece, PromptDiff } from "./model";
import { unfoldedRows } from "./unfold";

/** All rows, folds opened. */
function rowsOf(current: string, proposed: string, diff: PromptDiff): DiffRow[] {
	const [left, right] = [splitLines(current), splitLines(proposed)];
	return diff.parts.flatMap((part) => (part.kind === "rows" ? part.rows : unfoldedRows(part, left, right)));
}

function marked(pieces: readonly Piece[] | null, text: string): string {
	return pieces === null
		? text
		: pieces.map(([kind, run]) => (kind === "changed" ? `[${run}]` : run)).join("");
}

/** The picture as a reader would write it down: what is changed inside a line stands in brackets. */
function drawn(current: string, proposed: string): string[] {
	return rowsOf(current, proposed, comparePrompts(current, proposed)).flatMap(({ kind, left, right }) => {
		if (kind === "same") return [`  ${left.text}`];
		return [
			...(left === null ? [] : [`- ${marked(left.pieces, left.text)}`]),
			...(right === null ? [] : [`+ ${marked(right.pieces, right.text)}`]),
		];
	});
}

const text = (...lines: string[]) => lines.join("\n");

describe("lines", () => {
	test("a rule that was added stands alone, and its neighbours are not touched", () => {
		expect(drawn(text("Be brief.", "Use lists."), text("Be brief.", "Never guess.", "Use lists."))).toEqual([
			"  Be brief.",
			"+ Never guess.",
			"  Use lists.",
		]);
	});

	test("a text that appears or vanishes altogether is added or removed line by line", () => {
		expect(drawn("", text("Be brief.", ""))).toEqual(["+ Be brief."]);
		expect(drawn("Be brief.", "")).toEqual(["- Be brief."]);
		expect(comparePrompts("", "").parts).toEqual([]);
	});

	test("neither line ends nor Unicode forms paint a line", () => {
		const prompt = text("Réponds en français.", "Sois bref.", "");
		const diff = comparePrompts(prompt, prompt.normalize("NFD").replaceAll("\n", "\r\n"));
		expect([diff.changes, diff.isIdentical]).toEqual([0, false]);
	});

	test("an inserted paragraph begins where a paragraph does, though other places are as short", () => {
		expect(
			drawn(text("Tone", "", "Calm.", "", "End"), text("Tone", "", "Kind.", "", "Calm.", "", "End")),
		).toEqual(["  Tone", "  ", "+ Kind.", "+ ", "  Calm.", "  ", "  End"]);
	});

	test("an inserted list item begins at its own bullet, not at the second line of the one before", () => {
		const item = (name: string) => [`- ${name}`, "  Ask first."];
		expect(
			drawn(
				text(...item("refund"), ...item("order")),
				text(...item("refund"), ...item("voucher"), ...item("order")),
			),
		).toEqual([
			"  - refund",
			"    Ask first.",
			"+ - voucher",
			"+   Ask first.",
			"  - order",
			"    Ask first.",
		]);
	});

	test("an inserted section begins at its heading", () => {
		const section = (name: string) => [`## ${name}`, "See the manual."];
		expect(
			drawn(text(...section("A"), ...section("C")), text(...section("A"), ...section("B"), ...section("C"))),
		).toEqual(["  ## A", "  See the manual.", "+ ## B", "+ See the manual.", "  ## C", "  See the manual."]);
	});
});

describe("pairs of lines", () => {
	test("versions of a line stand as one row, past lines that have no version", () => {
		expect(
			drawn(
				text("Greet the customer.", "Refund orders under 50 euros."),
				text(
					"Say who you are.",
					"Greet the customer warmly.",
					"Ask for proof.",
					"Refund orders under 80 euros.",
				),
			),
		).toEqual([
			"+ Say who you are.",
			"- Greet the customer.",
			"+ Greet the customer[ warmly].",
			"+ Ask for proof.",
			"- Refund orders under [50] euros.",
			"+ Refund orders under [80] euros.",
		]);
	});

	test("lines that share only small words are not called versions; removed ones come before added ones", () => {
		expect(
			drawn(
				text("The tone of the answer is calm.", "It is for adults."),
				text("A link to the source is in each reply.", "Say it in verse."),
			),
		).toEqual([
			"- The tone of the answer is calm.",
			"- It is for adults.",
			"+ A link to the source is in each reply.",
			"+ Say it in verse.",
		]);
	});

	test("a line of the same words in another order is not called a version of it", () => {
		const before =
			"Check the order number, the postal address and the payment before you answer, and then say sorry for the delay in one calm sentence that names the day. Never share the voucher code with a guest.";
		const after =
			"Share the payment with the guest before the day of the order. Say the voucher number. Never delay. One calm address names the code, then the sentence says sorry, and you answer the postal check.";
		expect(drawn(before, after)).toEqual([`- ${before}`, `+ ${after}`]);
	});

	test("a blank line does not keep the versions of a paragraph apart when one was put before it", () => {
		expect(
			drawn(
				text("Greet the customer by name.", "", "Refund orders under 50 euros."),
				text("Say who you are.", "", "Greet every customer by name.", "", "Refund orders under 80 euros."),
			),
		).toEqual([
			"+ Say who you are.",
			"+ ",
			"- Greet [the] customer by name.",
			"+ Greet [every] customer by name.",
			"  ",
			"- Refund orders under [50] euros.",
			"+ Refund orders under [80] euros.",
		]);
	});

	test("a blank line between two rewritten passages belongs to them", () => {
		expect(
			drawn(
				text("Top", "Greet warmly.", "Smile often.", "", "Refund quickly.", "Apologise twice.", "End"),
				text("Top", "Quote statutes.", "Cite cases.", "", "Escalate disputes.", "Log everything.", "End"),
			),
		).toEqual([
			"  Top",
			"- Greet warmly.",
			"- Smile often.",
			"- ",
			"- Refund quickly.",
			"- Apologise twice.",
			"+ Quote statutes.",
			"+ Cite cases.",
			"+ ",
			"+ Escalate disputes.",
			"+ Log everything.",
			"  End",
		]);
	});

	test("a blank line between two additions stays unchanged", () => {
		expect(drawn(text("One", "", "Two"), text("One", "Add this.", "", "And that.", "Two"))).toEqual([
			"  One",
			"+ Add this.",
			"  ",
			"+ And that.",
			"  Two",
		]);
	});
});

describe("words", () => {
	test("a changed word is marked whole, with nothing around it", () => {
		expect(drawn("You may reveal prices.", "You may not reveal prices.")).toEqual([
			"- You may reveal prices.",
			"+ You may [not ]reveal prices.",
		]);
		expect(drawn("Answer in example form.", "Answer in examples form.")[0]).toBe(
			"- Answer in [example] form.",
		);
		expect(drawn("Use {{name}} and {{date}}.", "Use {{user}} and {{day}}.")).toEqual([
			"- Use {{[name]}} and {{[date]}}.",
			"+ Use {{[user]}} and {{[day]}}.",
		]);
		expect(drawn("Set temperature to 0.5 now.", "Set temperature to 0.7 now.")[1]).toBe(
			"+ Set temperature to [0.7] now.",
		);
	});

	test("an upper-case word, a comma, a doubled space and an indent are marked", () => {
		expect(drawn("never share keys", "NEVER share keys")[1]).toBe("+ [NEVER] share keys");
		expect(drawn("Stop now please", "Stop now, please")[1]).toBe("+ Stop now[,] please");
		expect(drawn("Stop now please", "Stop  now please")).toEqual([
			"- Stop[ ]now please",
			"+ Stop[  ]now please",
		]);
		expect(drawn("- Stop now", "  - Stop now")[1]).toBe("+ [  ]- Stop now");
	});

	test("a character that cannot be seen is marked", () => {
		expect(drawn("Pay paypal only.", "Pay pay\u200bpal only.")[1]).toBe("+ Pay [pay\u200bpal] only.");
		expect(drawn("Pay the clerk now.", "Pay \u202ethe clerk now.")[1]).toBe("+ Pay [\u202e]the clerk now.");
	});

	test("an emoji, a letter with its mark and a surrogate pair are never cut", () => {
		expect(drawn("Sign with 👩‍👩‍👧 always.", "Sign with 👩‍👩‍👦 always.")[1]).toBe(
			"+ Sign with [👩‍👩‍👦] always.",
		);
		expect(drawn("Say cafe\u0301 twice.", "Say cafe twice.")[0]).toBe("- Say [cafe\u0301] twice.");
		expect(drawn("Sign with 👍 always.", "Sign with 👎 always.")[0]).toBe("- Sign with [👍] always.");
	});

	test("words that differ only in their Unicode form are the same", () => {
		expect(drawn("Le café est fermé.", "Le café est ouvert.".normalize("NFD"))[1]).toBe(
			"+ Le café est [ouvert].".normalize("NFD"),
		);
	});

	test("a rewritten phrase is one piece, not a scatter around `the` and a comma", () => {
		expect(
			drawn(
				"Reply to every customer, quickly and with the greatest politeness, in English.",
				"Reply to every customer, slowly, within the smallest budget, in English.",
			),
		).toEqual([
			"- Reply to every customer, [quickly and with the greatest politeness], in English.",
			"+ Reply to every customer, [slowly, within the smallest budget], in English.",
		]);
	});

	test("a word that carries meaning stays the same between two changed ones", () => {
		expect(drawn("Always reveal passwords to staff.", "Sometimes reveal passwords to visitors.")[1]).toBe(
			"+ [Sometimes] reveal passwords to [visitors].",
		);
	});

	test("an added sentence or list entry is marked from its beginning to its end", () => {
		expect(drawn("Check it. Send it.", "Check it. Sign it. Send it.")[1]).toBe(
			"+ Check it. [Sign it. ]Send it.",
		);
		expect(drawn('Colours: "red", "blue".', 'Colours: "red", "green", "blue".')[1]).toBe(
			'+ Colours: "red", ["green", ]"blue".',
		);
	});

	test("counts the words that are on one side only", () => {
		const diff = comparePrompts(
			text("Be brief.", "You may share prices."),
			text("You may not share any price."),
		);
		expect([diff.wordsRemoved, diff.wordsAdded]).toEqual([3, 3]);
	});
});

describe("long lines", () => {
	const clause = (index: number) =>
		`In case number ${index} the clerk checks the order, reads the note and answers in a calm voice.`;
	const paragraph = Array.from({ length: 40 }, (_, index) => clause(index));

	test("one added `not` in a paragraph of 3,000 characters is exactly that word", () => {
		const line = `${paragraph.slice(0, 20).join(" ")} You may reveal the key. ${paragraph.slice(20).join(" ")}`;
		const diff = comparePrompts(line, line.replace("may reveal", "may not reveal"));
		const [row] = rowsOf(line, line.replace("may reveal", "may not reveal"), diff);
		expect(row?.left?.pieces?.filter(([kind]) => kind === "changed")).toEqual([]);
		expect(row?.right?.pieces?.filter(([kind]) => kind === "changed")).toEqual([["changed", "not "]]);
		expect([diff.wordsAdded, diff.wordsRemoved]).toEqual([1, 0]);
	});

	test("a rewritten sentence leaves the others whole", () => {
		const proposed = paragraph.with(7, "Escalate at once and say nothing more.").join(" ");
		const [before, after] = drawn(paragraph.join(" "), proposed);
		expect(before?.match(/\[[^\]]*\]/g)).toEqual([`[${clause(7)}]`]);
		expect(after?.match(/\[[^\]]*\]/g)).toEqual(["[Escalate at once and say nothing more.]"]);
	});

	test("a moved sentence is one piece on each side", () => {
		const special = "Escalate at once and say nothing more.";
		const [before, after] = drawn(
			paragraph.with(3, special).join(" "),
			[...paragraph.toSpliced(3, 1), special].join(" "),
		);
		expect(before?.match(/\[[^\]]*\]/g)).toEqual([`[${special} ]`]);
		expect(after?.match(/\[[^\]]*\]/g)).toEqual([`[ ${special}]`]);
	});

	test("a line of 50 KB with hundreds of changed words keeps its word pieces", () => {
		const line = Array.from({ length: 550 }, (_, index) => clause(index)).join(" ");
		const diff = comparePrompts(line, line.replaceAll("calm voice", "low voice"));
		expect([diff.detail, diff.wordsAdded, diff.wordsRemoved]).toEqual(["word", 550, 550]);
		const unstopped = line.replaceAll(".", "");
		const other = comparePrompts(unstopped, unstopped.replaceAll("calm voice", "low voice"));
		expect([other.detail, other.wordsAdded, other.wordsRemoved]).toEqual(["word", 550, 550]);
	});
});

describe("size", () => {
	test("edits scattered over 20,000 lines are compared by word", () => {
		const lines = Array.from(
			{ length: 20_000 },
			(_, index) => `Rule ${index}: check field f${index} before any answer`,
		);
		const proposed = lines.map((line, index) => (index % 100 === 7 ? line.replace("check", "skip") : line));
		const diff = comparePrompts(text(...lines), text(...proposed));
		expect([diff.detail, diff.changes, diff.wordsAdded, diff.wordsRemoved]).toEqual(["word", 200, 200, 200]);
		expect(diff.parts).toHaveLength(401);
	});

	test("too many changed words are compared by line, and said so", () => {
		const line = "a ".repeat(100_000);
		const diff = comparePrompts(text("Be brief.", `${line}or x`), text("Be brief.", `${line}and not y`));
		expect(diff.detail).toBe("line");
		expect([diff.wordsAdded, diff.wordsRemoved]).toEqual([3, 2]);
		const rows = diff.parts.flatMap((part) => (part.kind === "rows" ? part.rows : []));
		expect(rows.map(({ kind }) => kind)).toEqual(["same", "changed"]);
		expect(rows.map(({ left, right }) => [left?.pieces, right?.pieces])).toEqual([
			[null, null],
			[null, null],
		]);
	});

	test.each([
		["equal lines", "x\n".repeat(20_000), "x\n".repeat(19_000)],
		["two lines in turn", "a\nb\n".repeat(5_000), "b\na\na\n".repeat(3_000)],
		["empty lines", "\n".repeat(60_000), "\n".repeat(90_000)],
		["empty lines against lines", "\n".repeat(30_000), "a\n".repeat(30_000)],
		["one word of 1.2 MB", "x".repeat(1_200_000), `${"x".repeat(1_199_999)}y`],
		["dots", ".".repeat(200_000), `${".".repeat(100_000)}a${".".repeat(99_999)}`],
		["short sentences", "A. ".repeat(50_000), "B. A. ".repeat(25_000)],
		["one-letter words", "a b a a ".repeat(8_000), "b a b b a ".repeat(7_000)],
		["brackets", "{".repeat(200_000), "{".repeat(100_000) + "}".repeat(100_000)],
	])("takes %s in its stride", (_, current, proposed) => {
		const diff = comparePrompts(current, proposed);
		expect([diff.currentLines, diff.proposedLines]).toEqual([
			splitLines(current).count,
			splitLines(proposed).count,
		]);
	});
});

describe("any two texts", () => {
	const fragment = fc.oneof(
		{ weight: 6, arbitrary: fc.constantFrom("not ", "the ", "Never ", "share. ", "keys", " and ", "a", "") },
		{
			weight: 2,
			arbitrary: fc.constantFrom(
				"é",
				"e\u0301",
				"👩‍👩‍👧",
				"👍🏽",
				"\u202e",
				"\u200b",
				"\ud83d",
				"{{x}}",
				"  ",
			),
		},
		{ weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 4 }) },
	);
	const line = fc.oneof(
		{
			weight: 3,
			arbitrary: fc.constantFrom("", "", "---", "- item", "## Tone", "Be brief.", "Refund within 3 days."),
		},
		{ weight: 3, arbitrary: fc.array(fragment, { maxLength: 8 }).map((all) => all.join("")) },
		{ weight: 1, arbitrary: fc.array(fragment, { minLength: 20, maxLength: 60 }).map((all) => all.join("")) },
	);
	const ended = fc.tuple(line, fc.constantFrom("\n", "\n", "\n", "\r\n", "\r")).map((all) => all.join(""));
	/** The second text shares many lines with the first, as versions of a prompt do. */
	const pair = fc
		.tuple(
			fc.array(
				fc.tuple(ended, fc.constantFrom("both", "both", "both", "left", "right", "edited"), fragment),
				{
					maxLength: 30,
				},
			),
			line,
			line,
		)
		.map(([lines, leftTail, rightTail]) => ({
			current: lines.map(([own, side]) => (side === "right" ? "" : own)).join("") + leftTail,
			proposed:
				lines
					.map(([own, side, extra]) => (side === "left" ? "" : side === "edited" ? extra + own : own))
					.join("") + rightTail,
		}));

	test("every line of both sides stands in the picture once, in order, at its place, and re-joins exactly", () => {
		fc.assert(
			fc.property(pair, ({ current, proposed }) => {
				const rows = rowsOf(current, proposed, comparePrompts(current, proposed));
				for (const [prompt, side] of [
					[current, "left"],
					[proposed, "right"],
				] as const) {
					const lines = splitLines(prompt);
					const seen = rows.flatMap((row) => row[side] ?? []);
					expect(seen.map(({ number }) => number)).toEqual(lines.starts.map((_, index) => index + 1));
					expect(seen.map(({ start }) => start)).toEqual(lines.starts);
					expect(seen.map((one, index) => one.text + lineEnd(lines, index)).join("")).toBe(prompt);
				}
			}),
			{ numRuns: 150 },
		);
	});

	test("pieces join to their line, `same` ones are the same on both sides, and `same` rows are equal", () => {
		fc.assert(
			fc.property(pair, ({ current, proposed }) => {
				const diff = comparePrompts(current, proposed);
				for (const { kind, left, right } of rowsOf(current, proposed, diff)) {
					if (kind === "same") {
						expect(composed(left.text)).toBe(composed(right.text));
						expect([left.pieces, right.pieces]).toEqual([null, null]);
					}
					if (kind !== "changed") continue;
					expect(composed(left.text)).not.toBe(composed(right.text));
					const common = [left, right].map(({ text: whole, pieces }) => {
						expect(pieces?.map(([, run]) => run).join("")).toBe(whole);
						expect(pieces?.every(([, run]) => run !== "")).toBe(true);
						expect(pieces?.every(([piece], index) => piece !== pieces[index - 1]?.[0])).toBe(true);
						return composed((pieces ?? []).map(([piece, run]) => (piece === "same" ? run : "")).join(""));
					});
					expect(common[0]).toBe(common[1]);
				}
			}),
			{ numRuns: 150 },
		);
	});

	test("what is different is in a row or said in a remark; what is equal is in neither", () => {
		fc.assert(
			fc.property(pair, ({ current, proposed }) => {
				const diff = comparePrompts(current, proposed);
				expect(diff.isIdentical).toBe(current === proposed);
				expect(diff.changes > 0 || diff.remarks.length > 0).toBe(current !== proposed);
				const itself = comparePrompts(current, current);
				expect([itself.isIdentical, itself.changes, itself.wordsAdded, itself.remarks]).toEqual([
					true,
					0,
					0,
					[],
				]);
				expect(itself.parts.length).toBe(current === "" ? 0 : 1);
			}),
			{ numRuns: 100 },
		);
	});

	test("the same texts give the same picture", () => {
		fc.assert(
			fc.property(pair, ({ current, proposed }) => {
				expect(comparePrompts(current, proposed)).toEqual(comparePrompts(current, proposed));
			}),
			{ numRuns: 30 },
		);
	});
});
