import { firstOf, type Hit, hitsOf } from "./content-hit";

const email =
	/(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}._%+-]{1,64}@(?:[\p{L}\p{N}-]{1,63}\.){1,5}\p{L}{2,24}(?![\p{L}\p{N}@-])/gu;
const placeholderDomain =
	/(?:^|\.)(?:example|test|invalid|localhost|local|internal)$|(?:^|\.)(?:example|acme|contoso|foo|bar|foobar|domain|company|firma|yourcompany|your-company|yourdomain|your-domain|mycompany|mydomain|email|provider|test|sample|somewhere|users\.noreply\.github)\.[a-z.]{2,7}$/i;
const placeholderMailbox =
	/^(?:[a-z]|names?|user|username|you|your[._-]?(?:name|email|mail)|e?mail|someone|somebody|me|first(?:name)?[._-]?last(?:name)?|vorname[._-]?nachname|john[._-]?doe|jane[._-]?doe|(?:max|erika)[._-]?mustermann|foo|bar|test|x+|abc|git|alice|bob)\d{0,3}$/i;
const office =
	/^(?:info|support|help|helpdesk|sales|contact|kontakt|no-?reply|do-?not-?reply|service|services|customer-?service|kundenservice|hello|hallo|team|admin|office|billing|accounts|security|privacy|datenschutz|press|presse|jobs|careers|postmaster|webmaster|abuse|feedback|legal|orders|returns|bot|noreply-\w{1,20})$/i;

/** E-mail addresses; those of an office such as `support@` are a note. */
export function findEmails(text: string): Hit[] {
	if (!text.includes("@")) return [];
	return hitsOf(text, email, (value) => {
		const [mailbox = "", domain = ""] = value.split("@");
		// `react@1.0.0-beta.next` is a package.
		if (/^\d+\.\d/.test(domain) || placeholderDomain.test(domain) || placeholderMailbox.test(mailbox))
			return null;
		const top = domain.slice(domain.lastIndexOf(".") + 1);
		return {
			value: value.toLowerCase(),
			masked: `${firstOf(mailbox, 2)}…@${firstOf(domain, 2)}….${top}`,
			severity: office.test(mailbox) ? "note" : "warning",
		};
	});
}

/** A name of a street that is used for examples. */
const exampleStreet = /^123 |main st|muster|fake|sample|example|beispiel|evergreen|baker st|exemple|ejemplo/i;
const postalAddress = new RegExp(
	`(?<![\\p{L}\\p{N}])(?:${[
		"\\p{Lu}[\\p{Ll}-]{1,30}(?:straße|strasse|str\\.|gasse|allee|platz|weg) \\d{1,4}[a-z]?(?= *(?:[,.;\\n)]|\\d{5}|$))",
		"\\d{1,5} (?:[NSEW]\\.? )?(?:\\p{Lu}\\p{Ll}{1,20} ){1,3}(?:Street|St\\.|Avenue|Ave\\.?|Road|Rd\\.?|Boulevard|Blvd\\.?)(?![\\p{L}])",
		"\\d{1,5} (?:\\p{Lu}\\p{Ll}{1,20} ){1,3}(?:Lane|Drive|Court|Way|Square|Close),? [^\\n]{0,40}?(?:[A-Z]{2} \\d{5}|[A-Z]{1,2}\\d{1,2}[A-Z]? \\d[A-Z]{2})",
		"\\d{1,4}(?: bis| ter)?,? (?:rue|avenue|boulevard|allée|impasse) (?:de |du |des |d['’]|la |l['’]){0,3}\\p{Lu}[\\p{L}-]{2,30}",
		"(?:Calle|Avenida|Avda\\.|Paseo|Plaza) (?:de |del |la |los |las ){0,3}\\p{Lu}[\\p{L}]{2,30},? \\d{1,4}",
	].join("|")})`,
	"gu",
);

