import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkLanguage } from "./language";

const english =
	"You are the assistant of a shop that sells kettles. Answer every question of the customers politely, briefly and in simple words.";
const german =
	"Du bist der Assistent eines Geschäfts, das Kessel verkauft. Antworte auf jede Frage der Kunden freundlich, kurz und in einfachen Worten.";
const french =
	"Vous êtes l'assistant d'une boutique qui vend des bouilloires. Répondez poliment, brièvement et simplement à toutes les questions des clients.";
const spanish =
	"Eres el asistente de una tienda que vende teteras. Responde con educación, brevedad y palabras sencillas a todas las preguntas de los clientes.";
const portuguese =
	"Você é o assistente de uma loja que vende chaleiras. Responda com educação, brevidade e palavras simples a todas as perguntas dos clientes.";
const italian =
	"Sei l'assistente di un negozio che vende bollitori. Rispondi con cortesia, in breve e con parole semplici a tutte le domande dei clienti.";
const dutch =
	"Je bent de assistent van een winkel die waterkokers verkoopt. Beantwoord elke vraag van de klanten vriendelijk, kort en in eenvoudige woorden.";
const polish =
	"Jesteś asystentem sklepu, który sprzedaje czajniki. Odpowiadaj uprzejmie, krótko i prostymi słowami na wszystkie pytania klientów.";
const turkish =
	"Su ısıtıcısı satan bir mağazanın asistanısın. Müşterilerin bütün sorularını nazikçe, kısaca ve basit sözcüklerle yanıtla.";
const russian =
	"Вы помощник магазина, который продаёт чайники. Отвечайте на все вопросы покупателей вежливо, коротко и простыми словами.";
const ukrainian =
	"Ви помічник магазину, який продає чайники. Відповідайте на всі запитання покупців ввічливо, коротко та простими словами.";
const japanese =
	"あなたはやかんを売る店のアシスタントです。お客様のすべての質問に、丁寧に、短く、やさしい言葉で答えてください。";
const chinese = "你是一家出售水壶的商店的助手。请礼貌、简短地用简单的话回答顾客的所有问题。";
const arabic = "أنت مساعد في متجر يبيع الغلايات. أجب عن جميع أسئلة العملاء بأدب وبإيجاز وبكلمات بسيطة.";
const danish =
	"Du er assistent for en butik, der sælger kedler. Svar venligt, kort og med enkle ord på alle kundernes spørgsmål.";
const norwegian =
	"Du er assistent for en butikk som selger kjeler. Svar vennlig, kort og med enkle ord på alle spørsmål fra kundene.";

const check = (current: string, proposed: string) =>
	checkLanguage({ current, proposed }).map(({ severity, sentence }) => [severity, sentence]);

