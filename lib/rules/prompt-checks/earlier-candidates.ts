import type { Deployment } from "../../contract/deployment";
import { statusLabel } from "../lifecycle";
import { clipped, countInWords, deploymentInWords, figure, momentInWords } from "./deployment-in-words";
import type { Finding } from "./finding";

type Prompts = Pick<Deployment, "current_prompt" | "proposed_prompt">;

/** An earlier proposal for the same cluster; one whose prompts were not read is listed and not compared. */
export type EarlierDeployment = Pick<Deployment, "id" | "status" | "created_at" | "rejection_reason"> &
	Partial<Prompts>;

export interface EarlierCandidate {
	id: string;
	createdAt: string;
	/** How it ended, or where it stands: a word of the API. */
	status: string;
	/** Why it was rejected, as somebody wrote it; null where nothing is recorded. */
	reason: string | null;
	/** How much of what both change is the same, from 0 to 1; null where it was not compared. */
	similarity: number | null;
	/** Both propose the very same prompt, though perhaps in place of different ones. */
	isSamePrompt: boolean;
}

export interface EarlierCandidates {
	/** Newest first. */
	candidates: EarlierCandidate[];
	findings: Finding[];
}

export interface EarlierCandidatesInput {
	deployment: Pick<Deployment, "id" | "created_at"> & Prompts;
	earlier: readonly EarlierDeployment[];
	/** False where there may be more of them than were looked through. */
	isComplete?: boolean;
}

/** From here on two changes are called near-identical. */
const nearIdenticalFrom = 0.9;
/** How many of those that were taken back are compared, the newest first; all are listed. */
export const comparedMax = 10;
const reasonMaxLength = 160;
/** All prompts that are compared, together, in UTF-16 units: a second's work. */
const comparedMaxLength = 3_000_000;
/** More than a word, in UTF-16 units. */
const contextLength = 100;

/**
 * Lists the proposals that were made before for the same cluster, how they ended and why, and warns when this
 * one changes nearly the same as one that was rejected (warning) or rolled back (severe).
 *
 * Compared is what a proposal changes, never what it keeps: two proposals that touch different sentences of a
 * long prompt are nearly the same text and not at all the same change. What a proposal changes are the pairs
 * of neighbouring words that it adds and those that it removes, each as often as it does. Two changes are as
 * alike as the part of all their pairs that both have. Two equal proposed prompts count as well, whatever
 * they were to replace.
 *
 * Limits: it compares words, not meaning, so that the same thing said anew is not found, and in a long
 * addition one exchanged word, even a `not`, is still near-identical: the person has to look. The ten newest
 * that were rejected or rolled back are compared, fewer where they are very long. White space is no word; case is kept.
 */
export function checkEarlierCandidates({
	deployment,
	earlier,
	isComplete = true,
}: EarlierCandidatesInput): EarlierCandidates {
	const time = Date.parse(deployment.created_at);
	const known = earlier
		.filter(({ id, created_at }) => id !== deployment.id && !(Date.parse(created_at) > time))
		.sort((one, other) => momentOf(other) - momentOf(one));
	let left = comparedMax;
	let lengthLeft = comparedMaxLength;
	let change: Change | null = null;
	const candidates = known.map((row): EarlierCandidate => {
		let similarity: number | null = null;
		if (isTakenBack(row.status) && left > 0 && lengthLeft > 0 && hasPrompts(row)) {
			left -= 1;
			lengthLeft -= row.current_prompt.length + row.proposed_prompt.length;
			change ??= changeOf(deployment);
			similarity = alike(change, changeOf(row));
		}
		const isSamePrompt = row.proposed_prompt === deployment.proposed_prompt;
		const reason = row.rejection_reason?.trim() || null;
		return { id: row.id, createdAt: row.created_at, status: row.status, reason, similarity, isSamePrompt };
	});
	return { candidates, findings: findingsOf(candidates, isComplete) };
}

function findingsOf(candidates: readonly EarlierCandidate[], isComplete: boolean): Finding[] {
	const repeated = [
		{ status: "rolled_back", severity: "severe", ended: "rolled back" },
		{ status: "rejected", severity: "warning", ended: "rejected" },
	] as const;
	const findings = repeated.flatMap(({ status, severity, ended }): Finding[] => {
		const same = candidates.filter(
			(one) => one.status === status && (one.isSamePrompt || (one.similarity ?? 0) >= nearIdenticalFrom),
		);
		const [newest] = same;
		if (newest === undefined) return [];
		const more =
			same.length > 1
				? `, as ${same.length === 2 ? "was" : "were"} ${countInWords(same.length - 1, "other")}`
				: "";
		const reason =
			newest.reason === null ? "" : `, with the reason “${clipped(newest.reason, reasonMaxLength)}”`;
		const moment = momentInWords(newest.createdAt);
		return [
			{
				check: "earlier-candidates",
				severity,
				sentence: `${likenessInWords(newest)} ${deploymentInWords(newest.id)}${moment === null ? "" : ` of ${moment}`}, which was ${ended}${reason}${more}.`,
				places: [],
			},
		];
	});
	if (findings.length > 0 || candidates.length === 0) return findings;
	const counts = new Map<string, number>();
	for (const { status } of candidates) counts.set(status, (counts.get(status) ?? 0) + 1);
	const each = [...counts].map(
		([status, count]) => `${figure(count)} ${midSentence(clipped(statusLabel(status), 30))}`,
	);
	const atLeast = isComplete ? "" : "at least ";
	return [
		{
			check: "earlier-candidates",
			severity: "note",
			sentence: `There ${candidates.length === 1 ? "was" : "were"} ${atLeast}${countInWords(candidates.length, "earlier candidate")} for this cluster: ${each.join(", ")}.`,
			places: [],
		},
	];
}

