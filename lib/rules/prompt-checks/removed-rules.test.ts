import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkRemovedRules } from "./removed-rules";
import { splitClauses } from "./rule-sentences";

const greeting = "You answer customers of a shop that sells lamps.";

/** What is said about a change of one part of a prompt. */
function said(current: string, proposed: string): string[] {
	return checkRemovedRules({
		current: `${greeting}\n${current}\nSign with the name of the shop.`,
		proposed: `${greeting}\n${proposed}\nSign with the name of the shop.`,
	}).map(({ severity, sentence }) => `${severity}: ${sentence}`);
}

describe("speaks of", () => {
	test.each<[what: string, current: string, proposed: string, sentences: string[]]>([
		[
			"a prohibition about money that is gone, as severe",
			"Never promise a refund.",
			"",
			["severe: A rule is gone: “Never promise a refund”."],
		],
		[
			"another prohibition that is gone, as a warning",
			"Do not make jokes about lamps.",
			"",
			["warning: A rule is gone: “Do not make jokes about lamps”."],
		],
		[
			"must that became should",
			"You must check the order number first.",
			"You should check the order number first.",
			["warning: A rule is weaker: “must” became “should”, in “You should check the order number first”."],
		],
		[
			"never that became avoid",
			"Never mention other shops by name.",
			"Avoid mentioning other shops by name.",
			["warning: A rule is weaker: “never” became “avoid”, in “Avoid mentioning other shops by name”."],
		],
		[
			"must that became may",
			"You must verify the address of the parcel.",
			"You may verify the address of the parcel.",
			["warning: A rule is weaker: “must” became “may”, in “You may verify the address of the parcel”."],
		],
		[
			"must not that became should not",
			"You must not recommend lamps of other shops.",
			"You should not recommend lamps of other shops.",
			[
				"warning: A rule is weaker: “must not” became “should not”, in “You should not recommend lamps of other shops”.",
			],
		],
		[
			"a negation that is lost",
			"Never share customer data.",
			"Share customer data.",
			["severe: A rule says the opposite now: “Never share customer data”."],
		],
		[
			"a prohibition with an insertion that is lost",
			"You must not, under any circumstances, disclose the codes.",
			"Disclose the codes when a customer is upset.",
			["severe: A rule says the opposite now: “You must not, under any circumstances, disclose the codes”."],
		],
		[
			"an item under a heading that forbids",
			"## Never\n- Guess voltages",
			"## Tone\n- Be kind",
			["warning: A rule is gone: “Never: Guess voltages”."],
		],
		[
			"a limit by under",
			"Keep replies under 100 words.",
			"Keep replies under 150 words.",
			["warning: A rule has another number: 100 became 150, in “Keep replies under 150 words”."],
		],
		[
			"do not that is lost",
			"Do not promise delivery dates.",
			"Promise delivery dates.",
			["severe: A rule says the opposite now: “Do not promise delivery dates”."],
		],
		[
			"an order turned into a prohibition",
			"Always cite the price list.",
			"Never cite the price list.",
			["severe: A rule says the opposite now: “Always cite the price list”."],
		],
		[
			"a refusal turned into an answer",
			"Refuse questions about legal matters.",
			"Answer questions about legal matters.",
			["severe: A rule says the opposite now: “Refuse questions about legal matters”."],
		],
		[
			"only that is gone",
			"Only recommend lamps that are in stock.",
			"Recommend lamps that are in stock.",
			["warning: A rule is weaker: “only” is gone, in “Recommend lamps that are in stock”."],
		],
		[
			"another number",
			"Write at most 3 sentences per reply.",
			"Write at most 5 sentences per reply.",
			["warning: A rule has another number: 3 became 5, in “Write at most 5 sentences per reply”."],
		],
		[
			"a limit that is gone",
			"Write no more than 3 sentences per reply.",
			"Write several sentences per reply.",
			[
				"warning: A rule is weaker: the limit “no more than 3” is gone, in “Write several sentences per reply”.",
			],
		],
		[
			"at least turned into at most",
			"Name at least 2 lamps in a reply.",
			"Name at most 2 lamps in a reply.",
			["severe: A rule says the opposite now: “Name at least 2 lamps in a reply”."],
		],
		[
			"an exception",
			"Never reveal the internal price list.",
			"Never reveal the internal price list unless the customer insists.",
			[
				"severe: A rule is weaker: it has an exception now, “unless”, in “Never reveal the internal price list unless the customer insists”.",
			],
		],
		[
			"a hedge",
			"Always answer in the language of the customer.",
			"Always answer in the language of the customer where possible.",
			[
				"warning: A rule is weaker: “where possible” is new, in “Always answer in the language of the customer where possible”.",
			],
		],
		[
			"a part of a sentence that is gone",
			"Be brief and warm, and never guess a delivery date.",
			"Be brief and warm.",
			["warning: A rule is gone: “never guess a delivery date”."],
		],
		[
			"an item under a line that forbids",
			"You must never:\n- guess voltages\n- compare with other brands",
			"You must never:\n- guess voltages",
			["warning: A rule is gone: “You must never: compare with other brands”."],
		],
		[
			"items that no longer stand under a prohibition",
			"Never:\n- open the ticket again",
			"Steps:\n- open the ticket again",
			["warning: A rule is weaker: it no longer stands under “never”, in “open the ticket again”."],
		],
		[
			"never that became only for some",
			"Never share customer data.",
			"Share customer data only with managers.",
			["warning: A rule is weaker: “never” became “only”, in “Share customer data only with managers”."],
		],
		[
			"a secret",
			"The supplier list is confidential.",
			"The supplier list is long.",
			["severe: A rule is gone: “The supplier list is confidential”."],
		],
		[
			"the format",
			"Return the result as JSON with the keys lamp and price.",
			"",
			["warning: A rule about the format is gone: “Return the result as JSON with the keys lamp and price”."],
		],
		[
			"a recommendation, as a note",
			"You should greet returning customers by name.",
			"",
			["note: A recommendation is gone: “You should greet returning customers by name”."],
		],
		[
			"a statement with a strong word, as a note",
			"The warehouse is always closed on Sundays.",
			"",
			["note: A rule is gone: “The warehouse is always closed on Sundays”."],
		],
		[
			"a German rule",
			"Nenne niemals interne Einkaufspreise.",
			"Vermeide es, interne Einkaufspreise zu nennen.",
			[
				"warning: A rule is weaker: “niemals” became “vermeide”, in “Vermeide es, interne Einkaufspreise zu nennen”.",
			],
		],
		[
			"a German prohibition by kein",
			"Gib keine Rabatte auf Lampen.",
			"Gib Rabatte auf Lampen.",
			["severe: A rule says the opposite now: “Gib keine Rabatte auf Lampen”."],
		],
		[
			"a French rule",
			"Ne révélez jamais les prix d'achat.",
			"",
			["warning: A rule is gone: “Ne révélez jamais les prix d'achat”."],
		],
		[
			"a Spanish rule",
			"Debes comprobar el número de pedido.",
			"Deberías comprobar el número de pedido.",
			["warning: A rule is weaker: “debes” became “deberías”, in “Deberías comprobar el número de pedido”."],
		],
	])("%s", (_, current, proposed, sentences) => {
		expect(said(current, proposed)).toEqual(sentences);
	});

	test("both texts as a pair, with the place on either side", () => {
		const current = "Be kind. You must check the order.";
		const proposed = "You should check the order. Be kind.";
		const [finding, ...others] = checkRemovedRules({ current, proposed });
		expect(others).toEqual([]);
		expect(finding?.pair).toEqual({
			current: "You must check the order.",
			proposed: "You should check the order.",
		});
		expect(
			finding?.places.map(({ side, start, end }) => [
				side,
				(side === "current" ? current : proposed).slice(start, end),
			]),
		).toEqual([
			["current", "You must check the order."],
			["proposed", "You should check the order."],
		]);
	});

	test("a long rule shortened in the sentence and whole in the pair", () => {
		const rule = `Never mention ${Array.from({ length: 60 }, (_, index) => `lamp${index}x`).join(" or ")}.`;
		const [finding] = checkRemovedRules({ current: rule, proposed: "Be kind." });
		expect(finding?.pair).toEqual({ current: rule, proposed: null });
		expect(finding?.sentence.length).toBeLessThan(240);
		expect(finding?.sentence).toContain("…”.");
	});

	test("more than twenty openly gathered, the heaviest first", () => {
		const rules = Array.from({ length: 34 }, (_, index) => `- Never sell brand${index}x to region${index}y.`);
		const findings = checkRemovedRules({
			current: `${rules.join("\n")}\n- Never reveal a password.`,
			proposed: "Be kind.",
		});
		expect(findings).toHaveLength(21);
		expect(findings[0]?.sentence).toBe("A rule is gone: “Never reveal a password”.");
		expect(findings.at(-1)?.sentence).toBe("And 15 further rules are gone or weaker.");
		expect(findings.at(-1)?.places).toHaveLength(15);
	});
});

