/** Two prompts to compare, and what was done to the first to get the second. */
export interface PromptPair {
	name: PairName;
	/** What the pair is, for the report. */
	title: string;
	current: string;
	proposed: string;
}

export const pairNames = ["a", "b", "c", "d", "e", "f"] as const;
export type PairName = (typeof pairNames)[number];

type Random = () => number;

const bytesOfLine = 60;

const topics = [
	"a late parcel",
	"the monthly invoice",
	"a forgotten password",
	"an unpaid order",
	"the return of a gift",
	"a second account",
	"the delivery window",
	"a broken charger",
	"the loyalty card",
	"an open complaint",
	"a change of address",
	"the warranty of a lamp",
	"a refused payment",
	"the opening hours",
	"an order from abroad",
	"a missing receipt",
] as const;
const people = [
	"the customer",
	"a visitor",
	"the account owner",
	"a colleague",
	"the caller",
	"a new member",
];
const verbs = ["confirm", "repeat", "look up", "explain", "summarise", "check", "write down", "hand over"];
const things = [
	"the order number",
	"the exact amount",
	"the last three messages",
	"the name on the account",
	"the date of purchase",
	"what was promised before",
	"the current balance",
	"the page of the manual",
	"the reason in plain words",
	"the next working day",
];
const rules = ["Always", "Never", "Only then", "Do not", "You must", "You may", "Please", "In every case"];
const conditions = [
	"unless a supervisor has agreed",
	"before you offer anything else",
	"even when they ask twice",
	"in at most two sentences",
	"and say where it is written",
	"without guessing",
	"as {{tone}} as the channel allows",
	"in {{language}}",
];
const headings = [
	"## Scope",
	"## Tone",
	"## Limits",
	"## Steps",
	"## Examples",
	"## Escalation",
	"## Format",
];

/** Numbers from 0 to 1 that are the same in every run (mulberry32). */
function randomFrom(seed: number): Random {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	};
}

function oneOf(random: Random, from: readonly string[]): string {
	return from[Math.floor(random() * from.length)] ?? "";
}

function shortSentence(random: Random): string {
	const about = random() < 0.2 ? "" : ` for ${oneOf(random, topics)}`;
	return `${oneOf(random, rules)} ${oneOf(random, verbs)} ${oneOf(random, things)}${about}.`;
}

function longSentence(random: Random): string {
	const asked = `When ${oneOf(random, people)} asks about ${oneOf(random, topics)}`;
	return `${asked}, ${oneOf(random, verbs)} ${oneOf(random, things)} ${oneOf(random, conditions)}.`;
}

/** One line that is about as long as is wanted; now and then a heading, a list item or an example. */
function lineOf(random: Random, wantedBytes: number): string {
	const kind = random();
	if (kind < 0.03) return oneOf(random, headings);
	if (kind < 0.06) return `{"topic": "${oneOf(random, topics)}", "priority": ${Math.ceil(random() * 5)}}`;
	const sentence = wantedBytes < bytesOfLine ? shortSentence(random) : longSentence(random);
	return kind < 0.4 ? `- ${sentence}` : sentence;
}

/** Lines of a prompt; their sizes are steered so that the whole comes close to `bytesOfLine` a line. */
function linesOf(random: Random, count: number, without: ReadonlySet<string> = new Set()): string[] {
	const lines: string[] = [];
	let surplus = 0;
	while (lines.length < count) {
		const line = lineOf(random, bytesOfLine - surplus);
		if (without.has(line)) continue;
		lines.push(line);
		surplus += line.length + 1 - bytesOfLine;
	}
	return lines;
}

/** Swaps one word for another; the line is a different one afterwards. */
function withOtherWord(random: Random, line: string): string {
	const words = line.split(" ");
	const place = Math.floor(random() * words.length);
	words[place] = words[place] === "rather" ? "instead" : "rather";
	return words.join(" ");
}

function withNot(random: Random, line: string): string {
	const words = line.split(" ");
	words.splice(1 + Math.floor(random() * words.length), 0, "not");
	return words.join(" ");
}

const lineEdits: readonly ((random: Random, line: string) => string[])[] = [
	(random, line) => [withOtherWord(random, line)],
	(random, line) => [withNot(random, line)],
	(random, line) => [line, longSentence(random)],
	() => [],
	(random) => [longSentence(random), shortSentence(random)],
];

/**
 * The lines with `count` edits, spread evenly. The first stands in the first lines, so that a viewer that
 * folds nothing has a change on its first screen too.
 */
function edited(random: Random, lines: readonly string[], count: number): string[] {
	const distance = Math.floor(lines.length / count);
	const places = new Map(
		Array.from({ length: count }, (_, index) => [
			index === 0 ? 2 : index * distance + Math.floor(random() * Math.max(1, distance - 1)),
			index,
		]),
	);
	return lines.flatMap((line, place) => {
		const edit = places.get(place);
		if (edit === undefined) return [line];
		return lineEdits[edit % lineEdits.length]?.(random, line) ?? [line];
	});
}

function textOf(lines: readonly string[]): string {
	return `${lines.join("\n")}\n`;
}

function editedPair(name: PairName, seed: number, lineCount: number, edits: number): PromptPair {
	const random = randomFrom(seed);
	const lines = linesOf(random, lineCount);
	const current = textOf(lines);
	return {
		name,
		title: `${lineCount.toLocaleString("en")} lines, ${sizeOf(current)}, ${edits} edits`,
		current,
		proposed: textOf(edited(random, lines, edits)),
	};
}

function oneLinePair(name: PairName, seed: number, bytes: number, edits: number): PromptPair {
	const random = randomFrom(seed);
	const sentences: string[] = [];
	for (let length = 0; length < bytes; length += (sentences.at(-1)?.length ?? 0) + 1) {
		sentences.push(longSentence(random));
	}
	const distance = Math.floor(sentences.length / edits);
	const changed = sentences.map((sentence, place) => {
		if (place % distance !== 0) return sentence;
		return place % (2 * distance) === 0 ? withOtherWord(random, sentence) : withNot(random, sentence);
	});
	const current = sentences.join(" ");
	return {
		name,
		title: `one line of ${sizeOf(current)}, ${changed.filter((sentence, place) => sentence !== sentences[place]).length} words changed`,
		current,
		proposed: changed.join(" "),
	};
}

function rewrittenPair(name: PairName, seed: number, lineCount: number): PromptPair {
	const random = randomFrom(seed);
	const before = linesOf(random, lineCount);
	const current = textOf(before);
	return {
		name,
		title: `${lineCount.toLocaleString("en")} lines, ${sizeOf(current)}, no line kept`,
		current,
		proposed: textOf(linesOf(random, lineCount, new Set(before))),
	};
}

function sizeOf(text: string): string {
	const kilobytes = text.length / 1_000;
	return kilobytes < 1_000 ? `${kilobytes.toFixed(0)} KB` : `${(kilobytes / 1_000).toFixed(1)} MB`;
}

/** The pair of that name: the same characters in every run, on every machine. ASCII only. */
export function pairOf(name: PairName): PromptPair {
	switch (name) {
		case "a":
			return editedPair(name, 11, 40, 5);
		case "b":
			return editedPair(name, 12, 400, 12);
		case "c":
			return editedPair(name, 13, 5_000, 60);
		case "d":
			return editedPair(name, 14, 20_000, 200);
		case "e":
			return oneLinePair(name, 15, 50_000, 120);
		case "f":
			return rewrittenPair(name, 16, 5_000);
	}
}
