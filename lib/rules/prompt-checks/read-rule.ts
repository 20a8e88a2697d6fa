import { limitAt } from "./read-limit";
import { aboutFormat, contentStem, numberOf, outputVerb, type RuleWordKind, ruleWordAt } from "./rule-words";

/** What a clause orders, as far as its words tell. */
export interface Rule {
	/** Its words in lower case without marks: equal for clauses that differ in case and layout only. */
	normal: string;
	/** Stems of its content words, each once, in their order. */
	stems: readonly string[];
	/** The strong and weak words in it, as written, by what they do. */
	words: ReadonlyMap<RuleWordKind, string>;
	/** It says what is not to be done. */
	isNegative: boolean;
	/** The stem after the word that forbids; null where it forbids by itself, as `refuse` does. */
	forbidden: string | null;
	/** The stem after the word that obliges. */
	obliged: string | null;
	numbers: readonly string[];
	/** `strong`: must, never, only, a limit, a secret. `weak`: should, avoid. `format`: an order about the answer's shape. */
	strength: "strong" | "weak" | "format" | "none";
	/** It tells how things are, as in "The shop is always open": seldom a rule. */
	isStatement: boolean;
	/** The strength comes from the line above its list, not from its own words. */
	isInherited: boolean;
	/** It ends with a colon: what it orders follows. */
	isOpening: boolean;
}

const longestClauseInWords = 160;
export const conditionWords = new Set(
	"if when whenever where unless because since whether while until why wenn falls weil solange si quand lorsque cuando".split(
		" ",
	),
);
const relativeWords = new Set("that which who they it he she i we users customers user customer".split(" "));
/** First words of a clause that tells how things are. */
const statementWords = new Set(
	"the a an it they he she there this that these those we our i their his her some many most users customers der die das es ein eine le la les il elle ils elles un une el los las ella ellos".split(
		" ",
	),
);
/** Who the prompt speaks to, also in the third person. */
const addressee =
	/^(?:the|this|an?|your|der|die|das|le|la|el|los|las)?\s?(?:assistant|agent|bot|chatbot|model|ai|system|answers?|repl(?:y|ies)|responses?|outputs?|messages?|summar(?:y|ies)|tone|format|following|rules?|antwort(?:en)?|réponses?|respuestas?|asistente|assistent)\b/iu;
/** Weak words that compare two rules, but make no recommendation of a sentence that has only them. */
const suggestions = new Set(
	"consider aim aims strive attempt encouraged recommended advised minimize minimise discouraged".split(" "),
);
/** What is forbidden in so many words is a rule, also where a sentence tells it: "It is forbidden to …". */
const ban =
	/^(?:forbidden|prohibited|not (?:allowed|permitted|authori[sz]ed)|verboten|untersagt|nicht (?:erlaubt|gestattet|zulässig)|unzulässig|interdite?s?|pas (?:permise?|autorisée?)|prohibid[oa]s?|no est(?:á|án) permitid[oa]s?|no se permiten?)$/u;
/** How often something is so, which is told of facts as often as it is ordered. */
const habits = new Set("always immer stets toujours siempre".split(" "));
const germanNot = new Set("nicht kein keine keinen keinem keiner keines nichts".split(" "));
const selfContained =
	/^(?:refus|declin|reject|lehne|verweiger|rechaz|niégue|niégate|forbid(?!den)|prohibit(?!ed))/;

interface Token {
	word: string;
	/** A comma, a colon or the like stands before it. */
	isAfterBreak: boolean;
}

/**
 * Reads what one clause orders. `heads` are the lines above its list, innermost first: under "Never:" an item
 * without a strong word of its own is a prohibition.
 *
 * `do not`, `cannot` and the like order nothing behind a condition or inside a relative clause ("if you do not
 * know", "requests that do not fit"); numbers make a limit only next to `at most` and its like, or
 * behind `limit … to`. Only words are
 * looked at, never the grammar: irony, double negation and quotation are beyond it.
 */
