import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ControlAction } from "../../contract/control-action";
import type { RecordedDecision } from "../../contract/decision";
import type { DeploymentSummary } from "../../contract/deployment";
import { deploymentStatuses } from "../../contract/deployment-status";
import { eventInWords, gapsInWords, isActOfSomebody } from "./event-in-words";
import { type TimelineEvent, timelineOf } from "./timeline";

const proposed: DeploymentSummary = {
	id: "aaaaaaaa-0000-4000-8000-000000000000",
	tenant_id: "bbbbbbbb-0000-4000-8000-000000000000",
	project_id: "cccccccc-0000-4000-8000-000000000000",
	cluster_signature: "sha256:abc",
	status: "proposed",
	created_at: "2026-11-20T10:00:00Z",
	updated_at: "2026-11-25T10:00:00Z",
};

function record(parts: Partial<DeploymentSummary>): DeploymentSummary {
	return { ...proposed, ...parts };
}

function decision(parts: Partial<RecordedDecision>): RecordedDecision {
	return {
		decision: "approve",
		from_status: "ab_passed",
		to_status: "shipped",
		actor_type: "user",
		actor_id: "user_ines",
		reason: "",
		created_at: "2026-11-21T09:00:00Z",
		...parts,
	};
}

function action(parts: Partial<ControlAction>): ControlAction {
	return {
		id: "dddddddd-0000-4000-8000-000000000000",
		tenant_id: proposed.tenant_id,
		project_id: proposed.project_id,
		action_type: "retry",
		status: "executed",
		created_at: "2026-11-20T12:00:00Z",
		updated_at: "2026-11-20T12:00:01Z",
		...parts,
	};
}

/** `Rejected | 2026-… | user_ines | why`; a dash stands for what is not recorded. */
function lines(events: readonly TimelineEvent[]): string[] {
	return events.map((event) =>
		[eventInWords(event), event.at ?? "–", event.actor ?? "–", event.reason ?? "–"].join(" | "),
	);
}

function told(
	deployment: DeploymentSummary,
	decisions: RecordedDecision[] | null = null,
	actions: ControlAction[] | null = null,
): string[] {
	return lines(timelineOf({ deployment, decisions, actions }));
}

describe("with the API's list of decisions", () => {
	test("it is proposed, replayed and rejected, by whom and why", () => {
		const rejected = record({
			status: "rejected",
			rejection_reason: "Too soft.",
			ab_report: { sample_size: 80 },
		});
		const decisions = [decision({ decision: "reject", to_status: "rejected", reason: "Too soft." })];
		expect(told(rejected, decisions)).toEqual([
			"Proposed | 2026-11-20T10:00:00Z | – | –",
			"Replayed: A/B passed | – | – | –",
			"Rejected | 2026-11-21T09:00:00Z | user_ines | Too soft.",
		]);
	});

	test("approving, shipping and the record's own stamps are one entry", () => {
		const shipped = record({
			status: "monitoring",
			shipped_at: "2026-11-21T09:00:00.900Z",
			approved_by: "user_ines",
		});
		expect(told(shipped, [decision({ reason: "Proven." })])).toEqual([
			"Proposed | 2026-11-20T10:00:00Z | – | –",
			"Replayed: A/B passed | – | – | –",
			"Approved and shipped | 2026-11-21T09:00:00Z | user_ines | Proven.",
		]);
	});

	test("shipping more than a second after the approval is an entry of its own", () => {
		const shipped = record({
			status: "shipped",
			shipped_at: "2026-11-21T09:00:02Z",
			approved_by: "user_ines",
		});
		expect(told(shipped, [decision({ from_status: "proposed" })]).slice(1)).toEqual([
			"Approved and shipped | 2026-11-21T09:00:00Z | user_ines | –",
			"Went live | 2026-11-21T09:00:02Z | – | –",
		]);
	});

	test("a rollback is told once, and the approver is known although the record has lost them", () => {
		const back = record({
			status: "rolled_back",
			shipped_at: "2026-11-21T09:00:00Z",
			rolled_back_at: "2026-11-22T08:00:00Z",
			approved_by: "system:auto_rollback",
		});
		const rollback = decision({
			decision: "rollback",
			from_status: "regressed",
			to_status: "rolled_back",
			actor_type: "system",
			actor_id: "system:auto_rollback",
			created_at: "2026-11-22T08:00:00Z",
		});
		expect(told(back, [decision({}), rollback]).slice(2)).toEqual([
			"Approved and shipped | 2026-11-21T09:00:00Z | user_ines | –",
			"Regressed | – | – | –",
			"Rolled back | 2026-11-22T08:00:00Z | system:auto_rollback | –",
		]);
	});

	test("what the list leaves out is taken from the record", () => {
		const back = record({
			status: "rolled_back",
			shipped_at: "2026-11-21T09:00:00Z",
			rolled_back_at: "2026-11-22T08:00:00Z",
			approved_by: "user_ines",
		});
		expect(told(back, []).slice(1)).toEqual([
			"Approved and shipped | 2026-11-21T09:00:00Z | user_ines | –",
			"Rolled back | 2026-11-22T08:00:00Z | – | –",
		]);
	});

	test("the reason of a rejection is the record's where the list has none", () => {
		const rejected = record({ status: "rejected", rejection_reason: "Too soft." });
		const [, event] = told(rejected, [decision({ decision: "reject", from_status: "proposed" })]);
		expect(event).toBe("Rejected | 2026-11-21T09:00:00Z | user_ines | Too soft.");
	});

	test("a decision of a newer API is told in its own words", () => {
		const [, , event] = told(record({ status: "held" }), [
			decision({ decision: "hold", to_status: "held", reason: "Audit." }),
		]);
		expect(event).toBe("Decided “hold”: held | 2026-11-21T09:00:00Z | user_ines | Audit.");
	});
});

