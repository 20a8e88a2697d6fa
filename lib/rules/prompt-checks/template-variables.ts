import { findRenames } from "./find-renames";
import {
	findVariables,
	type Mark,
	readHabits,
	rootOf,
	type Variable,
	type VariableForm,
} from "./find-variables";
import type { Finding, Place, PromptCheck, PromptSide, Severity } from "./finding";

/** Findings of one kind; more are gathered into one sentence. */
const mostFindingsOfAKind = 12;
const namesWhenGathered = 5;
const mostPlaces = 50;

/** How a caller fills a variable in: what is written in other brackets of the same group is filled in alike. */
type Group = "template" | "file" | Exclude<VariableForm, "print" | "raw" | "tag" | "file">;

interface KnownVariable {
	group: Group;
	name: string;
	occurrences: Variable[];
}

interface Side {
	side: PromptSide;
	text: string;
	/** By group and name. */
	known: Map<string, KnownVariable>;
	sections: readonly Mark[];
	blocks: readonly Mark[];
}

interface Remark {
	severity: Severity;
	sentence: string;
	places: readonly Place[];
	pair?: Finding["pair"];
}

/**
 * Template variables that the change drops, adds, renames or writes in other brackets; sections and blocks of
 * a template that lose their partner. `find-variables.ts` says what counts as a variable.
 *
 * Severe: a variable is gone, is named otherwise, or has other brackets, so that the caller's value no longer
 * arrives; a block of a template is open. Warning: a new one, which the caller may not fill in; one that is
 * gone but looked like a word for the model (`<name>`); a section that is open. Note: a variable that stands
 * half as often or less, a section that is renamed.
 *
 * Limits: it does not know what the caller fills in, nor which template language it uses. A dotted path is
 * reported by its root where the whole root is gone or new. A rename is told by the names alone: two that
 * resemble each other and no third. Moving a variable to another message is reported as gone.
 */
export const checkTemplateVariables: PromptCheck = ({ current, proposed }) => {
	if (current === proposed) return [];
	const habits = readHabits([current, proposed]);
	const [before, after] = [readSide("current", current), readSide("proposed", proposed)];
	if (before === undefined || after === undefined) return [];
	dropDoubtful(before, after);

	const goneKeys = [...before.known.keys()].filter((key) => !after.known.has(key));
	const newKeys = [...after.known.keys()].filter((key) => !before.known.has(key));
	// What turns out to be a pair is taken out of both.
	const gone = new Set(groupByRoot(goneKeys, before, after));
	const added = new Set(groupByRoot(newKeys, after, before));

	const moved = rebracketed(gone, added, before, after);
	const renamed = renames(gone, added, before, after);
	return [
		...moved,
		...renamed,
		...gather(
			[...gone].map((variable) => goneRemark(variable, before)),
			[...gone],
			"gone",
		),
		...gather(formRemarks(before, after), [], "written in another way"),
		...blockRemarks(before, after),
		...gather(
			[...added].map((variable) => newRemark(variable, after)),
			[...added],
			"new",
		),
		...sectionRemarks(before, after),
		...gather(fewerRemarks(before, after), [], "less frequent"),
	].map((remark) => ({ check: "template-variables", ...remark }));

	function readSide(side: PromptSide, text: string): Side {
		const { variables, sections, blocks } = findVariables(text, habits);
		const known: Side["known"] = new Map();
		for (const variable of variables) {
			const group = groupOf(variable.form);
			const key = `${group} ${variable.name}`;
			const entry = known.get(key) ?? { group, name: variable.name, occurrences: [] };
			entry.occurrences.push(variable);
			known.set(key, entry);
		}
		return { side, text, known, sections, blocks };
	}
};

function groupOf(form: VariableForm): Group {
	return form === "print" || form === "raw" || form === "tag" ? "template" : form;
}