describe("checkLanguage", () => {
	test.each([
		["English", "German", english, german],
		["German", "English", german, english],
		["English", "French", english, french],
		["English", "Spanish", english, spanish],
		["English", "Italian", english, italian],
		["English", "Dutch", english, dutch],
		["English", "Polish", english, polish],
		["English", "Turkish", english, turkish],
		["English", "Russian", english, russian],
		["English", "Japanese", english, japanese],
		["English", "Chinese", english, chinese],
		["English", "Arabic", english, arabic],
		["French", "Polish", french, polish],
		["Japanese", "Chinese", japanese, chinese],
	])("tells a change from %s to %s", (from, to, current, proposed) => {
		const [finding, ...others] = check(current, proposed);
		expect(others).toEqual([]);
		expect(finding?.[0]).toBe("warning");
		expect(finding?.[1]).toMatch(new RegExp(`changes from ${from}.* to ${to}.*\\.$`));
	});

	test.each([
		[
			"German",
			"Du bist ein hilfreicher Assistent. Antworte immer höflich. Teile niemals Kundendaten. Halte dich kurz.",
		],
		["German", "Du hilfst Kunden.\n\n- Antworte immer höflich.\n- Teile niemals Daten.\n- Sei kurz."],
		["French", "Vous aidez les clients.\nRépondez toujours poliment.\nNe devinez jamais."],
		["Spanish", "Eres un asistente útil. Responde con educación. Usa frases cortas. Nunca adivines."],
		["Italian", "Sei un assistente utile. Rispondi sempre con cortesia. Non indovinare mai."],
		["Dutch", "Je helpt klanten. Antwoord altijd beleefd. Deel nooit gegevens. Wees kort."],
	])("tells a short change to %s and back", (name, short) => {
		const plain = "You help customers.\n\nAlways answer politely. Never share data. Keep it short.";
		expect(check(plain, short)).toEqual([
			["warning", `The main language of the prompt changes from English to ${name}.`],
		]);
		expect(check(short, plain)).toEqual([
			["warning", `The main language of the prompt changes from ${name} to English.`],
		]);
	});

	test.each([
		["German", german],
		["French", french],
		["Polish", polish],
		["Japanese", japanese],
	])("notes a new paragraph in %s, and where it stands", (name, paragraph) => {
		const current = `${english}\n\nOffer help with returns, and thank the customer for the patience that they have shown.`;
		const proposed = `${current}\n\n${paragraph}`;
		const findings = checkLanguage({ current, proposed });
		expect(findings.map(({ severity, sentence }) => [severity, sentence])).toEqual([
			["note", `A new paragraph is in ${name}, the rest of the proposed prompt is in English.`],
		]);
		expect(findings[0]?.places.map(({ start, end }) => proposed.slice(start, end))).toEqual([paragraph]);
	});

	test.each([
		[
			"another wording",
			english,
			"You help the customers of a shop for kettles. Be polite and brief, and use words that they understand.",
		],
		[
			"a new rule",
			english,
			`${english}\n\nNever promise a refund that the policy does not allow, and say so with regret.`,
		],
		["a few foreign words", english, `${english}\n\nSay “Guten Tag, wie kann ich helfen?” at first.`],
		[
			"code",
			english,
			`${english}\n\n\`\`\`python\nfor kessel in verkaufte_kessel:\n    antworte(kessel, freundlich=True, kurz=True, worte="einfach")\n    drucke(kessel)\n\`\`\``,
		],
		[
			"JSON",
			english,
			`${english}\n\n{"frage": "Wie lange dauert die Lieferung meines Kessels nach Hause?", "antwort": "Drei Tage, mit Versand."}`,
		],
		[
			"variables and tags",
			english,
			`${english}\n\n{{kundenname}} {{bestellnummer}} <zusammenfassung> {lieferadresse} <antwortformat> {rechnung}`,
		],
		[
			"links and paths",
			english,
			`${english}\n\nhttps://kessel.de/lieferung-und-versand/rueckgabe src/komponenten/kessel/antwort/freundlich.ts`,
		],
		[
			"a list of things",
			english,
			`${english}\n\nSKU, item, price, refund, kettle, lid, handle, spout, filter, cable, base, switch, lamp, box, label`,
		],
		["Spanish and Portuguese", spanish, portuguese],
		["Norwegian and Danish", norwegian, danish],
		["Russian and Ukrainian", russian, ukrainian],
		["a short text", "Be brief and polite.", "Sei kurz und höflich."],
		[
			"a short quotation in a short text",
			"You help customers. Keep it short.",
			"You help customers. Keep it short. Say “Ich kann dir das nicht sagen, aber wir sind für dich da”.",
		],
		[
			"short texts of relatives",
			"Du er en assistent. Svar alltid kort og vær høflig.",
			"Du är en assistent. Svara alltid kort och var artig.",
		],
		[
			"a short text of names",
			"You help customers. Keep it short.",
			"Le Creuset, La Mer, El Corte, Die Zeit, Das Auto, Der Spiegel",
		],
		[
			"another short wording",
			"You are polite. Never guess. Keep it short.",
			"Be polite and do not guess. Give short answers to all.",
		],
		["an empty current prompt", "", german],
		["an empty proposed prompt", german, ""],
		["numbers and signs", english, `${english}\n\n${"12 % + 4 / 7 = § 3 ".repeat(20)}`],
		["another order of the same paragraphs", `${english}\n\n${german}`, `${german}\n\n${english}`],
		["a paragraph taken away", `${english}\n\n${german}`, english],
	])("is silent about %s", (_name, current, proposed) => {
		expect(check(current, proposed)).toEqual([]);
	});

	test("does not take half of a prompt for its main language", () => {
		expect(
			check(`${english}\n\n${english}!`, `${english}\n\n${german}`).map(([severity]) => severity),
		).not.toContain("warning");
	});

	const anyText = fc
		.array(fc.oneof(fc.constantFrom(english, german, japanese, "\n", "\n\n", "```", "{{x}}"), fc.string()), {
			maxLength: 8,
		})
		.map((parts) => parts.join(""));
	test("never throws; places lie inside the text and are not empty", () => {
		fc.assert(
			fc.property(anyText, anyText, (current, proposed) =>
				checkLanguage({ current, proposed }).every(
					({ sentence, places }) =>
						sentence.endsWith(".") &&
						places.every(({ start, end }) => start >= 0 && end > start && end <= proposed.length),
				),
			),
			{ numRuns: 60 },
		);
	});
	test("two equal prompts have no finding", () => {
		fc.assert(
			fc.property(anyText, (text) => checkLanguage({ current: text, proposed: text }).length === 0),
			{ numRuns: 60 },
		);
	});
	test.each(["a", " ", "é ", "中", "\n", "{", "<", "a.", "a_", "`", "```\n", "https://", "@", "дом "])(
		"200 KB of %j stay fast",
		(words) => {
			const text = words.repeat(200_000 / new TextEncoder().encode(words).length);
			const startedMs = performance.now();
			checkLanguage({ current: english, proposed: text });
			expect(performance.now() - startedMs).toBeLessThan(3_000);
		},
	);
});
