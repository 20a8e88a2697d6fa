import type { Finding, Place, PromptCheck, Severity } from "./finding";
import { findNewLines } from "./new-lines";

/** A phrase that was found, `text.slice(start, end)`. */
interface Hit {
	start: number;
	end: number;
	/** The phrase in lower case with single spaces: the same phrase in the current prompt is not new. */
	key: string;
}

/** One sort of phrase, with the patterns of four languages. Words are joined by ` `, which stands for any white space. */
interface Sort {
	/** After “The proposed prompt ”, before the phrase. */
	says: string;
	severity: Severity;
	/** A marker is what it is wherever it stands; a sentence may be quoted or forbidden. */
	isMarker?: true;
	/**
	 * How its phrases begin, in ASCII: the patterns are tried at these words only, as they are slow to try at
	 * every letter of a long text.
	 */
	begins: RegExp;
	patterns: readonly RegExp[];
}

const maxPlaces = 50;
/** A text that holds more of one sort needs no further proof. */
const maxHits = 300;
const maxExamples = 3;
/** How far before and after a phrase its own sentence, and the sentences beside it, are read. */
const contextLength = 400;

function words(...beginnings: readonly string[]): RegExp {
	return new RegExp(`(?<![A-Za-z0-9])(?:${beginnings.join("|")})`, "gi");
}

/** The letters of the four languages; Unicode's own classes take long to prepare in so many patterns. */
const letter = "[A-Za-zÀ-ɏ]";

/** Builds a pattern that is tried at one place: a space is up to four white spaces, no word goes on at the end. */
function phrase(source: string): RegExp {
	const spaced = source.replaceAll(" ?", "\\s{0,4}").replaceAll(" ", "\\s{1,4}").replaceAll("LETTER", letter);
	return new RegExp(`(?<![A-Za-zÀ-ɏ0-9])(?:${spaced})(?![A-Za-zÀ-ɏ0-9])`, "iy");
}

const before =
	"(?:previous|prior|above|earlier|preceding|foregoing|former|existing|original|initial|system|safety|your|these)";
const toldThings =
	"(?:instructions?|rules|prompts?|guidelines|directions|directives|commands|constraints|guardrails|restrictions)";
