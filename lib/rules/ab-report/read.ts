import type { JsonObject } from "../../contract/identifiers";
import { readDelta } from "./delta";
import { isFigure, withoutFloatNoise } from "./figure";
import { isSizeName, metricKeyOf, pairs, type Slot, slotOf } from "./metric-key";
import { type AbMetric, type AbReport, type Arm, arms, type Cases, type ReadFault } from "./model";
import { isSizeKey, isUsableSize, nobody, readSizes, sizesInside } from "./sample-size";

/** More metrics than this nobody compares one by one: the work on them grows faster than their number. */
const maxMetrics = 300;
/** Deeper than this nobody writes a report; what lies there is shown and not read. */
const maxDepth = 8;
/** Hold metrics without being part of their names; what they say of the cases counts for what is in them. */
const containers = new Set([
	...["metrics", "results", "result", "scores", "summary", "report", "ab_report", "data", "overall"],
	...["evaluation", "evaluations", "evals", "aggregate", "measures", "comparisons"],
]);
/** The figure of an arm that is an object, as in `{correctness: {baseline: {mean: 0.4, n: 80}}}`. */
const valueKeys = new Set(["value", "mean", "rate", "score", "avg", "average"]);
const nameKeys = ["name", "metric", "key", "id", "label"];

type Plain = Record<string, unknown>;
type Parts = Partial<Record<Arm | "delta", { key: string; value: unknown }>>;

/** Where in the report something stands: its name so far, and the cases that hold there. */
interface Place {
	path: readonly string[];
	cases: Cases;
	depth: number;
}

/** What was found so far. */
interface Findings {
	metrics: Map<string, AbMetric>;
	faults: ReadFault[];
}

/**
 * Reads a report of any shape. A metric is what has at least two of baseline, candidate and delta: by suffix
 * (`x_baseline`), by prefix (`baseline_x`), in camel case, as an object of its own, in one object per arm, or
 * in a list of named ones; control/treatment, before/after and current/proposed are read alike. The contract
 * calls the report free-form: nothing is refused, nothing is lost (`rest` holds what is left), and nothing
 * throws. Metrics deeper than eight levels, and those beyond the 300th, are left in `rest`.
 */
export function readAbReport(report: JsonObject): AbReport {
	const findings: Findings = { metrics: new Map(), faults: [] };
	const place: Place = { path: [], cases: nobody, depth: 0 };
	const { cases, usedKeys } = readSizes(report, findings.faults);
	const left = readObject(report, { ...place, cases }, findings);
	return {
		metrics: [...findings.metrics.values()],
		sampleSize: cases.baseline === cases.candidate ? cases.baseline : null,
		cases,
		rest: left.filter(([key]) => !usedKeys.has(key)).map(([key, value]) => ({ key, value })),
		faults: findings.faults,
	};
}

/** Finds the metrics of one object and gives back what is left of it, in its order. */
function readObject(object: Plain, place: Place, findings: Findings): [string, unknown][] {
	const used = new Set<string>();
	const isUsed = (parts: Parts) => {
		for (const part of Object.values(parts)) used.add(part.key);
	};
	readOwnArms(object, place, findings, isUsed);
	readFlat(object, place, findings, used);
	const replaced = readPairsOfObjects(object, place, findings);
	const left: [string, unknown][] = [];
	for (const [key, value] of Object.entries(object)) {
		if (used.has(key)) continue;
		const now = replaced.has(key) ? replaced.get(key) : readValue(key, value, place, findings);
		if (now !== nothing) left.push([key, now]);
	}
	return left;
}

/** Marks a value of which nothing is left. */
const nothing = Symbol("nothing");

function readValue(key: string, value: unknown, place: Place, findings: Findings): unknown {
	if (place.depth >= maxDepth) return value;
	if (Array.isArray(value)) return readList(key, value, place, findings);
	if (!isPlain(value)) return value;
	const isContainer = containers.has(key.toLowerCase());
	const isMetric = hasOwnArms(value) || partsByPair(value).some((parts) => sidesOf(parts).length >= 2);
	const inner: Place = {
		path: isContainer ? place.path : [...place.path, key],
		// How many cases a segment has is not what the whole report says of itself.
		cases:
			isContainer || isMetric
				? sizesInside(value, place.cases, findings.faults)
				: sizesInside(value, nobody, []),
		depth: place.depth + 1,
	};
	return leftOf(value, readObject(value, inner, findings), hasOwnArms(value));
}