function dropDoubtful(before: Side, after: Side): void {
	const certain = new Set<string>();
	for (const { known } of [before, after])
		for (const { name, occurrences } of known.values())
			if (occurrences.some(({ isDoubtful }) => !isDoubtful)) certain.add(name);
	for (const { known } of [before, after])
		for (const [key, { name }] of known) if (!certain.has(name)) known.delete(key);
}

/** One entry for all paths of a root that the other side lacks altogether. */
function groupByRoot(keys: readonly string[], side: Side, other: Side): KnownVariable[] {
	const otherRoots = new Set([...other.known.values()].map(({ group, name }) => `${group} ${rootOf(name)}`));
	const grouped = new Map<string, KnownVariable>();
	for (const key of keys) {
		const variable = side.known.get(key);
		if (variable === undefined) continue;
		const isPath =
			variable.group === "template" || variable.group === "brace" || variable.group === "dollar-brace";
		const root = isPath ? `${variable.group} ${rootOf(variable.name)}` : key;
		const isWholeRoot = isPath && !otherRoots.has(root);
		const id = isWholeRoot ? root : key;
		const known = grouped.get(id);
		if (known !== undefined) for (const each of variable.occurrences) known.occurrences.push(each);
		else
			grouped.set(id, {
				group: variable.group,
				name: isWholeRoot ? rootOf(variable.name) : variable.name,
				occurrences: [...variable.occurrences],
			});
	}
	return [...grouped.values()];
}

/** Takes the pairs out of `gone` and `added` that have one name in two kinds of brackets. */
function rebracketed(
	gone: Set<KnownVariable>,
	added: Set<KnownVariable>,
	before: Side,
	after: Side,
): Remark[] {
	const remarks: Remark[] = [];
	const byName = new Map([...added].map((variable) => [variable.name, variable]));
	for (const old of gone) {
		const fresh = byName.get(old.name);
		if (fresh === undefined || old.group === "file" || old.group === "percent") continue;
		byName.delete(old.name);
		gone.delete(old);
		added.delete(fresh);
		const [was, is] = [spelling(old, before), spelling(fresh, after)];
		remarks.push({
			severity: "severe",
			sentence: `${was} is now ${is}: the name is the same, the brackets are not.`,
			places: [...placesOf(old, before), ...placesOf(fresh, after)],
			pair: { current: was, proposed: is },
		});
	}
	return gather(remarks, [], "written in other brackets");
}

/** Takes the pairs out of `gone` and `added` that look like one variable with another name. */
function renames(gone: Set<KnownVariable>, added: Set<KnownVariable>, before: Side, after: Side): Remark[] {
	const remarks = findRenames(
		[...gone].filter(({ group }) => group !== "percent"),
		[...added].filter(({ group }) => group !== "percent"),
	).map(([old, fresh]): Remark => {
		gone.delete(old);
		added.delete(fresh);
		const [was, is] = [spelling(old, before), spelling(fresh, after)];
		return {
			severity: isWordForModel(old) ? "warning" : "severe",
			sentence: `A variable seems renamed: ${was} → ${is}.`,
			places: [...placesOf(old, before), ...placesOf(fresh, after)],
			pair: { current: was, proposed: is },
		};
	});
	return gather(remarks, [], "renamed");
}

function goneRemark(variable: KnownVariable, before: Side): Remark {
	const text = spelling(variable, before);
	const severity = isWordForModel(variable) ? "warning" : "severe";
	const sentence =
		variable.group === "file"
			? `${text} is gone: what that file brought in is no longer part of the prompt.`
			: `${text} is gone: its value no longer reaches the prompt.`;
	return { severity, sentence, places: placesOf(variable, before) };
}

function newRemark(variable: KnownVariable, after: Side): Remark {
	const text = spelling(variable, after);
	const sentence =
		variable.group === "file"
			? `${text} is new: the current prompt brings in no such file.`
			: `${text} is new: the current prompt does not have it, and the caller may not fill it in.`;
	return { severity: "warning", sentence, places: placesOf(variable, after) };
}

