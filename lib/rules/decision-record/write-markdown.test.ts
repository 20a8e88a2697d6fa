import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Deployment } from "../../contract/deployment";
import { assessAbReport } from "../ab-report/assess";
import { locateFindings } from "../prompt-checks/locate";
import { checkPrompts } from "../prompt-checks/run";
import { timelineOf } from "../timeline/timeline";
import { type DecisionRecord, type DecisionRecordInput, makeDecisionRecord } from "./record";
import { unifiedDiffOf } from "./unified-diff";
import { writeJson } from "./write-json";
import { writeMarkdown } from "./write-markdown";

const deployment: Deployment = {
	id: "3f2c1a90-0000-4000-8000-000000000000",
	tenant_id: "bbbbbbbb-0000-4000-8000-000000000000",
	project_id: "cccccccc-0000-4000-8000-000000000000",
	cluster_signature: "sha256:abc",
	status: "rejected",
	current_prompt: "You answer letters.\nNever open a parcel.\n",
	proposed_prompt: "You answer letters.\nAvoid opening a parcel.\n",
	rationale: "Sounds kinder.",
	rejection_reason: "Parcels stay closed.",
	ab_report: { correctness_baseline: 0.42, correctness_candidate: 0.71, sample_size: 80, judge: "one" },
	created_at: "2026-11-20T10:00:00Z",
	updated_at: "2026-11-21T09:00:00Z",
	newer_field: { kept: true },
};

function recordOf(
	parts: Partial<Deployment> = {},
	others: Partial<DecisionRecordInput> = {},
): DecisionRecord {
	const whole: Deployment = { ...deployment, ...parts };
	const texts = { current: whole.current_prompt, proposed: whole.proposed_prompt };
	const decisions = [
		{
			decision: "reject",
			from_status: "ab_passed",
			to_status: "rejected",
			actor_type: "user",
			actor_id: "user_ines",
			reason: whole.rejection_reason,
			created_at: "2026-11-21T09:00:00Z",
		},
	];
	return makeDecisionRecord({
		deployment: whole,
		projectName: "Post office",
		sha256: { current: "c0ffee", proposed: "decade" },
		unifiedDiff: unifiedDiffOf(texts),
		evidence: whole.ab_report ? assessAbReport(whole.ab_report, whole.status) : null,
		findings: locateFindings(checkPrompts(texts), texts),
		timeline: timelineOf({ deployment: whole, decisions, actions: null }),
		timelineGaps: ["Which control actions were executed from here is not recorded."],
		people: { user_ines: "Ines Ito", user_omar: "Omar", user_zoe: "Zoe" },
		exportedAt: "2027-01-02T03:04:05Z",
		exportedBy: "user_omar",
		...others,
	});
}

interface Block {
	/** The heading above it. */
	under: string;
	content: string;
}

