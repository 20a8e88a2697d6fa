import { firstOf, type Hit, hitsOf, isInventedNumber, onlyDigits } from "./content-hit";

const international = /(?<![\w+./-])(?:\+|00)[1-9][\d ()./-]{6,20}\d(?![\w-]|\.\d)/g;
const national = new RegExp(
	`(?<![\\w+.,/(-]|\\d )(?:${[
		"\\(\\d{3}\\) ?\\d{3}[-. ]\\d{4}",
		"\\d{3}[-. ]\\d{3}[-. ]\\d{4}",
		"0[1-9](?:[ .-]\\d{2}){4}",
		"\\(?0[1-9]\\d{1,3}\\)?[ /-]{1,2}\\d{3,4}[ -]?\\d{2,5}(?:[ -]\\d{1,4})?",
	].join("|")})(?![\\w-]|[., ]\\d)`,
	"g",
);
const besidePhone =
	/(?:phone|tel|telephone|call|fax|mobile|cell|whatsapp|telefon|handy|rufnummer|téléphone|portable|teléfono|móvil)\b[^\n\d+]{0,12}(\d{8,13})(?!\d)/giu;

/** Phone numbers with a country code, in the usual national groups, or behind a word such as “phone”; the value is the digits. */
export function findPhones(text: string): Hit[] {
	const judge = (value: string): Partial<Hit> | null => {
		const digits = onlyDigits(value).replace(/^00/, "");
		if (digits.length < 8 || digits.length > 15 || isInventedNumber(digits)) return null;
		// 555-01xx is kept for fiction, and 555 in front for examples; a date is none.
		if (
			/^1?\d{0,3}55501\d\d$|^1?555/.test(digits) ||
			/\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{4}/.test(value)
		)
			return null;
		return { value: digits.replace(/^0/, ""), masked: `${value.slice(0, 4).trim()}…${value.slice(-2)}` };
	};
	return [
		...hitsOf(text, international, (value) =>
			value.startsWith("00") && !/[ ()./-]/.test(value) ? null : judge(value),
		),
		...hitsOf(text, national, judge),
		...hitsOf(text, besidePhone, judge),
	];
}

/** How long an IBAN of each country is. */
const ibanLengths = new Map(
	"AD24 AE23 AL28 AT20 BA20 BE16 BG22 BR29 CH21 CY28 CZ24 DE22 DK18 EE20 ES24 FI18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 HR21 HU28 IE22 IL23 IS26 IT27 KZ20 LB28 LI21 LT20 LU20 LV21 MC27 MD24 ME22 MK19 MT31 MU30 NL18 NO15 PL28 PT25 QA29 RO24 RS22 SA24 SE24 SI19 SK24 SM27 TN24 TR26 UA29"
		.split(" ")
		.map((entry) => [entry.slice(0, 2), Number(entry.slice(2))]),
);
/** The beginnings of IBANs that handbooks and payment services print. */
const printedIban =
	/^(?:DE89370400440532013000|GB82WEST|GB29NWBK|GB33BUKB|FR1420041010050500013M02606|FR7630006000|CH9300762011|NL91ABNA|ES9121000418|AT611904300|BE68539007547034|IT60X0542811101|IE29AIBK|LU280019400)/;

/** International bank account numbers of the length that their country has, with a right checksum. */
export function findIbans(text: string): Hit[] {
	return hitsOf(
		text,
		/(?<![A-Za-z0-9])[A-Z]{2}\d{2} ?[A-Z0-9](?:[A-Z0-9]| (?=[A-Z0-9])){10,40}/g,
		(value, start) => {
			const length = ibanLengths.get(value.slice(0, 2)) ?? 0;
			let end = 0;
			let iban = "";
			while (end < value.length && iban.length < length) {
				const character = value.charAt(end);
				if (character !== " ") iban += character;
				end += 1;
			}
			if (length === 0 || iban.length !== length || /^[A-Z0-9]/.test(text.slice(start + end))) return null;
			if (printedIban.test(iban) || !hasIbanChecksum(iban)) return null;
			return { value: iban, end: start + end, masked: `${iban.slice(0, 4)}…${iban.slice(-2)}` };
		},
	);
}

/** ISO 13616: country and checksum moved to the end, letters as 10 to 35, is 1 modulo 97. */
function hasIbanChecksum(iban: string): boolean {
	let rest = 0;
	for (const character of iban.slice(4) + iban.slice(0, 4)) {
		const value = Number.parseInt(character, 36);
		rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
	}
	return rest === 1;
}

/** Test cards of payment services; their other ones hold eight zeros in a row, or end in them. */
const testCard =
	/^(?:(?:42){8}|4(?:1{15}|0128888+1+)|5{12}4444|5105105105105100|2223003122003222|378282246310005|371449635398431|6011(?:1{11}7|000990139424)|30569309025904|3530111333300000)$|0{7}/;

/** Card numbers of the known issuers with a right check digit. */
export function findCards(text: string): Hit[] {
	return hitsOf(text, /(?<![\w.+-])\d(?:[ -]?\d){12,18}(?![\w-]|\.\d)/g, (value) => {
		const digits = onlyDigits(value);
		if (!/^(?:4|5[1-5]|2[2-7]|3[47]|35|36|6011|65)/.test(digits) || testCard.test(digits)) return null;
		if (new Set(digits).size <= 3 || !hasLuhnDigit(digits)) return null;
		return { value: digits, masked: `${digits.slice(0, 4)}…${digits.slice(-2)}` };
	});
}

/** ISO/IEC 7812: every second digit from the right doubled, the sum of all digits ends in 0. */
function hasLuhnDigit(digits: string): boolean {
	let sum = 0;
	for (const [index, digit] of [...digits].reverse().entries()) {
		const doubled = Number(digit) * (index % 2 === 1 ? 2 : 1);
		sum += doubled > 9 ? doubled - 9 : doubled;
	}
	return sum % 10 === 0;
}

const numbered = new RegExp(
	`(?<![\\p{L}\\p{N}])(?:${[
		"account|acct|order|invoice|ticket|customer|client|contract|policy|booking|reservation|tracking|member|passport|case",
		"bestellung|bestell|rechnung|rechnungs|kunden|vertrags|auftrags|ticket|konto",
		"commande|facture|dossier|client|compte",
		"pedido|factura|cuenta|cliente",
	].join(
		"|",
	)})(?:s?[- ]?(?:number|nummer|no\\.?|nr\\.?|num\\.?|id|numéro|n°|número|ref\\.?)(?: is| ist)?[:#= ]{0,3}|[:=]? ?#)((?:[A-Z]{1,5}-?)?\\d[\\d-]{3,20}\\d)(?![\\p{L}\\p{N}]|[.-]\\d)`,
	"giu",
);

/** Numbers of five digits and more behind a word such as “order” and a sign such as “no.” or #. */
export function findAccounts(text: string): Hit[] {
	return hitsOf(text, numbered, (value) => {
		const digits = onlyDigits(value);
		if (digits.length < 5 || isInventedNumber(digits) || /^\d{4}-\d{2}(?:-\d{2})?$/.test(value)) return null;
		return { value: value.toUpperCase(), masked: `${firstOf(value, 3)}…${value.slice(-2)}` };
	});
}
