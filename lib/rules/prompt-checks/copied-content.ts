import { firstOf, type Hit, hitsOf } from "./content-hit";
import { findHosts, findIps, findSecretAddresses } from "./find-links";
import { findAccounts, findCards, findIbans, findPhones } from "./find-numbers";
import { findEmails, findPeople, findPostalAddresses } from "./find-people";
import { findBlobs, findIds, findKeys } from "./find-secrets";
import type { Finding, PromptCheck, Severity } from "./finding";
import { findNewLines } from "./new-lines";

/** Finds one kind of thing in a stretch of text. */
interface Detector {
	one: string;
	many: string;
	find: (text: string) => Hit[];
}

const maxExamples = 3;
const maxPlaces = 50;
/** The severities from the worst to the mildest. */
const ranks: readonly Severity[] = ["severe", "warning", "note"];

/**
 * What looks copied from traffic and is not in the current prompt: keys and tokens (severe); e-mail addresses,
 * phone, card, IBAN and account numbers, public IP addresses, postal addresses, names of customers, blobs and
 * addresses of pages that carry a secret (warning); UUIDs and hashes, addresses of an office such as
 * `support@`, new hosts and quoted texts of 80 characters and more (note). Examples are masked. Fenced examples
 * count as well: they are sent to the model too.
 *
 * Not told: placeholders (`<…>`, `{…}`, `xxx`, `your-…`, example.com, `name@company.com`, 555-01xx, the test
 * cards of payment services, the IBANs of handbooks, documentation and private IP ranges), and what the current
 * prompt has in any form. Limits: names only behind a word such as “customer” or “Mrs” and, behind the former,
 * with a common first name; postal addresses of four languages; phone numbers without a country code only
 * in the usual groups. A national number may be an id, and an example may be invented: nothing here knows.
 */
export const checkCopiedContent: PromptCheck = ({ current, proposed }) => {
	const stretches = findNewLines(current, proposed);
	if (stretches.length === 0) return [];
	const found = detect(proposed, stretches);
	if (found.every((hits) => hits.length === 0)) return [];
	const known = detect(current, [{ start: 0, end: current.length }]);
	return detectors.flatMap((detector, index) => {
		const values = new Set(known[index]?.map(({ value }) => value));
		const added = found[index]?.filter(({ value }) => !values.has(value)) ?? [];
		return added.length === 0 ? [] : [findingOf(detector, added)];
	});
};

function findingOf({ one, many }: Detector, hits: readonly Hit[]): Finding {
	const masked = [...new Map(hits.map((hit) => [hit.value, hit.masked])).values()];
	const noun = masked.length === 1 ? `1 ${one}` : `${masked.length} ${many}`;
	const inOrder = [...hits].sort((left, right) => left.start - right.start);
	const more = masked.length > maxExamples ? " …" : "";
	return {
		check: "copied-content",
		severity: ranks.find((rank) => hits.some(({ severity }) => severity === rank)) ?? "note",
		sentence: `The proposed prompt adds ${noun}: ${masked.slice(0, maxExamples).join(", ")}${more}.`,
		places: inOrder.slice(0, maxPlaces).map(({ start, end }) => ({ side: "proposed", start, end })),
	};
}

/** Runs every detector; what one has taken is not taken again, so that a link's number is no account. */
function detect(text: string, stretches: readonly { start: number; end: number }[]): Hit[][] {
	const isTaken = new Uint8Array(text.length);
	return detectors.map(({ find }) =>
		stretches.flatMap((stretch) =>
			find(text.slice(stretch.start, stretch.end)).flatMap((hit) => {
				const [start, end] = [hit.start + stretch.start, hit.end + stretch.start];
				if (start >= end || isTaken[start] === 1 || isTaken[end - 1] === 1) return [];
				isTaken.fill(1, start, end);
				return [{ ...hit, start, end }];
			}),
		),
	);
}

/** A mark opens before a word and closes behind one; what stands between two quotations is none. */
const quoted =
	/(?<![\p{L}\p{N}"'.,!?`])"(?=[^\s"])([^"\n]{80,2000})(?<=[^\s\\])"(?![\p{L}\p{N}"])|“([^“”\n]{80,2000})”|„([^„“”\n]{80,2000})[“”]|«([^«»\n]{80,2000})»/gu;

function findQuotedTexts(text: string): Hit[] {
	return hitsOf(text, quoted, (_value, _start, match) => {
		const inner = match.slice(1).find((group) => group !== undefined) ?? "";
		if (/^\s*[{[<]/.test(inner) || !/\p{L} \p{L}/u.test(inner)) return null;
		return {
			severity: "note",
			start: match.index,
			end: match.index + match[0].length,
			value: inner.replace(/\s+/g, " ").trim(),
			masked: `“${firstOf(inner.trim(), 24)}…”`,
		};
	});
}

/** In this order: what one detector takes, the next ones leave alone. */
const detectors: readonly Detector[] = [
	{ one: "key or token", many: "keys or tokens", find: findKeys },
	{ one: "link that carries a secret", many: "links that carry a secret", find: findSecretAddresses },
	{ one: "host that it links to", many: "hosts that it links to", find: findHosts },
	{ one: "long encoded text", many: "long encoded texts", find: findBlobs },
	{ one: "e-mail address", many: "e-mail addresses", find: findEmails },
	{ one: "UUID or hash", many: "UUIDs or hashes", find: findIds },
	{ one: "bank account number (IBAN)", many: "bank account numbers (IBAN)", find: findIbans },
	{ one: "card number", many: "card numbers", find: findCards },
	{ one: "account or order number", many: "account or order numbers", find: findAccounts },
	{ one: "IP address", many: "IP addresses", find: findIps },
	{ one: "phone number", many: "phone numbers", find: findPhones },
	{ one: "postal address", many: "postal addresses", find: findPostalAddresses },
	{ one: "name of a person", many: "names of people", find: findPeople },
	{ one: "long quoted text", many: "long quoted texts", find: findQuotedTexts },
];