/** What a reader of Markdown sees: headings outside of blocks, and blocks by CommonMark's rule for fences. */
function read(markdown: string): {
	headings: string[];
	blocks: Block[];
	isClosed: boolean;
	outside: string[];
} {
	const headings: string[] = [];
	const blocks: Block[] = [];
	const outside: string[] = [];
	let open: { fence: number; start: number } | null = null;
	for (const line of markdown.matchAll(/([^\r\n]*)(\r\n|\r|\n|$)/g)) {
		const text = line[1] ?? "";
		if (open === null) {
			const fence = /^ {0,3}(`{3,})[^`]*$/.exec(text)?.[1];
			if (fence !== undefined) open = { fence: fence.length, start: line.index + line[0].length };
			else {
				if (/^ {0,3}#/.test(text)) headings.push(text);
				outside.push(text);
			}
			continue;
		}
		const fence = /^ {0,3}(`+)[ \t]*$/.exec(text)?.[1];
		if (fence === undefined || fence.length < open.fence) continue;
		const under = headings.at(-1) ?? "";
		blocks.push({ under, content: markdown.slice(open.start, Math.max(open.start, line.index - 1)) });
		open = null;
	}
	return { headings, blocks, isClosed: open === null, outside };
}

describe("the record", () => {
	test("holds the exact prompts, the report, the findings with their lines, and the API's answer as it was", () => {
		const record = recordOf();
		expect(record.format).toBe("countersign/decision-record");
		expect(record.version).toBe(1);
		expect(record.prompts.current).toEqual({ text: deployment.current_prompt, sha256: "c0ffee" });
		expect(record.prompts.proposed).toEqual({ text: deployment.proposed_prompt, sha256: "decade" });
		expect(record.abTest.report).toBe(deployment.ab_report);
		expect(record.abTest.verdict?.kind).toBe("better");
		expect(record.deployment).toEqual(deployment);
		const rule = record.findings.find(({ check }) => check === "removed-rules");
		expect(rule?.lines.proposed).toEqual([2]);
		expect(record.timeline.map(({ kind }) => kind)).toEqual(["proposed", "replayed", "rejected"]);
	});

	test("names those who acted and nobody else of the organization", () => {
		const record = recordOf();
		expect(record.people).toEqual({ user_ines: "Ines Ito" });
		expect(record.exportedBy).toEqual({ id: "user_omar", name: "Omar" });
	});

	test("comes back whole from its JSON", () => {
		const record = recordOf({ current_prompt: "\u2028\ud800 </script>\r\n" });
		expect(JSON.parse(writeJson(record))).toEqual(JSON.parse(JSON.stringify(record)));
		expect(JSON.parse(writeJson(record)).prompts.current.text).toBe("\u2028\ud800 </script>\r\n");
	});
});

describe("the document", () => {
	test("tells facts, rationale, verdict, decision, findings, report, timeline, difference and both prompts", () => {
		const { headings, blocks, outside } = read(writeMarkdown(recordOf()));
		expect(headings).toEqual([
			"# Decision record: deployment 3f2c1a90",
			"## Facts",
			"## Rationale",
			"## Verdict of the A/B test",
			"## Decision",
			"## Findings of the checks",
			...headings.filter((heading) => heading.startsWith("### ")),
			"## A/B report",
			"## Timeline",
			"## Difference",
			"## Current prompt",
			"## Proposed prompt",
		]);
		expect(blocks.find(({ under }) => under === "## Rationale")?.content).toBe("Sounds kinder.");
		expect(blocks.find(({ under }) => under === "## Decision")?.content).toBe("Parcels stay closed.");
		expect(blocks.find(({ under }) => under === "## Difference")?.content).toContain(
			"-Never open a parcel.\n",
		);
		expect(blocks.find(({ under }) => under === "## A/B report")?.content).toBe(
			JSON.stringify(deployment.ab_report, null, 2),
		);
		expect(outside).toContain("| Project | Post office (cccccccc-0000-4000-8000-000000000000) |");
		expect(outside).toContain("Rejected on 2026-11-21 09:00:00 UTC by Ines Ito (user\\_ines).");
		expect(outside).toContain("2. Replayed: A/B passed, when is not recorded");
		expect(outside).toContain(
			"Exported from Countersign on 2027-01-02 03:04:05 UTC for Omar (user\\_omar). The JSON export of the same record also holds the answer of the API as it was.",
		);
	});

	test("says what there is none of", () => {
		const bare = recordOf(
			{
				status: "proposed",
				ab_report: null,
				rationale: undefined,
				proposed_prompt: deployment.current_prompt,
			},
			{ findings: [], projectName: null, timeline: [], unifiedDiff: "" },
		);
		const markdown = writeMarkdown(bare);
		for (const sentence of [
			"The API holds no report of an A/B test.",
			"Nobody has decided. The status is: Proposed.",
			"No check had anything to say.",
			"The two prompts are equal, character for character.",
		]) {
			expect(markdown).toContain(sentence);
		}
		expect(markdown).not.toContain("## A/B report");
	});

	test("leaves a difference out that is too large, and says so", () => {
		const { blocks, outside } = read(writeMarkdown(recordOf({}, { unifiedDiff: null })));
		expect(outside).toContain("It is too large to be written as a diff; both texts are below.");
		expect(blocks.filter(({ under }) => under === "## Difference")).toEqual([]);
	});

	test("says that the system acted, and that nobody knows who did", () => {
		const rolledBack = {
			...deployment,
			status: "rolled_back",
			rolled_back_at: "2026-11-22T08:00:00Z",
			approved_by: "system:auto_rollback",
		};
		const timeline = timelineOf({ deployment: rolledBack, decisions: null, actions: null });
		const { outside } = read(writeMarkdown(recordOf(rolledBack, { timeline })));
		expect(outside).toContain("Approved and shipped, when is not recorded, by whom is not recorded.");
		expect(outside).toContain(
			"Rolled back on 2026-11-22 08:00:00 UTC by automatic rollback (the system, system\\:auto\\_rollback).",
		);
	});
});

const hostileUnits = fc.constantFrom(
	..."ab `\n\r|<>*_[]()#&\\~:@.-".split(""),
	"```\n",
	"\n## Current prompt\n",
	"\n````text\n",
	"\u202e",
	"<script>",
	"~~~\n",
);

test("no text of a model makes a heading or ends a block, and each prompt can be cut out again exactly", () => {
	const hostile = fc.string({ unit: hostileUnits, maxLength: 40 });
	const [, ...expected] = read(writeMarkdown(recordOf())).headings.filter((line) => !line.startsWith("### "));
	fc.assert(
		fc.property(
			fc.record({ current: hostile, proposed: hostile, other: hostile, name: hostile }),
			(texts) => {
				const { current, proposed, other, name } = texts;
				const record = recordOf(
					{
						current_prompt: current,
						proposed_prompt: proposed,
						rationale: other,
						rejection_reason: other,
						cluster_signature: name,
						status: name,
						created_at: name,
						ab_report: { [`${name}_baseline`]: other, [`${name}_candidate`]: 1, sample_size: other },
					},
					{ projectName: name, people: { user_ines: name, user_omar: name } },
				);
				const markdown = writeMarkdown(record);
				const { headings, blocks, isClosed, outside } = read(markdown);
				expect(isClosed).toBe(true);
				expect(headings.slice(1).filter((line) => !line.startsWith("### "))).toEqual(expected);
				const contentUnder = (heading: string) =>
					blocks.filter(({ under }) => under === heading).at(-1)?.content;
				expect(contentUnder("## Current prompt")).toBe(current);
				expect(contentUnder("## Proposed prompt")).toBe(proposed);
				for (const line of outside) {
					expect(line.replace(/\\[^\da-z\s]/gi, "")).not.toMatch(/[<\u202e]/);
					if (line.startsWith("| ")) expect(line.replace(/\\\|/g, "").split("|").length).toBeOneOf([4, 9]);
				}
			},
		),
		{ numRuns: 50 },
	);
});

test("a record of 1.2 MB a side is written whole", () => {
	const text = "`".repeat(1_200_000);
	const { blocks } = read(
		writeMarkdown(recordOf({ current_prompt: text }, { findings: [], unifiedDiff: null })),
	);
	expect(blocks.find(({ under }) => under === "## Current prompt")?.content).toHaveLength(1_200_000);
});