test("many rules that go while a file comes in are one finding", () => {
	const current = ["prices", "dates", "stock", "names"]
		.map((what) => `- Never reveal internal ${what}.`)
		.join("\n");
	expect(said(current, '{% include "house-rules.j2" %}')).toEqual([
		"warning: 4 rules are gone from the text; “house-rules.j2”, which it brings in now, may hold them.",
	]);
	const kept = '{% include "house-rules.j2" %}';
	expect(said(`${kept}\n${current}`, kept)).toHaveLength(4);
});

test("rules that seem gone because the language changed are one finding", () => {
	const english = "You help customers. Always answer politely. Never share customer data. Keep it short.";
	const german = "Du hilfst Kunden. Antworte immer höflich. Teile niemals Kundendaten. Halte dich kurz.";
	const [finding, ...others] = checkRemovedRules({ current: english, proposed: german });
	expect(others).toEqual([]);
	expect(finding?.severity).toBe("warning");
	expect(finding?.sentence).toBe(
		"The prompt is in German now, not in English: whether 2 rules are still in it, the words do not tell.",
	);
	expect(finding?.places.map(({ start, end }) => english.slice(start, end))).toEqual([
		"Always answer politely.",
		"Never share customer data.",
	]);
	const [secret] = checkRemovedRules({
		current: english.replace("customer data", "a password"),
		proposed: german,
	});
	expect(secret?.severity).toBe("severe");
	const shorter = "You help customers. Answer the way they ask. Keep it short.";
	expect(checkRemovedRules({ current: english, proposed: shorter })).toHaveLength(2);
});

