import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkCopiedContent } from "./copied-content";

const base = "You are the assistant of a shop.\nAnswer in two sentences.\n";
const check = (added: string, current = base) => checkCopiedContent({ current, proposed: base + added });
/** Written in two parts, so that no scanner of this repository takes the example for a secret. */
const secret = (prefix: string, rest: string) => prefix + rest;
const random = "q7Zt4KpW9xLm2VbR8sNc5HdYgT3fJ6uA";

describe("checkCopiedContent", () => {
	test.each([
		["a person's e-mail address", "As maria.keller@gmx.de wrote.", "warning", "e-mail address: ma…@gm….de"],
		["an office's e-mail address", "Send them to support@kettle-shop.de.", "note", "su…@ke….de"],
		["an international phone number", "Call +49 171 5550913 back.", "warning", "phone number: +49…13"],
		["a phone number in groups", "Her number: (415) 867-3094.", "warning", "phone number: (415…94"],
		["a German phone number", "Rückruf unter 030/4829176.", "warning", "phone number: 030/…76"],
		["a French phone number", "Rappeler le 06 47 82 19 35.", "warning", "phone number: 06 4…35"],
		["a phone number beside the word", "Phone: 4158673094", "warning", "phone number"],
		["an IBAN", "Refund to DE44 5001 0517 5407 3249 31 today.", "warning", "(IBAN): DE44…31"],
		["an IBAN without spaces before a capital", "NL39RABO0300065264 BANK", "warning", "(IBAN): NL39…64"],
		["a card number", "Paid with 4532 9841 7630 5823", "warning", "card number: 4532…"],
		["an order number", "The order number 80417735 was late.", "warning", "account or order number: 804…35"],
		["a ticket behind its sign", "See ticket #7730418.", "warning", "account or order number"],
		["a German customer number", "Kundennummer: K-4471902", "warning", "account or order number: K-4…02"],
		["a provider's key", secret("sk-", `proj-${random}`), "severe", "key or token: sk-pr…"],
		["a repository's token", secret("ghp", `_${random}2345`), "severe", "key or token: ghp_q…"],
		["a cloud's key", secret("AKIA", "Q4ZT7KPW9XLM2VBR"), "severe", "key or token: AKIAQ…"],
		["a chat's token", secret("xoxb", "-3948172650-q7Zt4KpW9x"), "severe", "key or token: xoxb-…"],
		[
			"a JSON web token",
			secret("eyJ", "hbGciOiJIUzI1.eyJzdWIiOiI3.q7Zt4KpW9xLm2VbR"),
			"severe",
			"key or token",
		],
		["a private key", secret("-----BEGIN RSA ", "PRIVATE KEY-----\nMIIE"), "severe", "a private key"],
		["a password", "Log in with password: Xk9!vmq2Lp", "severe", "key or token: Xk9!v…"],
		[
			"a long random text",
			`The session is ${random}${random.slice(0, 9)}.`,
			"severe",
			"key or token: q7Zt4…",
		],
		["a key within a fence", `\`\`\`\nkey = ${secret("sk-", random)}\n\`\`\``, "severe", "key or token"],
		["a public IP address", "The host 84.201.33.17 answers.", "warning", "IP address: 84.…"],
		["a German street", "Er wohnt in der Lindenstraße 12, 50674 Köln.", "warning", "postal address: Lind…"],
		["an American street", "Ship to 4821 Willow Creek Road, Austin.", "warning", "postal address: 4821…"],
		["a French street", "Livrer au 14 rue de la Tourelle.", "warning", "postal address"],
		[
			"a customer's name",
			"As for customer Maria Keller, refund her.",
			"warning",
			"name of a person: Ma… Ke…",
		],
		["a name with a title", "Frau Hofstetter rief an.", "warning", "name of a person: Ho…"],
		["a new host", "Read https://kettle-shop.de/faq first.", "note", "host that it links to: kettle-shop.de"],
		[
			"a link with a token",
			`https://kettle-shop.de/a?token=${random}`,
			"warning",
			"link that carries a secret",
		],
		[
			"a link with a password",
			"https://ann:hunter22x@kettle-shop.de/",
			"warning",
			"link that carries a secret",
		],
		["a UUID", "Use 7c9e6a1f-3b52-4d88-9e07-5fa1c2d4b6e8.", "note", "UUID or hash: 7c9e…e8"],
		["an encoded blob", `Image: data:image/png;base64,${random.repeat(4)}`, "warning", "long encoded text"],
		[
			"a long quoted text",
			`He wrote "${"the kettle leaks and nobody answers me ".repeat(3).trim()}".`,
			"note",
			"long quoted text",
		],
	])("tells %s", (_name, added, severity, words) => {
		const findings = check(added);
		expect(findings.map((finding) => finding.severity)).toEqual([severity]);
		expect(findings[0]?.sentence).toContain(words);
		expect(findings[0]?.places.length).toBeGreaterThan(0);
	});

	test.each([
		["addresses for examples", "Write to name@company.com, jane.doe@mail.org, user@example.com or <email>."],
		["packages and remotes", "Run npm i react@18.2.0 and clone git@github.com:owner/repo.git."],
		["numbers kept for fiction", "Call 555-0142, (212) 555-0187, +1 415 555 0134 or 123-456-7890."],
		["dates, times and amounts", "From 2024-03-17 to 17.03.2024, 09:30:00, at 1,000,000.00 or 1 250 000 €."],
		["versions and sections", "Use version 10.0.19.4, v2.3.4.5, Python 3.12.1 and section 3.1.2.1."],
		["ranges for private use and documentation", "127.0.0.1, 192.168.1.10, 10.0.0.7, 203.0.113.9, 0.0.0.0"],
		[
			"hosts for examples",
			"http://localhost:3000, https://api.example.com/v1, https://{host}/x, https://your-site.com",
		],
		[
			"placeholders for keys",
			"sk-xxxxxxxxxxxxxxxxxxxxxxxx, ghp_YOUR_TOKEN_HERE, password: <password>, api_key={key}",
		],
		["a key that says it is none", "AKIAIOSFODNN7EXAMPLE"],
		[
			"talk about passwords",
			"Never ask for a password: customers must reset it. The secret is patience. API key: required.",
		],
		["test cards and printed IBANs", "4242 4242 4242 4242, 4111111111111111, DE89 3700 0440 0532 0130 00"],
		["numbers that fail their check", "4532984176305825 and DE99 5001 0517 5407 3249 31"],
		["invented order numbers", "For example order number 12345, ticket #10000, account no. 987654."],
		["rules that count", "Give at most 3 items, 120 words, 2 of 5 stars, and the 24/7 hotline."],
		[
			"titles of teams and products",
			"Hand over to the Customer Success Team, the user Interface Design or Client Server.",
		],
		[
			"names for examples",
			"Address the customer John Doe as Mr. Doe, the customer Max Mustermann as Herr Mustermann.",
		],
		["streets for examples", "For example 123 Main Street or Musterstraße 1."],
		[
			"paths and long names",
			"Edit src/components/review/DecisionHistoryPanel2.tsx and getUserByIdAndUpdateTheirAccount2024Now().",
		],
		["printed UUIDs", "123e4567-e89b-12d3-a456-426614174000"],
		[
			"short quotations one after another",
			`Say "yes" or "no" ${"and explain it in a few words ".repeat(4)}with "maybe".`,
		],
		["variables", "Write to {{customer_email}}, call {phone}, refund <iban>, open https://{host}/{path}."],
		["a tax and a law", "§ 312g BGB, Art. 6 GDPR, 19 % VAT, ISO 20022, RFC 8785, E.164"],
	])("does not accuse %s", (_name, added) => {
		expect(check(added).map(({ sentence }) => sentence)).toEqual([]);
	});

	test("says nothing about what the current prompt has, wherever and however it is written there", () => {
		const current = "Contact: Maria.Keller@gmx.de, +49 (171) 555 09 13, https://kettle-shop.de/a";
		const proposed = "Please write to maria.keller@gmx.de or call +49 171 5550913.\nhttps://kettle-shop.de/b";
		expect(checkCopiedContent({ current, proposed })).toEqual([]);
	});

	test("has one finding a kind, counts each thing once and shows three, masked", () => {
		const people = ["maria.keller", "tom.baker", "ines.roth", "leo.wirth"];
		const [finding, ...others] = check(people.map((name) => `${name}@gmx.de ${name}@gmx.de`).join("\n"));
		expect(others).toEqual([]);
		expect(finding?.sentence).toBe(
			"The proposed prompt adds 4 e-mail addresses: ma…@gm….de, to…@gm….de, in…@gm….de ….",
		);
		expect(finding?.places).toHaveLength(8);
		for (const name of people) expect(finding?.sentence).not.toContain(name);
	});

	test("points exactly to what it found", () => {
		const proposed = `${base}As maria.keller@gmx.de wrote.`;
		const places = checkCopiedContent({ current: base, proposed })[0]?.places ?? [];
		expect(places.map(({ start, end }) => proposed.slice(start, end))).toEqual(["maria.keller@gmx.de"]);
	});

	const anyText = fc
		.array(
			fc.oneof(
				fc.constantFrom(
					"a@b.de",
					"+49 171 5550913",
					"sk-",
					"https://",
					"\n",
					" ",
					'"',
					"“",
					"DE24",
					"4532",
					"Frau ",
					"IX",
				),
				fc.string(),
				fc.integer().map(String),
				fc.uuid(),
				fc.emailAddress(),
				fc.ipV4(),
				fc.webUrl(),
			),
			{ maxLength: 12 },
		)
		.map((parts) => parts.join(""));
	test("never throws; places lie inside the text and are not empty", () => {
		fc.assert(
			fc.property(anyText, anyText, (current, proposed) =>
				checkCopiedContent({ current, proposed }).every(
					({ sentence, places }) =>
						sentence.endsWith(".") &&
						places.length > 0 &&
						places.every(({ start, end }) => start >= 0 && end > start && end <= proposed.length),
				),
			),
			{ numRuns: 150 },
		);
	});
	test("two prompts of the same lines have no finding, in whatever order", () => {
		fc.assert(
			fc.property(fc.array(anyText), (lines) => {
				const [current, proposed] = [lines.join("\n"), [...lines].reverse().join("\n")];
				return checkCopiedContent({ current, proposed }).length === 0;
			}),
			{ numRuns: 50 },
		);
	});
	test.each([
		"a",
		"1",
		"1 ",
		"@",
		"a.",
		"a@",
		'"',
		"+",
		"A",
		"eyJ",
		"http://",
		"secret",
		"0-",
		"“",
		"-----BEGIN ",
		"a1B2",
	])("200 KB of %j stay fast", (character) => {
		const text = character.repeat(200_000 / character.length);
		const startedMs = performance.now();
		checkCopiedContent({ current: "", proposed: text });
		expect(performance.now() - startedMs).toBeLessThan(3_000);
	});
});