/** `[{name: "correctness", baseline: 0.4, candidate: 0.7}, …]`: what has no name and no arms stays. */
function readList(key: string, list: readonly unknown[], place: Place, findings: Findings): unknown {
	const isContainer = containers.has(key.toLowerCase());
	const path = isContainer ? place.path : [...place.path, key];
	let isChanged = false;
	const left: unknown[] = [];
	for (const item of list) {
		const nameKey = isPlain(item) && hasOwnArms(item) ? nameKeyOf(item) : null;
		if (nameKey === null || !isPlain(item)) {
			left.push(item);
			continue;
		}
		const cases = sizesInside(item, isContainer ? place.cases : nobody, findings.faults);
		const found = findings.metrics.size;
		const inner = { path: [...path, String(item[nameKey])], cases, depth: place.depth + 1 };
		const after = readObject(item, inner, findings);
		if (findings.metrics.size === found) {
			left.push(item);
			continue;
		}
		isChanged = true;
		const now = leftOf(
			item,
			after.filter(([own]) => own !== nameKey),
			true,
		);
		if (now !== nothing) left.push(now);
	}
	if (!isChanged) return list;
	return left.length === 0 ? nothing : left;
}

function nameKeyOf(item: Plain): string | null {
	return nameKeys.find((key) => Object.hasOwn(item, key) && typeof item[key] === "string") ?? null;
}

/** The object as it was when nothing was taken; its sizes go with a metric that they belong to. */
function leftOf(object: Plain, left: readonly [string, unknown][], isMetric: boolean): unknown {
	const before = Object.entries(object);
	const isSame = left.length === before.length && left.every(([key, value]) => value === object[key]);
	if (isSame) return object;
	const kept = isMetric ? left.filter(([key, value]) => !(isSizeKey(key) && isUsableSize(value))) : left;
	return kept.length === 0 ? nothing : Object.fromEntries(kept);
}

/** `{baseline: 0.4, candidate: 0.7}` itself, under the name that the path gives it. */
function readOwnArms(object: Plain, place: Place, findings: Findings, take: (parts: Parts) => void): void {
	const parts = ownArms(object);
	if (parts === null) return;
	const nameKey = place.path.length === 0 ? nameKeyOf(object) : null;
	const name = nameKey === null ? place.path.join(".") || "result" : String(object[nameKey]);
	if (addMetric(name, parts, place.cases, findings)) take(parts);
}

function hasOwnArms(object: Plain): boolean {
	return ownArms(object) !== null;
}

function ownArms(object: Plain): Parts | null {
	for (const parts of partsByPair(object)) {
		if (Object.keys(parts).length >= 2 && hasFigure(parts)) return parts;
	}
	return null;
}

/** For each of the pairs of words, the keys of an object that are such a word; empty where none is. */
function partsByPair(object: Plain): Parts[] {
	const words = Object.entries(object).filter(([key]) => slotOf(key) !== null);
	if (words.length === 0) return [];
	const found: Parts[] = pairs.map(() => ({}));
	for (const [key, value] of words) {
		const slot = slotOf(key);
		if (slot !== null) for (const parts of partsOf(slot, found)) parts[slot.arm] ??= { key, value };
	}
	return found;
}

function partsOf(slot: Slot, byPair: readonly Parts[]): readonly Parts[] {
	if (slot.arm === "delta") return byPair;
	const parts = byPair[slot.pair];
	return parts === undefined ? [] : [parts];
}

function hasFigure(parts: Parts): boolean {
	return arms.some((arm) => isFigure(parts[arm]?.value));
}

/** `x_baseline` beside `x_candidate`, and the like; `used` grows by the keys that became a metric. */
function readFlat(object: Plain, place: Place, findings: Findings, used: Set<string>): void {
	const groups = new Map<string, { name: string; isSuffix: boolean; byPair: Parts[] }>();
	for (const [key, value] of Object.entries(object)) {
		const found = metricKeyOf(key);
		if (found === null || isSizeName(found.name)) continue;
		const id = `${found.form} ${found.name}`;
		const group = groups.get(id) ?? {
			name: found.name,
			isSuffix: found.form === "suffix",
			byPair: pairs.map(() => ({})),
		};
		groups.set(id, group);
		for (const parts of partsOf(found.slot, group.byPair)) parts[found.slot.arm] ??= { key, value };
	}
	for (const { name, isSuffix, byPair } of groups.values()) {
		const path = [...place.path, name].join(".");
		// The contract's own words need no figure: a text in one arm is still that metric.
		const parts = byPair.find(
			(one, pair) => Object.keys(one).length >= 2 && ((isSuffix && pair === 0) || hasFigure(one)),
		);
		if (parts === undefined) {
			if (isSuffix) noteLonely(path, byPair[0], findings.faults);
			continue;
		}
		const own = ownSize(object, name);
		const cases = own === null ? place.cases : { baseline: own.size, candidate: own.size };
		if (!addMetric(path, parts, cases, findings)) continue;
		for (const part of Object.values(parts)) used.add(part.key);
		if (own !== null) used.add(own.key);
	}
}

function noteLonely(name: string, parts: Parts | undefined, faults: ReadFault[]): void {
	const [has, part] = Object.entries(parts ?? {})[0] ?? [];
	if (!isFigure(part?.value)) return;
	// `prompt_change: 3` is a figure of its own; only the contract's own words promise a counterpart.
	if (has === "baseline" || has === "candidate" || (has === "delta" && /delta$/i.test(part.key))) {
		faults.push({ kind: "lonely", name, has });
	}
}

