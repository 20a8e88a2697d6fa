import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkEarlierCandidates, comparedMax, type EarlierDeployment } from "./earlier-candidates";

const rules = Array.from(
	{ length: 80 },
	(_, index) => `Rule ${index}: look up article ${index * 7} before you answer about shelf ${index % 9}.`,
);
const base = rules.join("\n");
/** The base with some of its lines replaced, or one put at the end. */
function withLines(changes: Record<number, string>, from = rules): string {
	const lines = [...from];
	for (const [index, line] of Object.entries(changes)) lines[Number(index)] = line;
	return lines.join("\n");
}

const refunds =
	"When a customer asks for money back, name the day by which it arrives, say that it goes to the card that was used, and offer a voucher only when the customer asks for one.";
const deployment = {
	id: "now",
	created_at: "2026-11-20T10:00:00Z",
	current_prompt: base,
	proposed_prompt: withLines({ 80: refunds }),
};

function earlierOne(parts: Partial<EarlierDeployment>): EarlierDeployment {
	return {
		id: "bbbbbbbb-0000-4000-8000-000000000000",
		status: "rejected",
		created_at: "2026-11-10T10:00:00Z",
		rejection_reason: "The voucher is not ours to offer.",
		current_prompt: base,
		proposed_prompt: withLines({ 80: refunds }),
		...parts,
	};
}

const findingsOf = (...earlier: EarlierDeployment[]) =>
	checkEarlierCandidates({ deployment, earlier }).findings;
const similarityTo = (proposed: string, current = base) =>
	checkEarlierCandidates({
		deployment,
		earlier: [earlierOne({ current_prompt: current, proposed_prompt: proposed })],
	}).candidates[0]?.similarity ?? Number.NaN;

describe("a change that was made before", () => {
	test("and rejected is a warning with the reason", () => {
		const slightly = withLines({ 80: refunds.replace("a voucher", "one voucher") });
		const [finding, ...more] = findingsOf(earlierOne({ proposed_prompt: slightly }));
		expect(more).toEqual([]);
		expect(finding?.severity).toBe("warning");
		expect(finding?.sentence).toMatch(
			/^What this changes is near-identical \(9\d %\) to what was changed by deployment bbbbbbbb of 2026-11-10 10:00 UTC, which was rejected, with the reason “The voucher is not ours to offer\.”\.$/,
		);
	});

	test("and rolled back is severe and comes first, and further ones are counted", () => {
		const findings = findingsOf(
			earlierOne({}),
			earlierOne({ id: "c", created_at: "2026-11-09T10:00:00Z" }),
			earlierOne({
				id: "d",
				status: "rolled_back",
				rejection_reason: "",
				created_at: "2026-11-01T10:00:00Z",
			}),
		);
		expect(findings.map(({ severity, sentence }) => `${severity}: ${sentence}`)).toEqual([
			"severe: This proposes the very prompt of deployment d of 2026-11-01 10:00 UTC, which was rolled back.",
			"warning: This proposes the very prompt of deployment bbbbbbbb of 2026-11-10 10:00 UTC, which was rejected, with the reason “The voucher is not ours to offer.”, as was 1 other.",
		]);
	});

	test("is found on another base as well: what is compared is the change", () => {
		const other = rules.slice(0, 40);
		expect(similarityTo(withLines({ 40: refunds }, other), other.join("\n"))).toBeGreaterThanOrEqual(0.9);
	});

	test("is found where it takes away what the other took away", () => {
		const without = rules.toSpliced(10, 3);
		const row = earlierOne({ proposed_prompt: rules.toSpliced(10, 3).join("\n\n") });
		const { candidates } = checkEarlierCandidates({
			deployment: { ...deployment, proposed_prompt: without.join("\n") },
			earlier: [row],
		});
		expect(candidates[0]).toMatchObject({ similarity: 1, isSamePrompt: false });
	});
});

describe("not accused is", () => {
	test.each<[string, string]>([
		[
			"another sentence of the same long prompt",
			withLines({ 3: "Rule 3: never name a shelf to a stranger." }),
		],
		["another word of the same sentence", withLines({ 80: "When a customer asks for money back, say no." })],
		["the opposite change", base],
		["nothing but white space", base.replaceAll("\n", "\n\n")],
		["half of the change", withLines({ 80: refunds.slice(0, refunds.length / 2) })],
	])("%s", (_name, proposed) => {
		expect(similarityTo(proposed)).toBeLessThan(0.7);
		expect(findingsOf(earlierOne({ proposed_prompt: proposed }))).toMatchObject([{ severity: "note" }]);
	});

	test("the same word exchanged for another one", () => {
		const changed = (word: string) =>
			base.replace("before you answer about shelf 5", `${word} you answer about shelf 5`);
		const { candidates } = checkEarlierCandidates({
			deployment: { ...deployment, proposed_prompt: changed("after") },
			earlier: [earlierOne({ proposed_prompt: changed("while") })],
		});
		expect(candidates[0]?.similarity).toBeLessThan(0.5);
	});

	test.each(["ab_failed", "shipped", "monitoring", "proposed", "new word"])(
		"a repetition of one that is %s: it was not taken back",
		(status) => {
			expect(findingsOf(earlierOne({ status }))).toMatchObject([{ severity: "note" }]);
		},
	);

	test("a repetition of one that was made later, or of itself", () => {
		const later = earlierOne({ created_at: "2026-11-21T10:00:00Z" });
		expect(checkEarlierCandidates({ deployment, earlier: [later, earlierOne({ id: "now" })] })).toEqual({
			candidates: [],
			findings: [],
		});
	});
});