/** Streets with a number, as they are written in English, German, French and Spanish. */
export function findPostalAddresses(text: string): Hit[] {
	return hitsOf(text, postalAddress, (value) =>
		exampleStreet.test(value) ? null : { value: value.toLowerCase(), masked: `${firstOf(value, 4)}…` },
	);
}

/** First names that are common where the four languages of this check are spoken. */
const firstNames = new Set(
	"Aaron Adam Ahmed Aisha Alan Albert Alejandro Alex Alexander Alexandra Ali Alice Amanda Amelia Amy Ana Andrea Andreas Andrew Angela Anja Anna Anne Antoine Antonio Anthony Ben Benjamin Bernd Birgit Brian Camille Carla Carlos Carmen Carol Caroline Catherine Céline Charles Charlotte Chloé Chris Christian Christina Christine Christopher Claire Claudia Daniel Daniela David Deborah Diana Diego Dirk Elena Elisabeth Elizabeth Emily Emma Eric Erik Esther Eva Fatima Felix Fernando Florian Francisco Frank François Françoise Franziska Gabriel George Grace Greta Hannah Hans Heike Helen Helena Henry Hugo Ian Ingrid Isabel Isabelle Jack Jacob Jacques James Jan Jana Javier Jean Jeff Jennifer Jens Jessica Joan Johannes Jonas Jonathan Jorge José Joseph Joshua Juan Julia Julian Julie Jürgen Karen Karin Karl Katharina Katherine Kevin Klaus Lars Laura Lauren Lea Lena Leon Linda Lisa Louis Lucas Lucía Lucy Luis Luisa Lukas Manuel Marc Marcel Marco Marcus Margaret Maria María Marie Marion Mark Markus Marta Martin Martina Mary Matthew Matthias Maya Melanie Mia Michael Michel Michelle Miguel Mohamed Mohammed Monika Nadia Nathalie Nicole Nina Noah Nora Olga Oliver Olivia Pablo Patricia Patrick Paul Paula Pedro Peter Petra Philip Philipp Philippe Pierre Rachel Rafael Ralf Raúl Rebecca Richard Robert Rosa Ruth Ryan Sabine Samantha Samuel Sandra Sara Sarah Scott Sebastian Sergio Simon Simone Sofia Sophia Sophie Stefan Stefanie Stephanie Stephen Steven Susan Susanne Sven Teresa Thomas Tim Timothy Tobias Tom Ulrich Ursula Uwe Valentina Vanessa Vera Victor Victoria Walter Werner William Wolfgang Yusuf Zoe".split(
		" ",
	),
);
const person =
	/(?<![\p{L}\p{N}])(?:(?:customer|client|patient|caller|employee|tenant|applicant|kunde|kundin|patientin|klient|cliente|paciente|Customer|Client|Patient|Caller|Kunde|Kundin|Cliente)(?: named?| is|:)? |(?:Mr|Mrs|Ms|Mme|Herrn?|Frau|Sra?\.|Señora?|Monsieur|Madame)\.? )(\p{Lu}[\p{Ll}-]{1,20}(?: \p{Lu}[\p{L}'’-]{1,25}){0,2})/gu;
const inventedName =
	/\b(?:Doe|Mustermann|Musterfrau|Smith|Dupont|Example|Bean|President|Präsident|Speaker|Chair(?:man)?)\b/;

/** Names behind a title, or behind “customer” and its like with a common first name. */
export function findPeople(text: string): Hit[] {
	return hitsOf(text, person, (name, _start, match) => {
		const [first = "", last] = name.split(" ");
		const isAddressed = /^(?:Mr|Mrs|Ms|Mme|Herr|Frau|Sr|Se|Mo|Ma)/.test(match[0]);
		if (inventedName.test(name) || (!isAddressed && (last === undefined || !firstNames.has(first))))
			return null;
		if (isAddressed && /^(?:Doktor|Professor|Und|Or|And|Oder|X|Y|Z)\b/.test(name)) return null;
		return {
			value: name.toLowerCase(),
			masked: name
				.split(" ")
				.map((part) => `${firstOf(part, 2)}…`)
				.join(" "),
		};
	});
}