describe("without such a list", () => {
	test("who rejected and when is not recorded, and the last change is not taken for it", () => {
		expect(told(record({ status: "rejected", rejection_reason: "Too soft." }))).toEqual([
			"Proposed | 2026-11-20T10:00:00Z | – | –",
			"Rejected | – | – | Too soft.",
		]);
	});

	test("after an automatic rollback nobody is named as the approver", () => {
		const back = record({
			status: "rolled_back",
			shipped_at: "2026-11-21T09:00:00Z",
			rolled_back_at: "2026-11-22T08:00:00Z",
			approved_by: "system:auto_rollback",
		});
		expect(told(back).slice(1)).toEqual([
			"Approved and shipped | 2026-11-21T09:00:00Z | – | –",
			"Rolled back | 2026-11-22T08:00:00Z | system:auto_rollback | –",
		]);
	});

	test("whoever rolled back by hand is not recorded, and the approver is not taken for them", () => {
		const back = record({
			status: "rolled_back",
			rolled_back_at: "2026-11-22T08:00:00Z",
			approved_by: "user_ines",
		});
		expect(told(back).slice(1)).toEqual([
			"Approved and shipped | – | user_ines | –",
			"Rolled back | 2026-11-22T08:00:00Z | – | –",
		]);
	});

	test("what shipped by itself had passed", () => {
		const shipped = record({
			status: "shipped",
			shipped_at: "2026-11-20T10:00:00Z",
			approved_by: "system:autoship",
		});
		expect(told(shipped)).toEqual([
			"Proposed | 2026-11-20T10:00:00Z | – | –",
			"Replayed: A/B passed | – | – | –",
			"Approved and shipped | 2026-11-20T10:00:00Z | system:autoship | –",
		]);
	});
});

describe("the replay", () => {
	const replay = (parts: Partial<DeploymentSummary>) =>
		told(record(parts)).filter((line) => line.startsWith("Repl"));

	test.each([
		["ab_passed", "Replayed: A/B passed | – | – | –"],
		["ab_failed", "Replayed: A/B failed | – | – | –"],
		["ab_running", "Replay: A/B running | – | – | –"],
	])("is told of one that is %s, without a moment", (status, line) => {
		expect(replay({ status })).toEqual([line]);
	});

	test("is not made up for what was never replayed", () => {
		expect(replay({ ab_report: null })).toEqual([]);
		expect(replay({ status: "shipped", shipped_at: "2026-11-21T09:00:00Z" })).toEqual([]);
	});

	test("is not said to have passed because a report is there", () => {
		const shipped = { status: "shipped", shipped_at: "2026-11-21T09:00:00Z", ab_report: {} };
		expect(replay(shipped)).toEqual(["Replayed: the outcome is not recorded | – | – | –"]);
	});
});