describe("the list", () => {
	test("is newest first, with how each ended and why", () => {
		const { candidates } = checkEarlierCandidates({
			deployment,
			earlier: [
				earlierOne({
					id: "old",
					created_at: "2026-10-01T00:00:00Z",
					status: "rolled_back",
					rejection_reason: "",
				}),
				earlierOne({
					id: "odd",
					created_at: "long ago",
					current_prompt: undefined,
					proposed_prompt: undefined,
				}),
				earlierOne({
					id: "new",
					created_at: "2026-11-11T00:00:00Z",
					status: "ab_failed",
					rejection_reason: null,
				}),
			],
		});
		expect(candidates).toMatchObject([
			{ id: "new", status: "ab_failed", reason: null, similarity: null },
			{ id: "old", status: "rolled_back", reason: null, similarity: 1 },
			{ id: "odd", status: "rejected", reason: "The voucher is not ours to offer.", similarity: null },
		]);
	});

	test("is counted in a note, and says where there may be more", () => {
		const earlier = [
			earlierOne({ id: "1", proposed_prompt: "x" }),
			earlierOne({ id: "2", proposed_prompt: "y" }),
			earlierOne({ id: "3", status: "ab_failed" }),
		];
		expect(checkEarlierCandidates({ deployment, earlier }).findings).toMatchObject([
			{ sentence: "There were 3 earlier candidates for this cluster: 2 rejected, 1 A/B failed." },
		]);
		expect(checkEarlierCandidates({ deployment, earlier, isComplete: false }).findings).toMatchObject([
			{ sentence: "There were at least 3 earlier candidates for this cluster: 2 rejected, 1 A/B failed." },
		]);
		expect(findingsOf()).toEqual([]);
	});

	test("is compared as far as the ten newest that were taken back", () => {
		const earlier = Array.from({ length: 14 }, (_, index) =>
			earlierOne({ id: String(index), created_at: `2026-11-${14 - index}T00:00:00Z` }),
		);
		const { candidates } = checkEarlierCandidates({ deployment, earlier });
		expect(candidates.filter(({ similarity }) => similarity !== null)).toHaveLength(comparedMax);
	});
});

test("a reason of any length and kind stays one line of the sentence", () => {
	const [finding] = findingsOf(earlierOne({ rejection_reason: `No.\n\n${"very ".repeat(40_000)}bad` }));
	expect(finding?.sentence.length).toBeLessThan(400);
	expect(finding?.sentence).not.toContain("\n");
});

test("two changes are as alike one way as the other, from 0 to 1, and each is like itself", () => {
	const text = fc.array(fc.constantFrom("never", "always", "say", "no", ".", "\n", "漢", "字"), {
		maxLength: 12,
	});
	const joined = text.map((words) => words.join(" "));
	const compared = (one: [string, string], other: [string, string]) =>
		checkEarlierCandidates({
			deployment: { ...deployment, current_prompt: one[0], proposed_prompt: one[1] },
			earlier: [earlierOne({ current_prompt: other[0], proposed_prompt: other[1] })],
		}).candidates[0]?.similarity ?? Number.NaN;
	fc.assert(
		fc.property(joined, joined, joined, joined, (a, b, c, d) => {
			const similarity = compared([a, b], [c, d]);
			expect(similarity).toBeGreaterThanOrEqual(0);
			expect(similarity).toBeLessThanOrEqual(1);
			expect(compared([c, d], [a, b])).toBe(similarity);
			expect([0, 1]).toContain(compared([a, b], [a, b]));
		}),
		{ numRuns: 50 },
	);
});

test("what both texts share around a change does not matter to how alike two changes are", () => {
	const word = fc.constantFrom("never", "always", "say", "no");
	const words = fc.array(word, { maxLength: 6 }).map((all) => ` ${all.join(" ")} `);
	fc.assert(
		fc.property(words, words, words, words, (a, b, c, d) => {
			const alone = checkEarlierCandidates({
				deployment: { ...deployment, current_prompt: `x${a}x`, proposed_prompt: `x${b}x` },
				earlier: [earlierOne({ current_prompt: `x${c}x`, proposed_prompt: `x${d}x` })],
			});
			const around = (text: string) => `${base} x${text}x ${base}`;
			const amid = checkEarlierCandidates({
				deployment: { ...deployment, current_prompt: around(a), proposed_prompt: around(b) },
				earlier: [earlierOne({ current_prompt: around(c), proposed_prompt: around(d) })],
			});
			expect(amid.candidates[0]?.similarity).toBe(alone.candidates[0]?.similarity);
		}),
		{ numRuns: 50 },
	);
});

test.each([
	["letters", "a"],
	["signs", "!"],
	["spaces", " "],
	["words", "a b "],
	["letters without spaces", "漢"],
	["lone surrogates", "\ud800"],
])(
	"200 KB of nothing but %s is read to its end: whatever is more than linear runs into the time limit",
	(_name, unit) => {
		const text = unit.repeat(200_000 / unit.length);
		const { candidates } = checkEarlierCandidates({
			deployment: { ...deployment, current_prompt: "", proposed_prompt: text },
			earlier: [earlierOne({ current_prompt: "x", proposed_prompt: "y" })],
		});
		expect(candidates[0]?.similarity).toBeLessThanOrEqual(1);
	},
);