export function readRule(text: string, heads: readonly string[]): Rule {
	const tokens = tokensOf(text);
	const own = wordsOf(tokens);
	const ordersItself = (["must", "forbid", "only", "should", "avoid"] as const).some((kind) =>
		own.words.has(kind),
	);
	const inherited = ordersItself ? null : inheritedWord(heads);
	if (inherited !== null) {
		own.words.set(inherited.kind, inherited.word);
		if (inherited.kind === "forbid") own.forbidden = own.stems[0] ?? null;
		else own.obliged = own.stems[0] ?? null;
	}
	const { words } = own;
	const normal = tokens.map(({ word }) => word).join(" ");
	const isNegative = words.has("forbid") || words.has("avoid") || words.has("not");
	const isStrong = own.strong || inherited !== null;
	const isWeak = own.weak;
	const isFormat = !isStrong && !isWeak && aboutFormat.test(text) && outputVerb.test(text);
	return {
		normal,
		stems: [...new Set(own.stems)],
		words,
		isNegative,
		forbidden: own.forbidden,
		obliged: own.obliged,
		numbers: own.numbers,
		strength: isStrong ? "strong" : isWeak ? "weak" : isFormat ? "format" : "none",
		isStatement:
			(isStrong || isWeak) &&
			statementWords.has(tokens[0]?.word ?? "") &&
			!addressee.test(normal) &&
			!words.has("secret") &&
			!words.has("comply") &&
			!ban.test(words.get("forbid") ?? "") &&
			habits.has(words.get("must") ?? "always") &&
			!/\b(?:never|you)\b/.test(normal),
		isInherited: inherited !== null,
		isOpening: text.endsWith(":"),
	};
}