/** `A/B failed` keeps its capitals. */
function midSentence(label: string): string {
	return /^[A-Z][a-z]/.test(label) ? `${label.charAt(0).toLowerCase()}${label.slice(1)}` : label;
}

function likenessInWords({ isSamePrompt, similarity }: EarlierCandidate): string {
	if (isSamePrompt) return "This proposes the very prompt of";
	const share = Math.floor((similarity ?? 0) * 100);
	return `What this changes is ${share === 100 ? "identical" : `near-identical (${share} %)`} to what was changed by`;
}

/** Whether a candidate ended in a way that a repetition of it should know of. */
export function isTakenBack(status: string): boolean {
	return status === "rejected" || status === "rolled_back";
}

function hasPrompts(row: EarlierDeployment): row is EarlierDeployment & Prompts {
	return row.current_prompt !== undefined && row.proposed_prompt !== undefined;
}

function momentOf({ created_at }: EarlierDeployment): number {
	const time = Date.parse(created_at);
	return Number.isNaN(time) ? Number.NEGATIVE_INFINITY : time;
}

/** For each pair of neighbouring words how many more of it the proposed prompt holds; fewer is below zero. */
type Change = ReadonlyMap<number, number>;

function changeOf({ current_prompt, proposed_prompt }: Prompts): Change {
	const [before, after] = withoutCommonEnds(current_prompt, proposed_prompt);
	const change = new Map<number, number>();
	countPairs(after, 1, change);
	countPairs(before, -1, change);
	for (const [pair, count] of change) if (count === 0) change.delete(pair);
	return change;
}

/** The part of all added and removed pairs that both changes have. Two changes of white space are not alike. */
function alike(one: Change, other: Change): number {
	let both = 0;
	let all = 0;
	for (const [pair, count] of one) {
		const counter = other.get(pair) ?? 0;
		const isSameSign = Math.sign(count) === Math.sign(counter);
		both += isSameSign ? Math.min(Math.abs(count), Math.abs(counter)) : 0;
		all += isSameSign ? Math.max(Math.abs(count), Math.abs(counter)) : Math.abs(count) + Math.abs(counter);
	}
	for (const [pair, count] of other) if (!one.has(pair)) all += Math.abs(count);
	return all === 0 ? 0 : both / all;
}

/** What two texts do not share at their beginning and their end, with enough around it to hold a whole word. */
function withoutCommonEnds(one: string, other: string): [string, string] {
	const max = Math.min(one.length, other.length);
	let start = 0;
	while (start < max && one.charCodeAt(start) === other.charCodeAt(start)) start += 1;
	let end = 0;
	while (
		end < max - start &&
		one.charCodeAt(one.length - 1 - end) === other.charCodeAt(other.length - 1 - end)
	) {
		end += 1;
	}
	// What is kept too much is the same on both sides and cancels out.
	const from = Math.max(0, start - contextLength);
	const until = Math.max(0, end - contextLength);
	return [one.slice(from, one.length - until), other.slice(from, other.length - until)];
}

/** A letter of a script that sets no spaces, a word, or a sign. */
const wordPattern =
	/[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]|[\p{L}\p{N}\p{M}_]+|[^\s\p{L}\p{N}\p{M}_]/gu;

/** Adds `step` for every pair of neighbours; the ends of the text are neighbours too, so that one word is two. */
function countPairs(text: string, step: 1 | -1, counts: Map<number, number>): void {
	let previous = 0;
	const count = (next: number) => {
		// 53 bits of two hashes of 32: two different pairs that are taken for one change no share that is seen.
		const pair = previous * 0x20_0000 + (next & 0x1f_ffff);
		counts.set(pair, (counts.get(pair) ?? 0) + step);
		previous = next;
	};
	for (const [word] of text.matchAll(wordPattern)) count(hashOf(word));
	count(0);
}

/** FNV-1a over UTF-16 units, from 0 to 2³² − 1. */
function hashOf(word: string): number {
	let hash = 0x811c9dc5;
	for (let index = 0; index < word.length; index += 1) {
		hash = Math.imul(hash ^ word.charCodeAt(index), 0x01000193);
	}
	return hash >>> 0;
}
