import { describe, expect, test } from "vitest";
import type { ActionFailure } from "@/lib/actions/result";
import type { DeploymentSummary } from "@/lib/contract/deployment";
import { canTryAgain, outcomeOf, type RowOutcome, rejectEach } from "./bulk-reject-run";

const deployment = (parts: Partial<DeploymentSummary> = {}): DeploymentSummary => ({
	id: "d1",
	tenant_id: "t1",
	project_id: "p1",
	cluster_signature: "sha256:one",
	status: "rejected",
	created_at: "2026-11-22T10:00:00.000Z",
	updated_at: "2026-11-22T10:00:00.000Z",
	...parts,
});
const failed = (failure: Partial<ActionFailure> = {}) =>
	({ ok: false, error: { code: "x", message: "No.", outcome: "refused", ...failure } }) as const;
const sent = { id: "d1", reason: "Loses a rule.", userId: "user_1", before: null };
const lost = outcomeOf(failed({ code: "lost_answer", outcome: "unknown" }), sent);

describe("outcomeOf", () => {
	test("calls done only what came back as this deployment, rejected", () => {
		const done = deployment();
		expect(outcomeOf({ ok: true, data: done }, sent)).toEqual({ kind: "rejected", deployment: done });
		for (const other of [deployment({ id: "d2" }), deployment({ status: "ab_passed" })]) {
			expect(outcomeOf({ ok: true, data: other }, sent)).toMatchObject({ kind: "unknown" });
		}
	});

	test("never calls a lost answer a failure, and offers to ask again", () => {
		expect(lost).toMatchObject({ kind: "unknown", failure: { code: "lost_answer" } });
		expect(canTryAgain(lost)).toBe(true);
	});

	test("knows an own rejection whose answer was lost by what the record says", () => {
		const current = { status: "rejected", by: "user_1", at: null, reason: "Loses a rule." };
		const found = (parts: Partial<typeof current>, before: RowOutcome | null) =>
			outcomeOf(failed({ code: "changed_since_seen", current: { ...current, ...parts } }), {
				...sent,
				before,
			});
		expect(found({}, lost)).toEqual({ kind: "rejected", deployment: null });
		expect(found({}, null)).toMatchObject({ kind: "refused" });
		expect(found({ by: "user_2" }, lost)).toMatchObject({ kind: "refused" });
		expect(found({ reason: "Another one." }, lost)).toMatchObject({ kind: "refused" });
		expect(found({ status: "shipped" }, lost)).toMatchObject({ kind: "refused" });
	});

	test.each<[Partial<ActionFailure>, boolean]>([
		[{ code: "changed_since_seen" }, false],
		[{ code: "already_decided" }, false],
		[{ code: "forbidden" }, false],
		[{ code: "invalid_request" }, false],
		[{ code: "unauthenticated" }, true],
		[{ code: "rate_limited" }, true],
		[{ code: "http_503" }, true],
		[{ code: "http_404" }, false],
		[{ code: "unreachable", outcome: "not_sent" }, true],
	])("of %j says whether asking again makes sense: %s", (failure, expected) => {
		expect(canTryAgain(outcomeOf(failed(failure), sent))).toBe(expected);
	});

	test("offers a row that was not tried, and none that is rejected", () => {
		expect(canTryAgain(undefined)).toBe(true);
		expect(canTryAgain({ kind: "rejected", deployment: null })).toBe(false);
	});
});

describe("rejectEach", () => {
	const done: RowOutcome = { kind: "rejected", deployment: null };
	const refused = outcomeOf(failed(), sent);

	test("asks for one after the other, and goes on where one fails", async () => {
		let underWay = 0;
		const ended: string[] = [];
		await rejectEach({
			rows: ["a", "b", "c"],
			send: async (row) => {
				underWay += 1;
				await Promise.resolve();
				expect(underWay).toBe(1);
				underWay -= 1;
				return row === "b" ? refused : done;
			},
			isStopped: () => false,
			onOutcome: (row, outcome) => ended.push(`${row} ${outcome.kind}`),
		});
		expect(ended).toEqual(["a rejected", "b refused", "c rejected"]);
	});

	test("stops between two rows: what was sent is waited for, and the rest stays as it was", async () => {
		const ended: string[] = [];
		await rejectEach({
			rows: ["a", "b", "c"],
			send: async () => done,
			isStopped: () => ended.length === 2,
			onOutcome: (row) => ended.push(row),
		});
		expect(ended).toEqual(["a", "b"]);
	});
});