/** Variables that both sides have, but printed on one side and only asked for in a tag on the other. */
function formRemarks(before: Side, after: Side): Remark[] {
	const remarks: Remark[] = [];
	for (const [key, old] of before.known) {
		const fresh = after.known.get(key);
		if (fresh === undefined || old.group !== "template") continue;
		const places = [...placesOf(old, before), ...placesOf(fresh, after)];
		if (isPrinted(old) && !isPrinted(fresh)) {
			remarks.push({
				severity: "severe",
				sentence: `${spelling(old, before)} is no longer printed: only ${spelling(fresh, after)} asks for it.`,
				places,
			});
		} else if (isPrinted(fresh) && isPrinted(old) && has(old, "raw") !== has(fresh, "raw")) {
			const [was, is] = [spelling(old, before), spelling(fresh, after)];
			if (was.startsWith("{{{") === is.startsWith("{{{")) continue;
			remarks.push({
				severity: "warning",
				sentence: `${was} is now ${is}: three braces print the value as it is, two may escape it.`,
				places,
				pair: { current: was, proposed: is },
			});
		} else if (has(old, "tag") && !has(fresh, "tag")) {
			remarks.push({
				severity: "warning",
				sentence: `${spelling(old, before, "tag")} is gone: “${old.name}” is printed without being asked for first.`,
				places,
			});
		}
	}
	return remarks;
}

function has({ occurrences }: KnownVariable, form: VariableForm): boolean {
	return occurrences.some((occurrence) => occurrence.form === form);
}

/** True where its value reaches the model, not only a condition of the template. */
function isPrinted(variable: KnownVariable): boolean {
	return variable.occurrences.some(({ form }) => form !== "tag");
}

function fewerRemarks(before: Side, after: Side): Remark[] {
	const remarks: Remark[] = [];
	for (const [key, old] of before.known) {
		const fresh = after.known.get(key);
		// One that is no longer printed is spoken of already.
		if (fresh === undefined || (isPrinted(old) && !isPrinted(fresh))) continue;
		const [was, is] = [old.occurrences.length, fresh.occurrences.length];
		const text = spelling(old, before);
		const places = [...placesOf(old, before), ...placesOf(fresh, after)];
		// Placeholders without a name are filled in by their order: one more or less shifts all that follow.
		if (old.group === "percent" && was !== is)
			remarks.push({
				severity: "severe",
				sentence: `${text} stands ${times(is)} instead of ${times(was)}: such placeholders are filled in by their order.`,
				places,
			});
		else if (old.group !== "percent" && is * 2 <= was)
			remarks.push({
				severity: "note",
				sentence: `${text} stands ${times(is)} instead of ${times(was)}.`,
				places,
			});
	}
	return remarks;
}

function blockRemarks(before: Side, after: Side): Remark[] {
	const remarks: Remark[] = [];
	const [was, is] = [count(before.blocks), count(after.blocks)];
	for (const [name, { opened, closed }] of is) {
		const old = was.get(name);
		const wasUneven = old !== undefined && old.opened !== old.closed;
		if (opened === closed || wasUneven) continue;
		remarks.push({
			severity: "severe",
			sentence: `The block “${name}” is opened ${times(opened)} and closed ${times(closed)}: the template may not render.`,
			places: placesOfMarks(name, after),
		});
	}
	return gather(remarks, [], "open");
}

