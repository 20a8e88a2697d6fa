import { describe, expect, test } from "vitest";
import type { QueueRow } from "../contract/queue";
import { writeRows } from "./write-rows";

const around = {
	projectNames: new Map([["p1", 'Support, "first" line']]),
	urlOf: (id: string) => `https://desk.example/d/${id}`,
};

const row = (parts: Partial<QueueRow> = {}): QueueRow => ({
	id: "d1",
	tenant_id: "t1",
	project_id: "p1",
	cluster_signature: "sha256:one",
	status: "ab_passed",
	created_at: "2026-11-22T10:00:00.000Z",
	updated_at: "2026-11-22T10:00:00.000Z",
	...parts,
});
const digest = {
	words_added: 14,
	words_removed: 3,
	findings: 2,
	worst_severity: "severe",
	worst_sentence: "A rule is softer.",
	verdict: "worse",
	effect: -0.29,
};

describe("writeRows", () => {
	test("begins with a byte-order mark and the names, once", () => {
		const names =
			'"id","status","project","cluster_signature","rationale","words_added","words_removed","verdict","effect",' +
			'"findings","worst_severity","created_at","status_since","shipped_at","rolled_back_at","approved_by",' +
			'"rejection_reason","url","decided_by"\r\n';
		expect(writeRows([], around, true)).toBe(`\ufeff${names}`);
		expect(writeRows([], around, false)).toBe("");
		expect(writeRows([row()], around, true).slice(0, names.length + 1)).toBe(`\ufeff${names}`);
	});

	test("writes texts in quotes, figures without, and nothing where nothing is known", () => {
		const known = row({ rationale: 'Two\r\nlines, "quoted"', digest, approved_by: "user_1" });
		expect(writeRows([known, row({ id: "d2" })], around, false)).toBe(
			'"d1","ab_passed","Support, ""first"" line","sha256:one","Two\r\nlines, ""quoted""",14,3,"worse",-0.29,2,' +
				'"severe","2026-11-22T10:00:00.000Z",,,,"user_1",,"https://desk.example/d/d1","user_1"\r\n' +
				'"d2","ab_passed","Support, ""first"" line","sha256:one",,,,"untested",,,,"2026-11-22T10:00:00.000Z",,,,,,' +
				'"https://desk.example/d/d2",\r\n',
		);
	});

	test("names who rejected, which is no approval, and who approved where the API says no more", () => {
		const decided = {
			decision: "reject",
			actor_id: "user_2",
			actor_type: "user",
			at: "2026-11-22T11:00:00.000Z",
		};
		const rejected = row({ status: "rejected", approved_by: null, decided });
		expect(writeRows([rejected], around, false)).toMatch(/,,,"https:\/\/desk\.example\/d\/d1","user_2"\r\n$/);
		expect(writeRows([row({ approved_by: "user_1", decided })], around, false)).toMatch(
			/"user_1",,"[^"]+","user_2"\r\n$/,
		);
		expect(writeRows([row({ approved_by: "user_1" })], around, false)).toMatch(/,"user_1"\r\n$/);
	});

	test("lets no text of anybody begin a formula, in whichever column", () => {
		const hostile = '=HYPERLINK("http://x")';
		const text = writeRows(
			[
				row({
					id: hostile,
					status: "+1",
					project_id: "-1",
					cluster_signature: "@x",
					rationale: "\t=1",
					approved_by: " =1",
					rejection_reason: "＝1",
					shipped_at: "\r=1",
					decided: { decision: "reject", actor_id: "=1", actor_type: "user", at: "2026-11-22T10:00:00.000Z" },
					digest: { ...digest, verdict: "=1", worst_severity: "-1" },
				}),
			],
			around,
			false,
		);
		expect(text).toBe(
			'"\'=HYPERLINK(""http://x"")","\'+1","\'-1","\'@x","\'\t\'=1",14,3,"\'=1",-0.29,2,"\'-1",' +
				'"2026-11-22T10:00:00.000Z",,"\'\r\'=1",," \'=1","\'＝1",' +
				'"https://desk.example/d/=HYPERLINK(""http://x"")","\'=1"\r\n',
		);
	});

	test("reads the verdict from the report where the API sends no digest", () => {
		const report = { correctness_baseline: 0.42, correctness_candidate: 0.71, sample_size: 80 };
		expect(writeRows([row({ ab_report: report })], around, false)).toContain(',"better",');
		expect(writeRows([row({ ab_report: {} })], around, false)).toContain(',"none",');
	});
});