test("actions stand among the decisions by their moment, with type and state", () => {
	const rejected = record({ status: "rejected" });
	const decisions = [decision({ decision: "reject", from_status: "proposed" })];
	const actions = [
		action({
			action_type: "fallback_model",
			status: "pending_approval",
			created_at: "2026-11-23T12:00:00Z",
		}),
		action({}),
	];
	expect(told(rejected, decisions, actions)).toEqual([
		"Proposed | 2026-11-20T10:00:00Z | – | –",
		"Control action: retry, executed | 2026-11-20T12:00:00Z | – | –",
		"Rejected | 2026-11-21T09:00:00Z | user_ines | –",
		"Control action: fallback model, pending approval | 2026-11-23T12:00:00Z | – | –",
	]);
});

test("moments are compared as moments, whatever their zone, and text that is no date is none", () => {
	const shipped = record({
		status: "shipped",
		created_at: "2026-11-21T10:30:00+02:00",
		shipped_at: "2026-11-21T09:00:00Z",
	});
	expect(told(shipped).map((line) => line.split(" | ")[0])).toEqual(["Proposed", "Approved and shipped"]);
	expect(told(record({ created_at: "yesterday" }))).toEqual(["Proposed | – | – | –"]);
});

test("what the timeline cannot know is said", () => {
	const all = { keepsDecisions: true, keepsActionOrigin: true, areActionsComplete: true };
	expect(gapsInWords(all)).toEqual([]);
	for (const key of ["keepsDecisions", "keepsActionOrigin", "areActionsComplete"] as const) {
		expect(gapsInWords({ ...all, [key]: false })).toHaveLength(1);
	}
});

test("no record makes it throw, no known moment goes backwards, and no decision is told twice", () => {
	const moment = fc.option(
		fc.constantFrom("2026-11-19T00:00:00Z", "2026-11-21T00:00:00.5Z", "2026-11-21T00:00:00+02:00", "?", ""),
	);
	const status = fc.constantFrom(...deploymentStatuses, "new word", "__proto__");
	const actor = fc.constantFrom("user_ines", "system:autoship", "system:auto_rollback", "");
	const anyRecord = fc.record({
		status,
		created_at: moment.map(String),
		shipped_at: moment,
		rolled_back_at: moment,
		approved_by: fc.option(actor),
		rejection_reason: fc.option(fc.string(), { nil: undefined }),
		ab_report: fc.option(fc.dictionary(fc.string(), fc.jsonValue())),
	});
	const anyDecision = fc.record({
		decision: fc.constantFrom("approve", "reject", "rollback", "hold", "__proto__"),
		from_status: status,
		to_status: status,
		actor_id: actor,
		reason: fc.option(fc.string()),
		created_at: moment.map(String),
	});
	const anyAction = fc.record({
		action_type: fc.string(),
		status: fc.string(),
		created_at: moment.map(String),
	});
	fc.assert(
		fc.property(
			anyRecord,
			fc.option(fc.array(anyDecision, { maxLength: 4 })),
			fc.option(fc.array(anyAction, { maxLength: 3 })),
			(parts, decisions, actions) => {
				const events = timelineOf({
					deployment: record(parts),
					decisions: decisions?.map((one) => decision(one)) ?? null,
					actions: actions?.map((one) => action(one)) ?? null,
				});
				const moments = events.flatMap(({ at }) => (at === null ? [] : [Date.parse(at)]));
				expect(moments.every(Number.isFinite)).toBe(true);
				expect([...moments].sort((one, other) => one - other)).toEqual(moments);
				expect(events.filter(({ kind }) => kind === "proposed")).toHaveLength(1);
				expect(events.filter(({ kind }) => kind === "action")).toHaveLength(actions?.length ?? 0);
				for (const [kind, word] of [
					["approved", "approve"],
					["rejected", "reject"],
					["rolled_back", "rollback"],
				]) {
					const listed = decisions?.filter((one) => one.decision === word).length ?? 0;
					expect(events.filter((event) => event.kind === kind).length).toBeLessThanOrEqual(
						Math.max(1, listed),
					);
				}
				for (const event of events) {
					expect(eventInWords(event)).not.toBe("");
					if (!isActOfSomebody(event)) expect(event.actor).toBeNull();
				}
			},
		),
		{ numRuns: 300 },
	);
});