function sectionRemarks(before: Side, after: Side): Remark[] {
	const remarks: Remark[] = [];
	const [was, is] = [count(before.sections), count(after.sections)];
	const isWhole = ({ opened, closed }: Count) => opened > 0 && opened === closed;
	for (const [name, counts] of is) {
		const old = was.get(name);
		if (isWhole(counts) || (old !== undefined && !isWhole(old))) continue;
		// Named in a sentence before it is used, or only in an example: no partner was lost.
		if (old === undefined && counts.closed === 0) continue;
		remarks.push({
			severity: "warning",
			sentence: `The section <${name}> is opened ${times(counts.opened)} and closed ${times(counts.closed)}.`,
			places: placesOfMarks(name, after),
		});
	}
	const entries = (counts: Map<string, Count>, other: Map<string, Count>) =>
		[...counts]
			.filter(([name, each]) => isWhole(each) && !other.has(name))
			.map(([name]) => ({ group: "section", name }));
	for (const [old, fresh] of findRenames(entries(was, is), entries(is, was))) {
		remarks.push({
			severity: "note",
			sentence: `The section <${old.name}> is now called <${fresh.name}>.`,
			places: [...placesOfMarks(old.name, before), ...placesOfMarks(fresh.name, after)],
			pair: { current: `<${old.name}>`, proposed: `<${fresh.name}>` },
		});
	}
	return gather(remarks, [], "changed as a section");
}

interface Count {
	opened: number;
	closed: number;
}

function count(marks: readonly Mark[]): Map<string, Count> {
	const counts = new Map<string, Count>();
	for (const { name, isClosing } of marks) {
		const known = counts.get(name) ?? { opened: 0, closed: 0 };
		if (isClosing) known.closed += 1;
		else known.opened += 1;
		counts.set(name, known);
	}
	return counts;
}

function placesOfMarks(name: string, { side, sections, blocks }: Side): Place[] {
	return [...sections, ...blocks]
		.filter((mark) => mark.name === name)
		.slice(0, mostPlaces)
		.map(({ start, end }) => ({ side, start, end }));
}

function placesOf({ occurrences }: KnownVariable, { side }: Side): Place[] {
	const seen = new Set<number>();
	return occurrences
		.filter(({ start }) => !seen.has(start) && seen.add(start))
		.slice(0, mostPlaces)
		.map(({ start, end }) => ({ side, start, end }));
}

/** The variable as the text writes it, on one line; by preference where it is printed. */
function spelling({ occurrences, name }: KnownVariable, { text }: Side, form?: VariableForm): string {
	const preferred =
		occurrences.find((occurrence) => occurrence.form === form) ??
		occurrences.find((occurrence) => occurrence.form !== "tag" && occurrence.name === name) ??
		occurrences.find((occurrence) => occurrence.form !== "tag") ??
		occurrences[0];
	if (preferred === undefined) return name;
	const written = text.slice(preferred.start, preferred.end).replace(/\s+/g, " ");
	if (preferred.form === "print" && preferred.name !== name) return `{{${name}}}`;
	return written.length > 80 ? `${written.slice(0, 77)}…` : written;
}

/** `<name>` speaks to the model as often as to a caller; `<customer_name>` and `<NAME>` seldom do. */
function isWordForModel({ group, name }: KnownVariable): boolean {
	return group === "angle" && /^[a-z]+$/.test(name);
}

function times(number: number): string {
	return number === 1 ? "1 time" : `${number} times`;
}

/** All remarks of one kind, or one for all where they are too many to be read one by one. */
function gather(remarks: Remark[], variables: readonly KnownVariable[], kind: string): Remark[] {
	if (remarks.length <= mostFindingsOfAKind) return remarks;
	const names = remarks.slice(0, namesWhenGathered).map(({ sentence, pair }, index) => {
		const name = variables[index]?.name;
		return pair?.current ?? (name === undefined ? (sentence.split(" ", 1)[0] ?? "") : name);
	});
	const severity = (["severe", "warning"] as const).find((each) =>
		remarks.some((one) => one.severity === each),
	);
	return [
		{
			severity: severity ?? "note",
			sentence: `${remarks.length} variables are ${kind}: ${names.join(", ")} and ${remarks.length - names.length} more.`,
			places: remarks.flatMap(({ places }) => places.slice(0, 1)).slice(0, mostPlaces * 2),
		},
	];
}
