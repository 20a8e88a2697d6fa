import { isNoVariable, speaksOfHtml } from "./angle-names";
import { findCode, isProgram } from "./find-code";

/**
 * How a variable is written.
 * `print`: `{{x}}`; `raw`: `{{{x}}}` and `{{&x}}`; `tag`: named in `{% … %}` or `{{#…}}`; `file`: what
 * `{% include %}` and `{{> }}` bring in; `brace`: `{x}`; `dollar-brace`: `${x}`; `dollar`: `$x`;
 * `angle`: `<x>`; `percent-name`: `%(x)s`; `percent`: `%s`, which has no name.
 */
export type VariableForm =
	| "print"
	| "raw"
	| "tag"
	| "file"
	| "brace"
	| "dollar-brace"
	| "dollar"
	| "angle"
	| "percent-name"
	| "percent";

export interface Variable {
	form: VariableForm;
	/** The dotted path without its brackets; for `percent` the placeholder itself. */
	name: string;
	/** The whole occurrence with its brackets, in UTF-16 units. */
	start: number;
	end: number;
	/** `{ x }`: JavaScript as often as a variable; counts only where the name is a variable elsewhere. */
	isDoubtful?: true;
}

/** An opening or closing mark of something that has two: an XML-like section or a block of a template. */
export interface Mark {
	name: string;
	isClosing: boolean;
	start: number;
	end: number;
}

interface VariablesOfText {
	/** In the order of the text. */
	variables: Variable[];
	/** `<rules>` and `</rules>`. */
	sections: Mark[];
	/** `{% if %}` and `{% endif %}`, `{{#each}}` and `{{/each}}`. */
	blocks: Mark[];
}

/** What the prompt and its counterpart say about how they are filled in; read from both, so that they agree. */
interface TemplateHabits {
	/** `{{` and `}}` stand for single braces, as in Python's `str.format`. */
	doublesAreEscapes: boolean;
	/** `{{#if x}}` is used, so `{{a b}}` calls the helper `a`. */
	hasHelpers: boolean;
	/** `{{if .x}}` is used, so `{{end}}` is no name. */
	isGo: boolean;
	/** Names that are closed somewhere, as in `</rules>`: structure, not variables. */
	sectionNames: ReadonlySet<string>;
	/** `<input>` is an element of HTML there. */
	hasHtml: boolean;
}

const longestTemplate = 600;
const longestAngle = 60;