function tokensOf(text: string): Token[] {
	const tokens: Token[] = [];
	let end = 0;
	for (const { 0: written, index } of text.matchAll(/[\p{L}\p{M}\p{N}_]+(?:['’-][\p{L}\p{M}\p{N}_]+)*/gu)) {
		if (tokens.length >= longestClauseInWords) break;
		const isAfterBreak = index - end > 1 && /[,;:.!?()–—]/.test(text.slice(end, index));
		end = index + written.length;
		const word = written
			.toLowerCase()
			.replaceAll("’", "'")
			.replace(/^_+|_+$/g, "");
		// French and Italian elision: n'utilisez is two words.
		const elided = /^(n|l|d|qu|s|c|j|m|t)'(?!t$)(.+)$/u.exec(word);
		if (elided?.[1] === "n") tokens.push({ word: "ne", isAfterBreak });
		tokens.push({ word: elided?.[2] ?? word, isAfterBreak: isAfterBreak && elided?.[1] !== "n" });
	}
	return tokens;
}

interface Words {
	words: Map<RuleWordKind, string>;
	stems: string[];
	numbers: string[];
	forbidden: string | null;
	obliged: string | null;
	strong: boolean;
	weak: boolean;
}

function wordsOf(tokens: readonly Token[]): Words {
	const plain = tokens.map(({ word }) => word);
	const found: Words = {
		words: new Map(),
		stems: [],
		numbers: [],
		forbidden: null,
		obliged: null,
		strong: false,
		weak: false,
	};
	// What the next content word completes: "never" waits for what is forbidden.
	let waitsFor: "forbidden" | "obliged" | null = null;
	let isConditional = false;
	let isException = false;
	let mayAt = -10;
	for (let at = 0; at < plain.length; ) {
		const word = plain[at] ?? "";
		if (tokens[at]?.isAfterBreak) isConditional = false;
		if (conditionWords.has(word)) isConditional = true;
		const limit = isConditional ? null : limitAt(plain, at, at === 0 || tokens[at]?.isAfterBreak === true);
		if (limit !== null) {
			if (!found.words.has("at-most")) found.words.set("at-most", limit);
			found.strong = true;
			at += 1;
			continue;
		}
		const phrase = ruleWordAt(plain, at);
		if (phrase === null) {
			const number = numberOf(word);
			if (number !== null) found.numbers.push(number);
			const content = number === null ? contentStem(word) : null;
			if (content !== null && !isException) {
				found.stems.push(content);
				if (waitsFor === "forbidden") found.forbidden ??= content;
				if (waitsFor === "obliged") found.obliged ??= content;
				waitsFor = null;
			}
			at += 1;
			continue;
		}
		const written = plain.slice(at, at + phrase.length).join(" ");
		const kind = effectiveKind(phrase.kind, written, at, phrase.length, plain, isConditional, mayAt);
		if (kind === "may") mayAt = at;
		if (kind !== "neutral") {
			if (!found.words.has(kind)) found.words.set(kind, written);
			if (kind === "forbid" || kind === "avoid" || kind === "not")
				waitsFor = selfContained.test(written) ? null : "forbidden";
			else if (kind === "must" || kind === "should" || kind === "may") waitsFor ??= "obliged";
			if (strongKinds.has(kind)) found.strong = true;
			if ((kind === "should" || kind === "avoid") && !suggestions.has(written)) found.weak = true;
			// What stands behind "unless" is not what the rule is about.
			if (kind === "except" && found.stems.length > 2) isException = true;
		}
		// What a limit counts is told apart by its numbers; a secret is what the sentence is about.
		if (kind === "secret") found.stems.push(written);
		for (const each of plain.slice(at, at + phrase.length)) {
			const number = numberOf(each);
			if (number !== null) found.numbers.push(number);
		}
		at += phrase.length;
	}
	return found;
}

const strongKinds = new Set<RuleWordKind>([
	"must",
	"forbid",
	"only",
	"at-most",
	"at-least",
	"exactly",
	"secret",
	"comply",
]);

function effectiveKind(
	kind: RuleWordKind,
	written: string,
	at: number,
	length: number,
	plain: readonly string[],
	isConditional: boolean,
	mayAt: number,
): RuleWordKind {
	const [before = "", after = ""] = [plain[at - 1], plain[at + length]];
	if (kind === "at-most" || kind === "at-least") {
		const near = [...plain.slice(Math.max(0, at - 3), at), ...plain.slice(at + length, at + length + 3)];
		return near.some((word) => numberOf(word) !== null || word === "one") ? kind : "neutral";
	}
	if (
		kind === "forbid" &&
		/^(?:do not|don't|dont|cannot|can not|can't|may not|refuse|refuses|decline|reject|not allowed)$/.test(
			written,
		)
	) {
		if (isConditional || relativeWords.has(before)) return "neutral";
	}
	if (kind === "not") {
		if (isConditional || relativeWords.has(before)) return "neutral";
		// "Sie dürfen keine …", "vous ne pouvez pas …": what may not be done is forbidden.
		if (at - mayAt <= 4) return "forbid";
		const first = plain[0] ?? "";
		if (at === 0 && (written === "no" || written === "none") && after !== "") return "forbid";
		if (
			first === "ne" ||
			(germanNot.has(written) && at > 0 && !statementWords.has(first) && contentStem(first) !== null)
		)
			return "forbid";
		if (first === "no" && at === 0) return "forbid";
	}
	if (kind === "only" && (isConditional || before === "the" || before === "an")) return "neutral";
	if (kind === "exactly" && (isConditional || /^(?:what|how|why|where)$/.test(after))) return "neutral";
	// In questions and conditions these words ask, they do not order.
	if (kind === "must" && isConditional && written === "required") return "neutral";
	return kind;
}

/** The strong word at the end of the line above a list, as in "You must never:" or under "## Never". */
function inheritedWord(heads: readonly string[]): { kind: RuleWordKind; word: string } | null {
	for (const head of heads) {
		const tokens = tokensOf(head).map(({ word }) => word);
		const isList = /:[*_"”]{0,3}$/.test(head.trimEnd());
		if (!isList && tokens.length > 4) continue;
		for (let at = Math.max(0, tokens.length - 7); at < tokens.length; at += 1) {
			const phrase = ruleWordAt(tokens, at);
			if (phrase?.kind === "forbid" || phrase?.kind === "must")
				return { kind: phrase.kind, word: tokens.slice(at, at + phrase.length).join(" ") };
			if (phrase !== null) at += phrase.length - 1;
		}
	}
	return null;
}
