/**
 * What a word or phrase does to a sentence.
 * `must`, `forbid`: an obligation or prohibition without a way out. `only`, `limit`, `secret`: strong too, told
 * apart because each is lost in its own way. `comply`: strong where somebody else's rules are named.
 * `firm`: as strong as an order, but too common to make a sentence a rule (`make sure`). `not`: turns the
 * sentence round, without making it a rule. `should`, `avoid`: the weak forms. `may`: leaves it to the model.
 * `hedge`: takes from the strength of any other. `except`: opens a way out. `neutral`: looks like one of the
 * others and is none (`not only`, `do not hesitate`).
 */
export type RuleWordKind =
	| "must"
	| "forbid"
	| "only"
	| "at-most"
	| "at-least"
	| "exactly"
	| "secret"
	| "comply"
	| "firm"
	| "not"
	| "should"
	| "avoid"
	| "may"
	| "hedge"
	| "except"
	| "neutral";

const table: Record<RuleWordKind, string> = {
	must: `must, always, shall, required, mandatory, at all times, in all cases, in every case, are to, is obligatory,
		muss, musst, müssen, müsst, immer, stets, verpflichtet, zwingend, in jedem fall,
		doit, doivent, dois, devez, toujours, obligatoire, obligatoirement, impérativement,
		debe, debes, deben, debéis, deberá, deberás, siempre, obligatorio, obligatoriamente`,
	forbid: `must not, must never, mustn't, never, never ever, do not, don't, dont, do never, cannot, can not, can't,
		may not, shall not, shan't, are not to, is not to, not allowed, not permitted, not allow, forbidden, prohibited,
		forbid, prohibit, under no circumstances, in no case, on no account, at no time, refuse, refuses, refusing,
		decline, declines, reject, not acceptable, strictly no, you won't, will never, you will not,
		not authorized, not authorised, is unacceptable, nicht erlaubt, nicht gestattet, nicht zulässig, unzulässig,
		darf nicht, dürfen nicht, darfst nicht, dürft nicht, nie, niemals, verboten, untersagt, auf keinen fall,
		unter keinen umständen, keinesfalls, lehne, verweigere, lehnen, verweigern,
		jamais, interdit, interdite, interdits, interdites, pas permis, pas permise, pas autorisé, pas autorisée,
		défense de, en aucun cas, sous aucun prétexte, refuse, refusez, refuser,
		nunca, jamás, prohibido, prohibida, prohibidos, prohibidas, no está permitido, no está permitida,
		no están permitidos, no están permitidas, no se permite, no se permiten, bajo ninguna circunstancia, en ningún caso, de ningún modo, rechaza,
		rechace, no debe, no debes, no deben, no puede, no puedes, niégate, niéguese`,
	only: `only, exclusively, solely, nothing but, nothing else, no other, nur, ausschließlich, lediglich,
		uniquement, seulement, exclusivement, solo, sólo, solamente, únicamente, exclusivamente`,
	"at-most": `at most, no more than, not more than, not exceed, never exceed, maximum of, a maximum, max, maximum,
		or less, or fewer, oder weniger, ou moins, o menos, up to, under, below, fewer than, less than, no longer than, within, höchstens, maximal, nicht mehr als, au plus, au maximum,
		pas plus de, moins de, como máximo, máximo, no más de, menos de, a lo sumo`,
	"at-least": `at least, no fewer than, no less than, minimum of, a minimum, minimum, more than, or more, mindestens,
		wenigstens, au moins, au minimum, al menos, por lo menos, como mínimo, mínimo`,
	exactly: `exactly, precisely, verbatim, word for word, genau, wortwörtlich, exactement, précisément, exactamente,
		palabra por palabra`,
	secret: `confidential, confidentially, strictly private, secret, vertraulich, geheim, confidentiel,
		confidentielle, confidentiels, confidentielles, confidencial, confidenciales, secreto, secreta`,
	comply: `comply, complies, adhere strictly, strictly follow, without exception, non-negotiable, einzuhalten,
		ausnahmslos, sans exception, sin excepción`,
	firm: `make sure, ensure, ensures, be sure, need to, needs to, have to, has to, remember to, be careful, stop,
		strictly, instead of, rather than, without, until, stelle sicher, stellen sie sicher, achte darauf, ohne, bis,
		assure-toi, assurez-vous, veille à, veillez à, sans, asegúrate, asegúrese, sin, hasta`,
	not: `not, no, none, nobody, nothing, nowhere, nor, neither, isn't, aren't, doesn't, won't, wouldn't, didn't,
		without ever, nicht, kein, keine, keinen, keinem, keiner, keines, nichts, niemand, pas, aucun, aucune, rien,
		personne ne, ningún, ninguna, ninguno, nada`,
	should: `should, ought to, try, tries, aim, aims, strive, attempt, prefer, prefers, preferably, encouraged,
		recommended, advised, it is best, it is better, would be good, consider, sollte, sollten, solltest,
		solltet, soll, sollen, versuche, versuchen, bevorzuge, bevorzugen, bemühe dich, bemühen, empfohlen,
		devrait, devraient, devriez, devrais, essaie, essayez, essaye, tâche de, tâchez de, préfère, préférez,
		de préférence, recommandé, debería, deberías, deberían, intenta, intente, procura, procure, trata de, trate de,
		prefiere, prefiera, preferiblemente, recomendado`,
	avoid: `avoid, avoids, avoiding, shouldn't, should not, try not to, discouraged, minimize, minimise, limit the,
		be cautious about, vermeide, vermeiden, sollte nicht, sollten nicht, solltest nicht, möglichst nicht,
		évite, évitez, éviter, ne devrait pas, ne devriez pas, evita, evite, evitar, no debería, no deberías`,
	may: `may, can, could, might, feel free, allowed, permitted, authorized, authorised, are free to, optional, optionally,
		not forbidden, not prohibited, no longer forbidden, no longer prohibited, kannst, können,
		darf, dürfen, darfst, erlaubt, gestattet, zulässig, nicht verboten, nicht untersagt, peux, pouvez, peut,
		permis, permise, autorisé, autorisée, pas interdit, pas interdite, puedes, puede, permitido, permitida,
		permitidos, permitidas, se permite, se permiten, no está prohibido, no está prohibida, optionnel, opcional`,
	hedge: `where possible, when possible, whenever possible, wherever possible, if possible, as far as possible,
		as much as possible, if you can, when you can, where appropriate, when appropriate, if appropriate, generally,
		in general, usually, normally, typically, ideally, as a rule, in most cases, mostly, where practical,
		when practical, if practical, where feasible, if feasible, at your discretion, use your judgment,
		use your judgement, use judgment, use judgement, wenn möglich, falls möglich, sofern möglich, nach möglichkeit,
		möglichst, in der regel, normalerweise, im allgemeinen, idealerweise, meist, meistens, üblicherweise,
		grundsätzlich, si possible, dans la mesure du possible, en général, généralement, normalement, idéalement,
		habituellement, si es posible, en lo posible, en la medida de lo posible, generalmente, en general,
		normalmente, idealmente, habitualmente`,
	except: `unless, except, except for, except if, except when, with the exception, other than if, save for,
		apart from, exceptions, außer, es sei denn, ausgenommen, abgesehen von, sauf, à moins que, excepté, hormis,
		à exception, salvo, excepto, a menos que, a no ser que, con la excepción`,
	neutral: `under any circumstances, under any circumstance, at any time, in any way, in any case, by any means,
		for any reason, ever, whatsoever, not only, not necessarily, no matter, do not hesitate, don't hesitate, don't worry, do not worry,
		if not, whether or not, why not, not sure, no longer, no need, not just, not yet, if only, the only, an only,
		secret santa, not specified, if any, must-have, last but not least, required to know, as required, if required,
		when required, where required, muss nicht, müssen nicht, musst nicht, nicht nur, non seulement, no solo, no sólo, can't wait, can i, may i,
		the minimum, the maximum, within the, within a, within your, within this`,
};