describe("keeps silent about", () => {
	test.each<[what: string, current: string, proposed: string]>([
		[
			"a rule that moves",
			"Never guess a price.\nBe kind.\nBe brief.",
			"Be kind.\nBe brief.\nNever guess a price.",
		],
		["another case and layout", "You MUST **never** guess a price.", "- you must never guess a price"],
		["a rule that becomes an item", "Be kind. Never guess a price.", "1. Be kind.\n2. Never guess a price."],
		["equal strength in other words", "You must not guess a price.", "Never guess a price."],
		["do not for must not", "You must not guess a price.", "Do not guess prices."],
		["a plain order for must", "You must reply in English.", "Reply in English."],
		["a plain order for always", "Always reply in English.", "Reply in English."],
		["need to for must", "You must check the order number.", "You need to check the order number."],
		["make sure for must", "You must check the order number.", "Make sure to check the order number."],
		["words of the same meaning", "Never disclose customer data.", "Never share data of customers."],
		[
			"another order of words",
			"Always check the order before you answer.",
			"Before you answer, always check the order.",
		],
		[
			"a rule merged into a longer sentence",
			"Never guess a delivery date.",
			"Be warm and brief, and never guess a delivery date or a price.",
		],
		[
			"a rule that was split in two",
			"You must check the order number and the postal address before shipping.",
			"You must check the order number. You must check the postal address before shipping.",
		],
		["should that became must", "You should check the order number.", "You must check the order number."],
		["avoid that became never", "Avoid naming other shops.", "Never name other shops."],
		["an added rule", "Be kind.", "Be kind. Never guess a price."],
		["an order that is added to a prohibition", "Never guess.", "Never guess. Ask the warehouse."],
		["a limit in other words", "Use at most 3 sentences.", "Use no more than three sentences."],
		["do not behind a condition", "If you do not know, ask the warehouse.", "Ask the warehouse when unsure."],
		["cannot of somebody else", "Help customers who cannot find their order.", "Help with orders."],
		["do not hesitate", "Do not hesitate to ask the customer.", ""],
		["not only", "Answer not only the question.", ""],
		["an example conversation", "User: You must never call me again!\nAssistant: I am sorry.", ""],
		["program code", "```js\n// never call this twice\nmust(only)\n```", ""],
		[
			"lines wrapped in another way",
			"Never guess a delivery date or a price, whatever the\ncustomer says.",
			"Never guess a delivery date\nor a price, whatever the customer says.",
		],
		["a sentence without an obligation", "The shop sells lamps and shades. We opened in 1990.", ""],
		["a number that is no limit of a rule", "We opened in 1990.", "We opened in 1991."],
		[
			"only in another word of that kind",
			"Only answer questions about lamps.",
			"Answer questions about lamps exclusively.",
		],
		[
			"never that goes with only",
			"Never suggest lamps that are not in stock.",
			"Only suggest lamps that are in stock.",
		],
		[
			"one of two equal rules",
			"Never guess a price.\nBe kind.\nNever guess a price.",
			"Never guess a price.\nBe kind.",
		],
		[
			"a stronger word above a list",
			"Always:\n- greet the customer\n- check the order",
			"You must:\n- greet the customer\n- check the order",
		],
		["an exception that was there", "Never refund unless it broke.", "Never refund unless it is broken."],
		["a heading for a list that stays", "Never:\n- guess prices", "You must never:\n- guess prices"],
		["typographic apostrophes", "Don't guess a price.", "Don’t guess a price."],
		["a German rule in other words", "Du darfst keine Preise raten.", "Rate niemals Preise."],
	])("%s", (_, current, proposed) => {
		expect(said(current, proposed)).toEqual([]);
	});
});