/** `correctness_n` beside `correctness_baseline`. */
function ownSize(object: Plain, name: string): { key: string; size: number } | null {
	for (const key of [`${name}_n`, `${name}_sample_size`]) {
		const size = Object.hasOwn(object, key) ? object[key] : null;
		if (isUsableSize(size)) return { key, size };
	}
	return null;
}

/**
 * `{baseline: {correctness: 0.4, n: 80}, candidate: {…}}`. Gives back what is left of each of the two or
 * three objects, by their keys.
 */
function readPairsOfObjects(object: Plain, place: Place, findings: Findings): Map<string, unknown> {
	const replaced = new Map<string, unknown>();
	for (const parts of partsByPair(object)) {
		const sides = sidesOf(parts).filter(({ key }) => !replaced.has(key));
		if (sides.length < 2 || sides.every(({ arm }) => arm === "delta")) continue;
		const left = pairSides(sides, place, findings);
		for (const [index, { key }] of sides.entries()) replaced.set(key, left[index]);
	}
	return replaced;
}

type Side = { arm: Arm | "delta"; key: string; value: Plain };

/** The arms that are objects. */
function sidesOf(parts: Parts): Side[] {
	return ([...arms, "delta"] as const).flatMap((arm) => {
		const part = parts[arm];
		return part !== undefined && isPlain(part.value) ? [{ arm, key: part.key, value: part.value }] : [];
	});
}

/** Adds a metric for every key that two of the sides share; gives back what is left of each side. */
function pairSides(sides: readonly Side[], place: Place, findings: Findings): unknown[] {
	if (place.depth >= maxDepth) return sides.map(({ value }) => value);
	const cases = { ...place.cases };
	for (const { arm, value } of sides) {
		if (arm !== "delta") cases[arm] = sizesInside(value, nobody, []).baseline ?? cases[arm];
	}
	const found = findings.metrics.size;
	const now = sides.map(({ value }) => new Map(Object.entries(value)));
	for (const key of new Set(sides.flatMap(({ value }) => Object.keys(value)))) {
		if (isSizeName(key)) continue;
		const inner: Parts = {};
		for (const { arm, value } of sides) {
			if (Object.hasOwn(value, key)) inner[arm] = { key, value: value[key] };
		}
		const innerSides = sidesOf(inner);
		if (innerSides.length >= 2 && innerSides.length === Object.keys(inner).length) {
			const path = containers.has(key.toLowerCase()) ? place.path : [...place.path, key];
			const left = pairSides(innerSides, { path, cases, depth: place.depth + 1 }, findings);
			for (const [index, { arm }] of innerSides.entries()) {
				const side = now[sides.findIndex((one) => one.arm === arm)];
				if (left[index] === nothing) side?.delete(key);
				else side?.set(key, left[index]);
			}
			continue;
		}
		if (Object.keys(inner).length < 2 || !hasFigure(inner)) continue;
		const isOwnValue = place.path.length > 0 && valueKeys.has(key.toLowerCase());
		const name = (isOwnValue ? place.path : [...place.path, key]).join(".");
		if (addMetric(name, inner, cases, findings)) for (const side of now) side.delete(key);
	}
	const hasMetrics = findings.metrics.size > found;
	return sides.map(({ value, arm }, index) =>
		leftOf(value, [...(now[index] ?? [])], hasMetrics && arm !== "delta"),
	);
}

/** True when it was added; a second metric of the same name stays where it is, and is said. */
function addMetric(name: string, parts: Parts, cases: Cases, { metrics, faults }: Findings): boolean {
	const metric = metricOf(name, parts, cases);
	const before = metrics.get(name);
	if (before === undefined && metrics.size >= maxMetrics) {
		if (!faults.some(({ kind }) => kind === "too-many")) faults.push({ kind: "too-many", most: maxMetrics });
		return false;
	}
	if (before === undefined) {
		metrics.set(name, metric);
		return true;
	}
	const isSame = before.baseline === metric.baseline && before.candidate === metric.candidate;
	faults.push({ kind: "repeated", name, isSame });
	return false;
}

function metricOf(name: string, parts: Parts, cases: Cases): AbMetric {
	const [baseline, candidate, delta] = [parts.baseline?.value, parts.candidate?.value, parts.delta?.value];
	const areFigures = isFigure(baseline) && isFigure(candidate);
	const difference = areFigures ? withoutFloatNoise(candidate - baseline) : null;
	const isKnown = difference !== null && Number.isFinite(difference);
	const deltaReading =
		areFigures && isKnown && isFigure(delta) ? readDelta(delta, baseline, candidate) : null;
	return {
		name,
		baseline,
		candidate,
		delta,
		difference: isKnown ? difference : null,
		deltaReading,
		isDeltaContradicted: deltaReading === "other",
		cases,
	};
}

function isPlain(value: unknown): value is Plain {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}