/** Phrases by their first word, the longest first, so that `must not` is not read as `must`. */
const phrases = new Map<string, { words: string[]; kind: RuleWordKind }[]>();
for (const [kind, list] of Object.entries(table) as [RuleWordKind, string][]) {
	for (const phrase of list.split(",")) {
		const words = phrase.trim().split(/\s+/);
		const [first = ""] = words;
		phrases.set(first, [...(phrases.get(first) ?? []), { words, kind }]);
	}
}
for (const list of phrases.values()) list.sort((one, other) => other.words.length - one.words.length);

/** The longest phrase of the table that begins at a word, all in lower case; null where none does. */
export function ruleWordAt(
	words: readonly string[],
	at: number,
): { kind: RuleWordKind; length: number } | null {
	for (const { words: phrase, kind } of phrases.get(words[at] ?? "") ?? [])
		if (phrase.every((word, index) => words[at + index] === word)) return { kind, length: phrase.length };
	return null;
}

const stopWords = new Set(
	(
		"a an the this that these those it its they them their you your yours we our us i me my he she his her is are was " +
		"were be been being am do does did done have has had having will would and or but if then else when where while " +
		"for to of in on at by with from as into about over under than so such also just very any all each every some " +
		"other another same own there here which who whom whose what how why both either between through during before " +
		"after again once more most too up down out off per via e.g i.e eg ie etc please one s t let whenever wherever " +
		"assistant agent bot chatbot model ai because since even still yet whatever case time times way ways thing " +
		"der die das den dem des ein eine einen einem einer eines und oder aber wenn dann als auch auf aus bei bis durch für " +
		"gegen im in mit nach ohne seit über um unter von vor zu zum zur ist sind war sein haben hat du dich dir dein deine " +
		"sie ihr ihre ihnen er es wir uns man sich dass bitte so wie was wer wo " +
		"le la les l un une des du de d et ou mais si alors que qui quoi dont où à au aux en dans par pour sur avec est sont " +
		"été être avoir tu te toi ton ta tes vous votre vos il elle ils elles nous notre nos ne n ce cet cette ces se s y " +
		"el los las lo una unos unas del al y o u pero cuando entonces como con por para sobre es son ser estar tú tus su sus " +
		"usted ustedes él ella ellos nosotros no se le les que quien donde está están este esta estos estas ese esa"
	).split(" "),
);