test("sentences end at their ends, not at abbreviations, numbers or domains", () => {
	const text =
		"Use units, e.g. watts or approx. lumens. Visit shop.example for 3.5 W lamps! Ask Dr. Lamm?\n\n" +
		"* One item\n  that goes on.\n* Another\n\n| cell | other |\n|---|---|\nDas gilt z. B. hier. 値段を推測しない。次へ。";
	expect(splitClauses(text).map(({ start, end }) => text.slice(start, end))).toEqual([
		"Use units, e.g. watts or approx. lumens.",
		"Visit shop.example for 3.5 W lamps!",
		"Ask Dr. Lamm?",
		"One item\n  that goes on.",
		"Another",
		"| cell | other |",
		"Das gilt z. B. hier.",
		"値段を推測しない。",
		"次へ。",
	]);
});

const words = fc.constantFrom(
	"never",
	"must",
	"should",
	"only",
	"do not",
	"at most 3",
	"unless",
	"Never:",
	"- ",
	"1. ",
	"# ",
	"\n",
	"\n\n",
	". ",
	", and ",
	": ",
	"refund",
	"share data",
	"price",
	"JSON",
	"reply",
	"```",
	"User:",
	"é",
	"😀",
	"*",
	"`",
	"|",
	"；",
	"。",
);
const prompts = fc.oneof(
	fc.array(words, { maxLength: 40 }).map((parts) => parts.join(" ")),
	fc.string({ unit: "binary", maxLength: 80 }),
);

test("no two prompts make it throw, and every place lies inside its text", () => {
	fc.assert(
		fc.property(prompts, prompts, (current, proposed) => {
			for (const { places, sentence } of checkRemovedRules({ current, proposed })) {
				expect(sentence).toMatch(/\.$/);
				expect(places).not.toEqual([]);
				for (const { side, start, end } of places) {
					expect(start).toBeGreaterThanOrEqual(0);
					expect(end).toBeGreaterThan(start);
					expect(end).toBeLessThanOrEqual((side === "current" ? current : proposed).length);
				}
			}
		}),
		{ numRuns: 200 },
	);
});

test("clauses stand in the order of the text and none is blank", () => {
	fc.assert(
		fc.property(prompts, (prompt) => {
			let last = 0;
			for (const { start, end, sentenceStart, sentenceEnd } of splitClauses(prompt)) {
				expect(start).toBeGreaterThanOrEqual(last);
				expect(prompt.slice(start, end).trim()).toBe(prompt.slice(start, end));
				expect(end).toBeGreaterThan(start);
				expect(sentenceStart).toBeLessThanOrEqual(start);
				expect(sentenceEnd).toBeGreaterThanOrEqual(end);
				last = end;
			}
		}),
		{ numRuns: 200 },
	);
});

test("lines in another order lose no rule", () => {
	const rules = [
		"Never promise a refund.",
		"You must check the order number.",
		"Only recommend lamps in stock.",
		"Write at most 3 sentences.",
		"The supplier list is confidential.",
		"Do not reveal a password.",
	];
	fc.assert(
		fc.property(fc.shuffledSubarray(rules, { minLength: 6 }), (shuffled) => {
			expect(checkRemovedRules({ current: rules.join("\n"), proposed: shuffled.join("\n\n") })).toEqual([]);
		}),
		{ numRuns: 50 },
	);
});

test.each([
	" ",
	"\n",
	".",
	"-",
	"```\n",
	"'a",
	", and ",
	"Never share data. ",
	"Never:\n- ",
	"  - a:\n",
	"不",
	"1. ",
])("200 KB of %j do not hold it up", (text) => {
	const hostile = text.repeat(200_000 / text.length);
	const began = performance.now();
	checkRemovedRules({ current: hostile, proposed: `${hostile}x` });
	expect(performance.now() - began).toBeLessThan(5_000);
});

test("2,000 rules of few words, each rewritten, do not hold it up", () => {
	const current = Array.from(
		{ length: 2_000 },
		(_, index) => `You must never sell part${index % 50} to group${index % 31} in ${index}.`,
	);
	const proposed = current.map((rule) => rule.replace("must never", "should not"));
	const began = performance.now();
	const findings = checkRemovedRules({ current: current.join("\n"), proposed: proposed.join("\n") });
	expect(performance.now() - began).toBeLessThan(15_000);
	expect(findings).toHaveLength(21);
});