const name = String.raw`[\p{L}_][\p{L}\p{M}\p{N}_]{0,79}`;
const path = String.raw`${name}(?:\.[\p{L}\p{N}_]{1,80}|\[[\p{L}\p{N}_'"-]{1,40}\]){0,8}`;
const pythonFormat = String.raw`(?:![rsa])?(?::(?:[^{}\n]?[<>=^])?[+ -]?#?0?(?:\d{1,4}[,_]?(?:\.\d{1,3})?[bcdeEfFgGnosxX%]?|[,_]?\.\d{1,3}[eEfFgG%]?|[,_]|[dfgs%])?|:%[A-Za-z][^{}\n]{0,40})?`;
const braced = new RegExp(String.raw`\{(${path}|\d{1,2})${pythonFormat}\}`, "uy");
const spacedBrace = new RegExp(String.raw`\{[ \t]{1,3}(${name})[ \t]{1,3}\}`, "uy");
const dollarBraced = new RegExp(String.raw`\$\{[ \t]{0,3}(${path})[ \t]{0,3}\}`, "uy");
const dollarNamed = new RegExp(String.raw`\$(${name})`, "uy");
const percentNamed = /%\(([\p{L}_][\p{L}\p{N}_ ]{0,79})\)[-+#0]?\d{0,4}(?:\.\d{1,3})?[sdifr]/uy;
const percentPlain = /%[-+]?\d{0,3}(?:\.\d{1,2})?[sdifr](?![\p{L}\p{N}_%])/uy;
const opening = /<([A-Za-z][A-Za-z0-9]{0,30}(?:[ _-][A-Za-z0-9]{1,30}){0,7})>/y;
const closing = /<\/([A-Za-z][A-Za-z0-9_:. -]{0,60})>/y;
const openingWithAttributes = /<([A-Za-z][A-Za-z0-9_-]{0,60})\s[^<>\n]{0,300}>/y;

const environment = new Set(
	"HOME PATH USER PWD SHELL TMPDIR TEMP LANG EDITOR HOSTNAME LOGNAME UID PS1 IFS USD US EUR GBP CAD AUD NZD HKD SGD".split(
		" ",
	),
);
const jsonSchemaWords = new Set("schema ref id defs anchor comment vocabulary".split(" "));
const notNames = new Set("return break continue pass else null true false none undefined".split(" "));

/** What both prompts together say about their template language. */
export function readHabits(texts: readonly string[]): TemplateHabits {
	const all = texts.join("\n\n");
	const isMustacheOrJinja = /\{%-?\s*\w|\{\{[#/>^&!~-]|\{\{\s{0,3}[\w.]{1,80}\s{0,3}\|/.test(all);
	// An escaped brace opens JSON: a quote, a line end or a bracket follows, never a name.
	const hasEscapes = /\{\{\s{0,20}(?:["'[\n]|\}\})|\{\{[ \t]{0,20}\r?\n/.test(all);
	const hasSingles = /(?:^|[^{$])\{[\p{L}_][\p{L}\p{N}_.]{0,80}\}(?!\})/u.test(all) || /\{\{\{\w/.test(all);
	return {
		doublesAreEscapes: !isMustacheOrJinja && hasEscapes && hasSingles,
		isGo: /\{\{-?\s{0,3}(?:if|range|with)\s/.test(all),
		hasHelpers: /\{\{[~]?[#/]/.test(all),
		hasHtml: speaksOfHtml(all),
		sectionNames: new Set(
			[...all.matchAll(/<\/([A-Za-z][A-Za-z0-9_-]{0,60})/g)].map(([, found]) => found ?? ""),
		),
	};
}

/**
 * The template variables of a prompt: what a caller fills in before the model reads it.
 *
 * Known: Jinja and Mustache / Handlebars (`{{x}}`, `{{{x}}}`, `{{#if x}}`, `{{> x}}`, `{{ x | f }}`,
 * `{% if x %}`; names bound by `for`, `set`, `with`, `macro` and block parameters are the template's own and
 * left out, as are filters, tests, helpers and calls), Python's `str.format` (`{x}`, `{x!r:>10}`, `{0}`,
 * `{x.y[0]}`), `${x}`, `$x`, `%s`, `%(x)s`, and `<x>` where the name looks like a placeholder.
 *
 * Not taken for variables: JSON, CSS, interfaces (a name alone must stand in the braces), LaTeX and regular
 * expressions, amounts and percentages, HTML, generics (`List<x>`), sections that are closed somewhere,
 * `<thinking>`-like section names, `<answer>` where it is written into, `{% raw %}`, comments of the template, and inside blocks of program code
 * everything but `{{x}}`, `{% %}` and `%(x)s`. Inline code hides `$x`, `%s` and `<x>`.
 *
 * `{{` and `}}` are taken for escaped braces, and what is in them for text, when either prompt also has
 * `{x}` and a `{{` that opens JSON, and neither has a tag, a helper or a filter.
 *
 * Missed: `[NAME]`, `{}`, `__NAME__`, `#{x}`, a `$x` of one letter on a line with a second `$`. Jinja names
 * are the template's own in the whole text, not only in their block. Time is linear in the text.
 */
export function findVariables(text: string, habits: TemplateHabits): VariablesOfText {
	const reader = new Reader(text, habits);
	reader.read();
	return reader.found();
}

class Reader {
	private readonly variables: Variable[] = [];
	private readonly sections: Mark[] = [];
	private readonly blocks: Mark[] = [];
	private readonly locals = new Set<string>();
	private readonly code;
	private codeAt = 0;
	private readonly next = new Map<string, number>();
	private readonly expressions = new Map<string, string[] | null>();
	/** Where the last group of a LaTeX command ended: the one that touches it belongs to it too. */
	private groupEnd = -1;
	private lastDollar = Number.NEGATIVE_INFINITY;

	constructor(
		private readonly text: string,
		private readonly habits: TemplateHabits,
	) {
		this.code = findCode(text);
	}

	found(): VariablesOfText {
		return {
			variables: this.variables.filter(
				({ form, name: found }) =>
					(form !== "print" && form !== "raw" && form !== "tag") || !this.locals.has(rootOf(found)),
			),
			sections: this.sections,
			blocks: this.blocks,
		};
	}

	read(): void {
		const starts = /[{<%$]/g;
		for (let hit = starts.exec(this.text); hit !== null; hit = starts.exec(this.text)) {
			const end = this.readAt(hit[0], hit.index);
			if (end > hit.index) starts.lastIndex = end;
		}
	}

	/** Reads what begins at `at` and returns where it ends, or `at` where nothing does. */
	private readAt(character: string, at: number): number {
		const following = this.text[at + 1];
		if (character === "{" && following === "{") return this.readDouble(at);
		if (character === "{" && following === "%") return this.readTag(at);
		if (character === "{" && following === "#") return this.skipComment(at);
		if (character === "{") return this.readBrace(at);
		if (character === "$") return this.readDollar(at);
		if (character === "<") return this.readAngle(at);
		return this.readPercent(at);
	}

	private add(form: VariableForm, found: string, start: number, end: number): number {
		this.variables.push({ form, name: found, start, end });
		return end;
	}

	/** Where `needle` stands next; remembered, so that many openings without an end stay linear. */
	private indexOf(needle: string, from: number): number {
		const known = this.next.get(needle);
		if (known !== undefined && (known === -1 || known >= from)) return known;
		const found = this.text.indexOf(needle, from);
		this.next.set(needle, found);
		return found;
	}

	private match(pattern: RegExp, at: number): RegExpExecArray | null {
		pattern.lastIndex = at;
		return pattern.exec(this.text);
	}

	/** The code that `at` stands in. Asked from front to back. */
	private codeOf(at: number) {
		while ((this.code[this.codeAt]?.end ?? Number.POSITIVE_INFINITY) <= at) this.codeAt += 1;
		const stretch = this.code[this.codeAt];
		return stretch !== undefined && stretch.start <= at ? stretch : null;
	}

	private isInProgram(at: number): boolean {
		const code = this.codeOf(at);
		return code !== null && isProgram(code);
	}

	private isAfterCommand(at: number): boolean {
		if (this.groupEnd === at) return true;
		const before = this.text.slice(Math.max(0, at - 24), at);
		return /\\[A-Za-z]{1,20}$|\^$|\\$/.test(before);
	}

	private readDouble(at: number): number {
		const { text } = this;
		const isTriple = text[at + 2] === "{";
		if (this.habits.doublesAreEscapes) {
			if (isTriple) return at + 2;
			const close = this.indexOf("}}", at + 2);
			const literal = close === -1 ? null : /^[\p{L}_][\p{L}\p{N}_.]*$/u;
			return literal !== null && close - at < 100 && literal.test(text.slice(at + 2, close))
				? close + 2
				: at + 2;
		}
		// GitHub's own expressions: the workflow fills them in, not the caller of the prompt.
		if (text[at - 1] === "$") return at + 2;
		const close = this.indexOf("}}", at + 2);
		if (close === -1 || close - at > longestTemplate) return at + 2;
		const end = close + (isTriple && text[close + 2] === "}" ? 3 : 2);
		if (this.groupEnd === at || this.isAfterCommand(at)) {
			this.groupEnd = end;
			return end;
		}
		const code = this.codeOf(at);
		if (code !== null && /^(?:jsx|tsx|vue|svelte|ya?ml)$/.test(code.language)) return at + 2;
		const inside = text.slice(at + (isTriple ? 3 : 2), close).replace(/^[~-]|[~-]$/g, "");
		return this.readMustache(inside.trim(), isTriple ? "raw" : "print", at, end) ? end : at + 2;
	}

	private readMustache(inside: string, form: "print" | "raw", start: number, end: number): boolean {
		const sigil = inside[0] ?? "";
		const rest = inside.slice(1).trim();
		if (inside === "" || sigil === "!") return true;
		if (sigil === ">") {
			const partial = /^[\w./"'-]{1,120}/.exec(rest)?.[0];
			if (partial === undefined) return false;
			this.add("file", partial.replace(/["']/g, ""), start, end);
			return true;
		}
		if (sigil === "/") {
			this.blocks.push({ name: rest.split(/\s/, 1)[0] ?? "", isClosing: true, start, end });
			return true;
		}
		if (sigil === "#" || sigil === "^") {
			const [block = "", ...others] = rest.split(/\s+/);
			if (!/^[\p{L}_@][\p{L}\p{N}_.-]*$/u.test(block)) return false;
			this.blocks.push({ name: block, isClosing: false, start, end });
			const parameters = /\|([^|]{1,120})\|/.exec(rest)?.[1] ?? "";
			for (const local of parameters.split(/\s+/)) if (local !== "") this.locals.add(local);
			const expression = others.length === 0 ? block : others.join(" ").replace(/\bas \|[^|]*\|/, "");
			this.addNames(expression, "tag", start, end);
			return true;
		}
		if (sigil === "&") return this.addNames(rest, "raw", start, end);
		if (inside === "end" && this.habits.isGo) return true;
		// Go's templates and `{{else if x}}` have their tags in the same braces.
		const isTag = /^(?:else|if|range|with|end|template|define|block)\b/.test(inside);
		return this.addNames(inside, isTag ? "tag" : form, start, end);
	}

	private readTag(at: number): number {
		const close = this.indexOf("%}", at + 2);
		if (close === -1 || close - at > longestTemplate) return at + 2;
		const end = close + 2;
		const inside = this.text
			.slice(at + 2, close)
			.replace(/^[-+]|[-+]$/g, "")
			.trim();
		const tag = /^[a-z_]+/.exec(inside)?.[0];
		if (tag === undefined) return at + 2;
		const rest = inside.slice(tag.length).trim();
		if (tag === "raw" || tag === "verbatim") {
			return Math.max(end, this.indexOf(`end${tag}`, end));
		}
		if (/^(?:if|for|block|macro|filter|call|with|autoescape)$/.test(tag))
			this.blocks.push({ name: tag, isClosing: false, start: at, end });
		else if (tag.startsWith("end"))
			this.blocks.push({ name: tag.slice("end".length), isClosing: true, start: at, end });
		if (tag === "include" || tag === "extends" || tag === "import" || tag === "from") {
			const file = /^["']([^"'\n]{1,200})["']/.exec(rest)?.[1];
			if (file !== undefined) this.add("file", file, at, end);
			else this.addNames(rest, "tag", at, end);
		} else if (tag === "for") {
			const [bound = "", ...others] = rest.split(/\sin\s/);
			for (const [local] of bound.matchAll(/[\p{L}_][\p{L}\p{N}_]{0,79}/gu)) this.locals.add(local);
			this.addNames(others.join(" in "), "tag", at, end);
		} else if (tag === "set" || tag === "with") {
			const equals = rest.indexOf("=");
			const bound = equals === -1 ? rest : rest.slice(0, equals);
			for (const [local] of bound.matchAll(/[\p{L}_][\p{L}\p{N}_]{0,79}/gu)) this.locals.add(local);
			if (equals !== -1) this.addNames(rest.slice(equals + 1), "tag", at, end);
		} else if (tag === "macro" || tag === "call") {
			for (const [local] of rest.matchAll(/[\p{L}_][\p{L}\p{N}_]{0,79}/gu)) this.locals.add(local);
		} else if (tag === "if" || tag === "elif" || tag === "unless" || tag === "case" || tag === "when") {
			this.addNames(rest, "tag", at, end);
		}
		return end;
	}

	private skipComment(at: number): number {
		const close = this.indexOf("#}", at + 2);
		return close === -1 ? at + 2 : close + 2;
	}

	/** Adds every name of an expression; false where it is none, as `"a": 1` is not. */
	private addNames(expression: string, form: VariableForm, start: number, end: number): boolean {
		const hasHelpers = this.habits.hasHelpers || form === "tag";
		const key = `${hasHelpers} ${expression}`;
		const known = this.expressions.get(key);
		const names = known === undefined ? namesOf(expression, hasHelpers) : known;
		this.expressions.set(key, names);
		for (const found of names ?? []) this.add(form, found, start, end);
		return names !== null;
	}

	private readBrace(at: number): number {
		const spaced = this.match(spacedBrace, at);
		const plain = spaced ?? this.match(braced, at);
		const found = plain?.[1];
		if (plain === null || found === undefined) {
			// A group of LaTeX with anything in it, so that the group after it is known for one too.
			if (this.isAfterCommand(at)) {
				const close = this.indexOf("}", at);
				if (close !== -1 && close - at < 100) this.groupEnd = close + 1;
			}
			return at;
		}
		const end = at + plain[0].length;
		if (this.isAfterCommand(at)) {
			this.groupEnd = end;
			return end;
		}
		const before = this.text.slice(Math.max(0, at - 12), at);
		// A quantifier `a{3}`, an index of LaTeX `x_{i}`, a name in JSDoc, an import, a path in a list of routes.
		if (/^\d/.test(found) && /[\p{L}\p{N}_\])}.*+?\\]$/u.test(before)) return end;
		if (/_$/.test(before) && found.length <= 2) return end;
		if (/@(?:param|returns?|type) $|\b(?:import|export|const|let|var) $/.test(before)) return end;
		if (notNames.has(found.toLowerCase())) return end;
		const code = this.codeOf(at);
		if (code !== null && (isProgram(code) || (code.kind === "inline" && before.endsWith("/")))) return end;
		if (spaced !== null && code?.kind === "block") return end;
		if (spaced === null) return this.add("brace", found, at, end);
		this.variables.push({ form: "brace", name: found, start: at, end, isDoubtful: true });
		return end;
	}

	private readDollar(at: number): number {
		if (this.isInProgram(at)) return at + 1;
		const before = this.text[at - 1] ?? "";
		const inBraces = this.match(dollarBraced, at);
		if (inBraces?.[1] !== undefined) {
			const end = at + inBraces[0].length;
			return before === "\\" || environment.has(inBraces[1])
				? end
				: this.add("dollar-brace", inBraces[1], at, end);
		}
		const named = this.match(dollarNamed, at);
		const found = named?.[1];
		if (named === null || found === undefined) return at + 1;
		const end = at + named[0].length;
		const after = this.text[end] ?? "";
		if (/[\p{L}\p{N}_$\\"']/u.test(before) || after === "$" || after === "(") return end;
		if (environment.has(found) || (jsonSchemaWords.has(found) && /["'`.]/.test(before + after))) return end;
		if (this.codeOf(at) !== null) return end;
		// Mathematics: a second mark closes it on the same line, without a space before it.
		const second = this.indexOf("$", end);
		const hasSecond = second !== -1 && second - end < 160 && !this.text.slice(end, second).includes("\n");
		if (
			hasSecond &&
			!/\s/.test(this.text[second - 1] ?? "") &&
			!/[\p{L}\p{N}_$]/u.test(this.text[second + 1] ?? "")
		)
			return end;
		const first = this.lastDollar;
		this.lastDollar = at;
		const hasFirst = at - first < 160 && !this.text.slice(Math.max(0, first), at).includes("\n");
		if (found.length === 1 && (hasSecond || hasFirst)) return end;
		return this.add("dollar", found, at, end);
	}

	private readAngle(at: number): number {
		const closed = this.match(closing, at);
		if (closed?.[1] !== undefined) {
			const end = at + closed[0].length;
			if (this.codeOf(at) === null)
				this.sections.push({ name: closed[1].trim(), isClosing: true, start: at, end });
			return end;
		}
		const opened = this.match(opening, at);
		const found = opened?.[1];
		if (opened === null || found === undefined) {
			const attributed = this.match(openingWithAttributes, at);
			if (attributed?.[1] === undefined || !attributed[0].includes("=")) return at + 1;
			const end = at + attributed[0].length;
			if (!attributed[0].endsWith("/>") && this.codeOf(at) === null)
				this.sections.push({ name: attributed[1], isClosing: false, start: at, end });
			// A variable may stand in an attribute.
			return at + 1;
		}
		const end = at + opened[0].length;
		const before = this.text[at - 1] ?? "";
		if (found.length > longestAngle || this.codeOf(at) !== null) return end;
		if (this.habits.sectionNames.has(found)) {
			this.sections.push({ name: found, isClosing: false, start: at, end });
			return end;
		}
		if (/[\p{L}\p{N}_<]/u.test(before) || this.text[end] === ">") return end;
		if (isNoVariable(found, this.text.slice(Math.max(0, at - 24), at), this.habits.hasHtml)) return end;
		if (/^[ \t]{1,2}(?:tags?|sections?|blocks?|elements?)\b/.test(this.text.slice(end, end + 12))) return end;
		// With spaces it is a name only where it is written like one; "<one short sentence>" speaks to the model.
		if (
			found.includes(" ") &&
			!/^(?:[A-Z0-9]+|[A-Z][a-z0-9]*)(?: (?:[A-Z0-9]+|[A-Z][a-z0-9]*))*$/.test(found)
		)
			return end;
		return found.length > 1 ? this.add("angle", found, at, end) : end;
	}

	private readPercent(at: number): number {
		if (this.text[at + 1] === "(") {
			const named = this.match(percentNamed, at);
			return named?.[1] === undefined ? at + 1 : this.add("percent-name", named[1], at, at + named[0].length);
		}
		const plain = this.match(percentPlain, at);
		if (plain === null) return at + 1;
		const end = at + plain[0].length;
		const around = this.text.slice(Math.max(0, at - 8), end + 8);
		if (/[\p{L}\p{N}_%]/u.test(this.text[at - 1] ?? "") || this.codeOf(at) !== null) return end;
		// A pattern for dates, as in %Y-%m-%d.
		if (/%[YmHMSyBbAajpZ]/.test(around)) return end;
		return this.add("percent", plain[0], at, end);
	}
}

const expressionWords = new Set(
	"and or not in is if else true false none null undefined loop this self super recursive".split(" "),
);
const token =
	/\s+|"[^"]*"|'[^']*'|\.{0,2}[$@/]?[\p{L}_][\p{L}\p{M}\p{N}_]*(?:[.][\p{L}\p{N}_]+|\[[\p{N}\p{L}_'"-]{1,40}\])*|\d+(?:\.\d+)?|[-+*/%~|()[\],=!<>.?:&]/uy;

/**
 * The names that an expression of a template reads, as dotted paths: `user.name | upper` reads `user.name`.
 * Null for what is no expression. `hasHelpers`: the first of two words side by side is a helper, otherwise
 * the words together are one name.
 */
function namesOf(expression: string, hasHelpers: boolean): string[] | null {
	if (!hasHelpers && /^[\p{L}][\p{L}\p{N}_-]*(?: [\p{L}\p{N}_-]+)+$/u.test(expression)) {
		const words = expression.split(" ");
		if (words.length <= 6 && !words.some((word) => expressionWords.has(word.toLowerCase())))
			return [expression];
	}
	// A dash inside a name, as Mustache allows it.
	if (/^[\p{L}_][\p{L}\p{N}_]*(?:-[\p{L}\p{N}_]+)+$/u.test(expression)) return [expression];
	const tokens: string[] = [];
	for (let at = 0; at < expression.length; ) {
		token.lastIndex = at;
		const found = token.exec(expression)?.[0];
		if (found === undefined) return null;
		tokens.push(found);
		at += found.length;
	}
	const words = tokens.filter((each) => each.trim() !== "");
	if (/^["'\d:,]/.test(words[0] ?? "") && words[1] === ":") return null;
	if (words.includes(":") && !words.includes("?")) {
		// Liquid's filter arguments (`| default: "x"`) are the one place where a colon is not JSON.
		if (!words.slice(0, words.indexOf(":")).includes("|")) return null;
	}
	const names: string[] = [];
	for (const [index, word] of words.entries()) {
		if (!/^[.$@/]*[\p{L}_]/u.test(word) || word.startsWith("@")) continue;
		const bare = word.replace(/^[.$/]+/, "");
		const [previous, following] = [words[index - 1], words[index + 1]];
		if (expressionWords.has(bare.toLowerCase()) || /^(?:this|loop|self)[.]/.test(bare)) continue;
		if (previous === "|" || previous === "is" || (previous === "not" && words[index - 2] === "is")) continue;
		if (following === "=" && words[index + 2] !== "=" && words.includes("(")) continue;
		if (following === "(") {
			const owner = bare.includes(".") ? bare.slice(0, bare.lastIndexOf(".")) : "";
			if (owner !== "") names.push(owner);
			continue;
		}
		const isHelper =
			index === 0 &&
			following !== undefined &&
			/^[\p{L}_"'@$.\d(]/u.test(following) &&
			!expressionWords.has(following.toLowerCase());
		if (isHelper) continue;
		names.push(bare);
	}
	return [...new Set(names)];
}

/** The first step of a path: `order` of `order.items[0]`. */
export function rootOf(found: string): string {
	return /^[^.[]+/.exec(found)?.[0] ?? found;
}
