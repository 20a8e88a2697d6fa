import { describe, expect, test } from "vitest";
import { checkRemovedRules } from "./removed-rules";

function said(current: string, proposed: string): string[] {
	return checkRemovedRules({
		current: `Be kind.\n${current}\nSign with the name of the shop.`,
		proposed: `Be kind.\n${proposed}\nSign with the name of the shop.`,
	}).map(({ severity, sentence }) => `${severity}: ${sentence}`);
}

describe("another number of a limit", () => {
	test.each([
		"Limit answers to 3 sentences.",
		"Please limit the answer to 3 sentences.",
		"Restrict summaries to 3 lines.",
		"Cap replies at 3 paragraphs.",
		"Keep it to 3 sentences.",
		"Keep replies under 3 lines.",
		"Answers are limited to 3 characters.",
		"Answer within 3 words.",
		"Name up to 3 items.",
		"Use no more than 3 tokens.",
		"Answer in 3 sentences or fewer.",
		"Begrenze Antworten auf 3 Sätze.",
		"Halte Antworten auf 3 Zeilen.",
		"Limite les réponses à 3 phrases.",
		"Limita las respuestas a 3 frases.",
	])("%s", (current) => {
		const proposed = current.replace("3", "30");
		expect(said(current, proposed)).toEqual([
			`warning: A rule has another number: 3 became 30, in “${proposed.slice(0, -1)}”.`,
		]);
	});

	test("a limit that is gone", () => {
		expect(said("Limit answers to 3 sentences.", "Answer in detail, with several sentences.")).toEqual([
			"warning: A rule is weaker: the limit “limit … to 3” is gone, in “Answer in detail, with several sentences”.",
		]);
		expect(said("Keep answers to 3 sentences.", "")).toEqual([
			"warning: A rule is gone: “Keep answers to 3 sentences”.",
		]);
	});
});

describe("keeps silent about", () => {
	test.each([
		[
			"the same limit in other words",
			"Limit answers to 3 sentences.",
			"Use at most three sentences in answers.",
		],
		[
			"the same limit the other way",
			"Use at most 3 sentences in answers.",
			"Limit answers to three sentences.",
		],
		["a limit that is a noun", "The speed limit is 50.", "The speed limit is 60."],
		["a fact with limited to", "The offer is limited to 100 lamps.", "The offer is limited to 200 lamps."],
		["keep to", "Keep to version 3.", "Keep to version 4."],
		["keep for", "Keep 3 lamps in stock.", "Keep 4 lamps in stock."],
		["keep with a number of something else", "Keep the price to 3 euros.", "Keep the price to 4 euros."],
		["limit without a number", "Limit answers to lamps.", "Limit answers to shades."],
		["a number of a section", "See section 3 for limits.", "See section 4 for limits."],
		["a year", "We opened in 1990.", "We opened in 1991."],
		["a condition", "If you limit answers to 3 lines, say so.", "If you limit answers to 4 lines, say so."],
	])("%s", (_, current, proposed) => {
		expect(said(current, proposed)).toEqual([]);
	});
});