/** Words of one meaning, so that a rule in other words is found again; the first of each line stands for all. */
const synonyms = new Map(
	[
		"reveal disclose divulge share expose leak tell show display mention preisgeben verrate verraten",
		"answer reply respond response",
		"customer client user caller shopper",
		"give provide offer supply grant",
		"check verify confirm validate",
		"change modify edit alter update",
		"delete remove erase drop",
		"short brief concise",
		"ask request",
		"output return produce emit",
		"help assist support",
		"promise guarantee commit",
		"make create generate build",
		"begin start",
		"buy purchase",
		"picture image photo",
		"mail email e-mail",
		"cite quote",
		"describe explain",
		"employee staff colleague",
		"illegal unlawful",
		"locate find",
	].flatMap((line) => {
		const [first = "", ...others] = line.split(" ").map(stem);
		return others.map((other): [string, string] => [other, first]);
	}),
);

/** The stem that stands for a word and those of its meaning; null for a word without a content of its own. */
export function contentStem(word: string): string | null {
	if (stopWords.has(word) || (word.length < 2 && !/\p{Script=Han}/u.test(word)) || /^\p{N}+$/u.test(word))
		return null;
	const stemmed = stem(word);
	return synonyms.get(stemmed) ?? stemmed;
}

/** Cuts the commonest endings of the four languages off: enough to see one word in two, not a dictionary's stem. */
function stem(word: string): string {
	const single = word.replace(/['’].*$/u, "");
	const base = without(without(single, ["es", "s"], 4), ["er"], 4);
	let stemmed = base === single || single.endsWith("s") ? without(base, ["ing", "ed", "en", "e"], 3) : base;
	if (stemmed.length > 3 && stemmed.at(-1) === stemmed.at(-2)) stemmed = stemmed.slice(0, -1);
	return stemmed.endsWith("y") ? `${stemmed.slice(0, -1)}i` : stemmed;
}

function without(word: string, endings: readonly string[], leastLeft: number): string {
	const ending = endings.find((each) => word.length - each.length >= leastLeft && word.endsWith(each));
	return ending === undefined ? word : word.slice(0, -ending.length);
}

const numberWords = new Map(
	(
		"two=2 three=3 four=4 five=5 six=6 seven=7 eight=8 nine=9 ten=10 twelve=12 twenty=20 zwei=2 drei=3 vier=4 " +
		"fünf=5 sechs=6 sieben=7 acht=8 neun=9 zehn=10 deux=2 trois=3 quatre=4 cinq=5 sept=7 huit=8 neuf=9 dix=10 " +
		"dos=2 tres=3 cuatro=4 cinco=5 seis=6 siete=7 ocho=8 nueve=9 diez=10"
	)
		.split(" ")
		.map((pair): [string, string] => {
			const [word = "", number = ""] = pair.split("=");
			return [word, number];
		}),
);

/** The number that a word says, in digits; null where it says none. `one` and its like are articles as often. */
export function numberOf(word: string): string | null {
	const first = word.charCodeAt(0);
	const isDigit = first < 128 ? first >= 48 && first <= 57 : /^\p{Nd}/u.test(word);
	return isDigit ? word : (numberWords.get(word) ?? null);
}

/** What a rule is about, where losing it may hurt somebody: secrets, law, health, money. */
export const sensitive =
	/\b(?:confidential\w*|secrets?|privacy|private (?:data|info\w*|key)|passwords?|credentials?|api keys?|access tokens?|\w+_tokens?|pii|personal (?:data|info\w*|details)|gdpr|hipaa|system prompt|these instructions|internal (?:notes?|data|info\w*|price\w*|polic\w*)|social security|ssn|medical|diagnos\w*|medication|dosage|suicid\w*|self-harm|minors?|children|weapons?|violen\w*|illegal|unlawful|legal\w*|law|laws|lawyer|discriminat\w*|sexual\w*|refunds?|discounts?|compensation|credit cards?|card numbers?|iban|bank (?:account|details)\w*|payments?|charge customers?|warrant(?:y|ies)|liabilit\w*|verif\w+ (?:the |their |your )?(?:identity|customer\w*)|exfiltrat\w*|main branch|pushing to main|delet\w+ (?:data|repositor\w+|accounts?|production)|vertraulich\w*|geheim\w*|passw[oö]rt\w*|personenbezogen\w*|datenschutz\w*|erstattung\w*|rabatte?|rechtlich\w*|rechtsberatung|diagnosen?|zahlung\w*|confidentiel\w*|mots? de passe|données personnelles|remboursement\w*|remises?|juridique\w*|médica\w*|paiements?|confidencial\w*|contraseñas?|datos personales|reembolsos?|descuentos?|legales|médic\w*|pagos?)(?![\p{L}\p{N}])/iu;

/** A sentence about the shape of the answer. */
export const aboutFormat =
	/\b(?:json|xml|ya?ml|csv|markdown|html|latex|bullet points?|plain text|code block|schema)\b/i;
export const outputVerb =
	/\b(?:output|outputs|respond|response|responses|reply|replies|answer|answers|return|returns|format|formatted|write|produce|emit|antworte|antworten|ausgabe|réponds|répondez|sortie|responde|responda|salida)\b/i;