const sorts: readonly Sort[] = [
	{
		says: "tells the model to ignore what it was told",
		severity: "severe",
		begins: words(
			...[
				"ignor",
				"disregard",
				"forget",
				"overrid",
				"bypass",
				"discard",
				"stop following",
				"vergiss",
				"vergesse",
			],
			...["missacht", "oubli", "ne t", "fais abs", "olvid", "haz caso", "no hagas", "descart"],
		),
		patterns: [
			phrase(
				`(?:ignore|disregard|forget|override|bypass|discard|stop following) (?:(?:all|any|every|each|of|the|your|my|these|those|this) ){0,4}${before}(?:,? (?:(?:and|or) )?${before}){0,2} (?:(?:system|safety|developer|user) )?${toldThings}`,
			),
			phrase(
				`(?:ignore|disregard|forget) (?:all|any|the|your) (?:of )?(?:the |your )?${toldThings} (?:above|before|so far|(?:that )?you (?:were|have been|got|received)|(?:that )?(?:came|come|given) (?:before|above|earlier))`,
			),
			phrase(
				"(?:ignore|disregard|forget) (?:everything|anything|all)(?: that)? (?:above|before this|previously|so far|you (?:were|have been|know|learned))",
			),
			phrase("(?:ignore|disregard) (?:all (?:of )?)?the above(?=\\s{0,4}(?:[.!,;:]|and|$))"),
			phrase(
				"(?:ignoriere?|vergiss|vergesse|missachte|ignorieren Sie|vergessen Sie|missachten Sie) (?:(?:alle|alles|sämtliche|die|deine|ihre|jegliche) ){0,3}(?:(?:bisherigen?|vorherigen?|vorigen?|obigen?|früheren?|vorangegangenen?|ursprünglichen?|deine|diese) ){1,2}(?:anweisungen|regeln|instruktionen|vorgaben|befehle|prompts?)",
			),
			phrase("(?:vergiss|ignoriere) alles(?:,)? (?:was|bisher|vorher|davor|oben)"),
			phrase(
				"(?:ignore[rz]?|oublie[rz]?|ne (?:tiens|tenez) (?:pas|aucun) compte (?:de|des)|fais abstraction de) (?:(?:toutes?|tous|les|tes|vos|des|ces) ){0,3}(?:instructions|consignes|règles|directives) (?:précédentes|antérieures|ci-dessus|initiales|reçues|d['’]origine)",
			),
			phrase(
				"(?:ignora|ignore|olvida|olvide|haz caso omiso de|no hagas caso de|descarta) (?:(?:todas|todos|las|tus|sus|estas) ){0,3}(?:instrucciones|reglas|indicaciones|órdenes|directrices) (?:anteriores|previas|de arriba|iniciales|originales|recibidas)",
			),
		],
	},
	{
		says: "gives the model another role or mode",
		severity: "severe",
		begins: words(
			...[
				"you",
				"act",
				"operate",
				"respond",
				"answer",
				"switch",
				"enter",
				"now ",
				"developer",
				"dan ",
				"god ",
			],
			...["jailbreak", "sudo", "unrestricted", "from now", "starting now", "pretend", "behave as", "du bist"],
			...["sie sind", "tu es", "vous ", "ahora", "a partir"],
		),
		patterns: [
			phrase(
				"you(?: are|['’]re) (?:now|no longer) (?:a|an|the|bound|restricted|limited|in (?:LETTER{1,20} ){0,2}mode|dan|free|unrestricted|unfiltered|uncensored|jailbroken|evil)",
			),
			phrase(
				"(?:(?:you(?: are|['’]re)|act|operate|respond|answer|switch|enter|activate|now) (?:LETTER{1,20} ){0,3}(?:developer|debug|dan|god|jailbreak|sudo|admin|unrestricted) mode)(?! (?:on|of|in) (?:the|their|your|a|an|his|her)\\b)",
			),
			phrase(
				"(?:developer|dan|god|jailbreak|sudo|unrestricted) mode (?:is )?(?:now )?(?:enabled|activated|unlocked)",
			),
			phrase(
				"(?:from now on|starting now),? (?:you (?:are|will (?:be|act|obey|do)|act|have no)|act as|pretend)",
			),
			phrase(
				"(?:pretend|act as if|behave as if) (?:that )?you (?:have|had) no (?:rules|restrictions|limits|guidelines|filters?)",
			),
			phrase(
				"(?:du bist|sie sind) (?:jetzt|nun|ab sofort|von nun an|ab jetzt) (?:ein|eine|der|die|das|nicht mehr|kein|keine|im)",
			),
			phrase(
				"(?:tu es|vous êtes) (?:maintenant|désormais|à présent|dorénavant) (?:un|une|le|la|l['’]LETTER{2,20}|en mode|libre)",
			),
			phrase("(?:ahora|a partir de ahora) (?:eres|serás|es usted) (?:un|una|el|la|libre)"),
		],
	},
	{
		says: "tells the model to keep something from the user",
		severity: "severe",
		begins: words(
			...[
				"do not",
				"don",
				"never",
				"without",
				"keep",
				"hide",
				"sag",
				"erz",
				"verrat",
				"ohne dass",
				"n['’]en",
				"à l",
			],
			...["no ", "sin que"],
		),
		patterns: [
			phrase(
				"(?:do not|don['’]?t|never|without) (?:tell|telling|inform|informing|notify|notifying|alert|alerting|warn|warning|let) (?:the |this |any )?(?:users?|customers?|clients?|owners?|operators?|admins?|administrators?|developers?|anyone|humans?) (?:know )?(?:about|of) (?:this|these|that|it)(?: (?:instructions?|rules?|changes?|messages?|prompts?|actions?))?(?=\\s{0,4}(?:[.!,;)]|$|\\n))",
			),
			phrase(
				"(?:without the (?:user|customer|owner|operator)s?(?:['’]s?)? (?:knowing|noticing|knowledge|consent))",
			),
			phrase(
				"(?:keep|hide) (?:this|these instructions|it) (?:a )?(?:secret )?from (?:the )?(?:users?|customers?|owners?|operators?|developers?|anyone)",
			),
			phrase(
				"(?:sag|sage|erzähl|erzähle|verrate|sagen sie) (?:dem|der|den) (?:nutzer|nutzerin|nutzern|benutzer|kunden|kundin|anwender) (?:nichts davon|nichts darüber|davon nichts|nichts von dieser)",
			),
			phrase(
				"ohne dass (?:der|die|ein) (?:nutzer|nutzerin|benutzer|kunde|kundin|anwender) (?:es|das|davon) (?:merkt|erfährt|weiß|bemerkt)",
			),
			phrase(
				"(?:n['’]en (?:parle|parlez|dis|dites) (?:pas|rien) (?:à l['’]utilisateur|au client|aux utilisateurs)|à l['’]insu de l['’]utilisateur)",
			),
			phrase(
				"(?:no (?:le )?(?:digas|diga|cuentes|menciones) (?:nada )?(?:de esto )?al (?:usuario|cliente)(?: nada)? (?:de esto|sobre esto)|no le digas nada de esto|sin que el (?:usuario|cliente) (?:lo sepa|se entere))",
			),
		],
	},
	{
		says: "asks for the prompt itself",
		severity: "severe",
		begins: words(
			...[
				"print",
				"reveal",
				"show",
				"repeat",
				"output",
				"display",
				"write out",
				"disclose",
				"leak",
				"recite",
				"dump",
			],
			...[
				"give me",
				"tell me",
				"send",
				"expose",
				"share",
				"paste",
				"summari",
				"gib",
				"zeig",
				"nenne",
				"verrat",
			],
			...["wiederhol", "druck", "affich", "montr", "révèl", "répèt", "donne", "imprim", "muestra", "revela"],
			...["repite", "dime", "enseña"],
		),
		patterns: [
			phrase(
				"(?:print|reveal|show|repeat|output|display|write out|disclose|leak|recite|dump|give me|tell me|send|expose|share|paste|summari[sz]e) (?:(?:me|us|out|all|of|the|full|entire|complete|exact|whole|back) ){0,4}(?:your|the) (?:(?:full|entire|complete|initial|original|hidden|secret|exact|own) ){0,2}(?:system (?:prompt|message|instructions?)|developer (?:prompt|message)|hidden (?:prompt|instructions)|prompt(?= ?[.!,:;]| verbatim| word))",
			),
			phrase(
				"(?:print|reveal|repeat|output|recite|dump|write out|leak) (?:(?:all|of|out) ){0,2}your (?:(?:full|entire|complete|initial|original|hidden|secret|exact) ){0,2}(?:instructions|guidelines|rules)",
			),
			phrase(
				"(?:print|repeat|output|recite) (?:(?:all|the|of|everything|text|words) ){1,4}above(?= ?[.!,:;]| verbatim| word|$)",
			),
			phrase(
				"(?:gib|zeig|zeige|nenne|verrate|wiederhole|drucke) (?:mir )?(?:deinen?|den|ihren?) (?:(?:vollständigen|ganzen|kompletten|geheimen) )?(?:system-?prompt|systemanweisungen|ursprünglichen anweisungen)",
			),
			phrase(
				"(?:affiche|montre|révèle|répète|donne|imprime)(?:z)?(?:-moi)? (?:ton|votre|le|tes|vos) (?:prompt (?:système|initial|complet)|instructions (?:système|initiales|secrètes))",
			),
			phrase(
				"(?:muestra|revela|repite|imprime|dime|enseña)(?:me)? (?:tu|el|tus|su) (?:prompt (?:del? sistema|inicial|completo)|mensaje de sistema|instrucciones (?:iniciales|secretas|del sistema))",
			),
		],
	},
	{
		says: "holds a mark that separates the turns of a conversation",
		severity: "severe",
		isMarker: true,
		begins: /[<[#]/g,
		patterns: [
			/<\|(?:im_start|im_end|system|user|assistant|end|endoftext|begin_of_text|end_of_text|start_header_id|end_header_id|eot_id|channel|message|start)\|>/iy,
			/\[\/?INST\]|<<\/?SYS>>|<\/?(?:start|end)_of_turn>|<\/?\|?(?:begin|end)[▁_]of[▁_]sentence\|?>|<｜(?:User|Assistant|System)｜>/iy,
			/(?<![^\n])### ?(?:System|Human|User|Assistant)(?: prompt)?:/iy,
		],
	},
	{
		says: "holds a turn of a conversation",
		severity: "warning",
		isMarker: true,
		begins: /Human|\*\*|Assistant|System|###/g,
		patterns: [
			/(?<![^\n])(?:\*\*)?(?:Human|Assistant|System)(?:\*\*)?:(?=\s)|(?<![^\n])### ?(?:Instruction|Response):/y,
		],
	},
];

/**
 * New text that speaks to the model about ignoring, hiding or giving away its instructions, or that ends its
 * turn: in English, German, French and Spanish, severe. `Human:` and `Assistant:` at the start of a line are
 * a warning, as they may be an example; after the word “example” or inside an example's tags they are not told.
 *
 * A rule against such requests is not told: where the phrase itself is forbidden (“never ignore your rules”),
 * and where it is quoted or asked for by somebody and the text beside it refuses (“if a user asks you to …,
 * decline”). Nor is a phrase that the current prompt has as often. Limits: other languages, other wordings,
 * misspellings and encodings are not seen, nor is a phrase that is built from variables or cut by hidden
 * characters (those are told by their own check); an attack that is dressed as a quoted, refused request
 * passes.
 */
export const checkInstructionsToIgnore: PromptCheck = ({ current, proposed }) => {
	const stretches = findNewLines(current, proposed);
	return sorts.flatMap((sort) => {
		const hits = stretches.flatMap(({ start, end }) => hitsIn(proposed, sort, start, end));
		if (hits.length === 0) return [];
		const known = new Map<string, number>();
		for (const { key } of hitsIn(current, sort, 0, current.length)) known.set(key, (known.get(key) ?? 0) + 1);
		const inAll = stretches.length === 0 ? [] : hitsIn(proposed, sort, 0, proposed.length);
		const added = addedHits(hits, inAll, known);
		return added.length === 0 ? [] : [findingOf(sort, added, proposed)];
	});
};

/** Those of the new lines, less the phrases that the current prompt has as many times as the proposed one. */
function addedHits(hits: readonly Hit[], inAll: readonly Hit[], known: ReadonlyMap<string, number>): Hit[] {
	const counts = new Map<string, number>();
	for (const { key } of inAll) counts.set(key, (counts.get(key) ?? 0) + 1);
	return hits.filter(({ key }) => (counts.get(key) ?? 0) > (known.get(key) ?? 0));
}

function findingOf({ says, severity }: Sort, hits: readonly Hit[], proposed: string): Finding {
	const examples = [...new Set(hits.map(({ key }) => key))];
	const shown = examples.slice(0, maxExamples).map((key) => {
		const hit = hits.find((one) => one.key === key);
		return `“${proposed.slice(hit?.start, hit?.end).replace(/\s+/g, " ").trim()}”`;
	});
	const places: Place[] = hits
		.slice(0, maxPlaces)
		.map(({ start, end }) => ({ side: "proposed", start, end }));
	return {
		check: "instructions-to-ignore",
		severity,
		sentence: `The proposed prompt ${says}: ${shown.join(", ")}${examples.length > maxExamples ? " …" : ""}.`,
		places,
	};
}

function hitsIn(text: string, { begins, patterns, isMarker }: Sort, from: number, to: number): Hit[] {
	const stretch = text.slice(from, to);
	const hits: Hit[] = [];
	let freeFrom = from;
	for (const { index } of stretch.matchAll(begins)) {
		const start = from + index;
		if (hits.length >= maxHits) break;
		if (start < freeFrom) continue;
		const found = phraseAt(stretch, index, patterns);
		if (found === null) continue;
		const end = start + found.length;
		freeFrom = end;
		if (isMarker === true ? isExample(text, start, end) : isDefence(text, start, end)) continue;
		hits.push({ start, end, key: found.toLowerCase().replace(/\s+/g, " ") });
	}
	return hits;
}

/** The first of the sticky patterns that matches at this place. */
function phraseAt(text: string, index: number, patterns: readonly RegExp[]): string | null {
	for (const pattern of patterns) {
		pattern.lastIndex = index;
		const match = pattern.exec(text);
		if (match !== null) return match[0];
	}
	return null;
}

const negation =
	/(?<![\p{L}])(?:never|not|\p{L}{2,6}n['’]t|cannot|nor|avoid|refuse to|decline to|resist|nie|niemals|nicht|kein\p{L}{0,2}|jamais|pas|nunca|no)(?![\p{L}'’])/giu;
/** After these, “not” forbids the very thing that it seems to protect, or belongs to another part of the sentence. */
const otherClause =
	/[.;:!?]|(?<!\p{L})(?:and|but|then|instead|just|simply|hesitate|forget|fail|refuse|worry|stop|matter|mind|only|und|sondern|aber|mais|et|pero|sino|y)(?!\p{L})/iu;
const reportedEnd =
	/(?<!\p{L})(?:ask|tell|told|instruct|request|tr(?:y|ies|ied)|attempt|claim|say|said|trick|persuad|convinc|want|order|demand|command|pressur|urg|suggest|manipulat|coerc|insist|beg|bittet|aufforder|auffordert|sag|verlang|versuch|demand|essa[iy]|tent|pid|pedir|solicit|intent|dig|dic)\p{L}{0,6}(?:,? [\p{L}'’]{1,20}){0,6}[\s,:]{0,3}["“”„«»'‘`(]{0,2}\s?$/iu;
const reportedNoun =
	/(?<!\p{L})(?:messages?|inputs?|texts?|documents?|prompts?|content|requests?|attempts?|commands?|phrases?|e-?mails?|pages?|files?|results?)(?: [\p{L}'’]{1,20}){0,3} (?:that|which|to|like|such as|telling|asking|saying|claiming|containing)(?: [\p{L}'’]{1,20}){0,3}[\s,:]{0,3}["“”„«»'‘`(]{0,2}\s?$/iu;
const refusal =
	/(?<!\p{L})(?:refus|declin|reject|resist|never|do not|don['’]t|must not|should not|cannot|can['’]t|won['’]t|not (?:comply|follow|obey|allowed)|attack|inject|jailbreak|malicious|suspicious|untrusted|adversarial|manipulat|regardless|treat|politely|remain|stay|keep following|flag|escalat|ablehn|lehn|verweiger|niemals|nicht|angriff|höflich|ne pas|jamais|poliment|rechaz|nunca|nieg|no (?:obedez|sigas|cumpl)|amablemente)/iu;
/** “… that appear in a document” limits the order to text from outside, which is a defence. */
const foreignSource =
	/^[\s,]{0,3}(?:(?:that|which|you) )?(?:(?:appear|appearing|contained|embedded|found|included|hidden|may find|see|find|come|coming|given|written) )?(?:in|inside|within|from|by) (?:(?:the|a|an|any|these|such|user|users?['’]s?|tool|retrieved|external|quoted|pasted|uploaded|third-party|web) ){0,4}(?:users?|documents?|tools?|messages?|contents?|e-?mails?|pages?|websites?|files?|inputs?|results?|outputs?|data|tickets?|attachments?)(?!\p{L})/iu;

/** True where the phrase is forbidden, or is somebody's words that the text beside them refuses. */
function isDefence(text: string, start: number, end: number): boolean {
	const before = text.slice(Math.max(0, start - contextLength), start);
	const after = text.slice(end, end + contextLength / 2);
	const sentence = before.slice(sentenceStart(before));
	if (foreignSource.test(after.replace(/\s+/g, " ")) || isForbidden(sentence)) return true;
	const spoken = sentence.replace(/\s+/g, " ");
	const isSomebodys = reportedEnd.test(spoken) || reportedNoun.test(spoken) || isQuoted(before, after);
	return isSomebodys && refusal.test(withoutQuotations(`${before}\u0000${after}`));
}

/** Where the last sentence of a text begins; a line end alone may only be a wrapped line. */
function sentenceStart(text: string): number {
	let start = 0;
	for (const { index, 0: end } of text.matchAll(/[.!?]["”»]?\s|\n\s{0,20}(?:\n|[-*•#>]|\d{1,3}[.)])/g)) {
		start = index + end.length;
	}
	return start;
}

function isForbidden(sentence: string): boolean {
	const last = [...sentence.slice(-120).matchAll(negation)].at(-1);
	if (last === undefined) return false;
	const between = sentence.slice(-120).slice(last.index + last[0].length);
	if (otherClause.test(between) || between.split(/\s+/).length > 10) return false;
	return !between.includes(",") || /(?<!\p{L})(?:or|nor|oder|ou|o|ni)(?!\p{L})/iu.test(between);
}

function isQuoted(before: string, after: string): boolean {
	const line = before.slice(before.lastIndexOf("\n") + 1).slice(-120);
	const isOpened =
		/(?:^|[^\p{L}\p{N}])["“„«'‘`][^"“”„«»`\n]{0,100}$/u.test(line) || /[“„«][^”»\n]{0,100}$/.test(line);
	return isOpened && /^[^"“„«`\n]{0,150}["”“»'’`]/.test(after);
}

/** Quoted words refuse nothing. The phrase itself is the NUL. */
function withoutQuotations(text: string): string {
	return text.replace(
		/"[^"\n]{0,200}"|“[^”\n]{0,200}”|„[^“\n]{0,200}“|«[^»\n]{0,200}»|`[^`\n]{0,200}`/g,
		" ",
	);
}

const exampleSign =
	/example|beispiel|exemple|ejemplo|<(?:conversation|dialogu?e?|transcript|sample)|few-?shot|\bsample|transcript|demonstration|looks like this/i;

/** True for a mark that is talked about, or a turn that belongs to an example. */
function isExample(text: string, start: number, end: number): boolean {
	const before = text.slice(Math.max(0, start - contextLength), start);
	const after = text.slice(end, end + contextLength / 2);
	const isToken = /^[<[]/.test(text.slice(start, end));
	if (!isToken) return exampleSign.test(before);
	return (
		isQuoted(before, after) &&
		/refus|reject|never|do not|don['’]t|strip|escape|remove|treat|token|delimiter|marker|template/i.test(
			withoutQuotations(`${before} ${after}`),
		)
	);
}
