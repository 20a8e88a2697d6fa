import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { deploymentStatuses } from "../../contract/deployment-status";
import {
	baseOf,
	checkStaleBase,
	type LiveDeployment,
	type LiveState,
	liveStatuses,
	newestRolledBack,
	newestShipped,
	type RolledBackDeployment,
	type StaleBaseInput,
} from "./stale-base";

const deployment: StaleBaseInput["deployment"] = {
	id: "aaaaaaaa-0000-4000-8000-000000000000",
	status: "ab_passed",
	created_at: "2026-11-20T10:00:00Z",
	current_prompt: "You answer letters.",
	proposed_prompt: "You answer letters briefly.",
};

function liveOne(parts: Partial<LiveDeployment>): LiveDeployment {
	return {
		id: "bbbbbbbb-0000-4000-8000-000000000000",
		status: "shipped",
		shipped_at: "2026-11-21T09:30:00Z",
		approved_by: "user_ines",
		proposed_prompt: "You answer letters and parcels.",
		...parts,
	};
}

function rolledBackOne(parts: Partial<RolledBackDeployment>): RolledBackDeployment {
	return {
		id: "cccccccc-0000-4000-8000-000000000000",
		rolled_back_at: "2026-11-21T12:00:00Z",
		proposed_prompt: deployment.current_prompt,
		...parts,
	};
}

function state(newest: LiveDeployment | null, rest: Partial<LiveState> = {}): LiveState {
	return { newest, rolledBack: null, isComplete: true, ...rest };
}

const sentences = (live: LiveState, parts: Partial<StaleBaseInput["deployment"]> = {}) =>
	checkStaleBase({ deployment: { ...deployment, ...parts }, live }).map(
		({ severity, sentence }) => `${severity}: ${sentence}`,
	);

describe("a base that has moved on", () => {
	test("is severe, and says which deployment overtook this one, when, by whom and what approving would do", () => {
		expect(sentences(state(liveOne({})))).toEqual([
			"severe: After this was proposed, deployment bbbbbbbb shipped on 2026-11-21 09:30 UTC by user_ines and left a prompt live that this comparison does not show: approving would overwrite it.",
		]);
		expect(sentences(state(liveOne({ approved_by: "system:autoship" })))[0]).toContain("by autoship and");
		expect(sentences(state(liveOne({ approved_by: null })))[0]).toContain("by somebody not recorded and");
	});

	test.each(liveStatuses)(
		"is found whether the other one is shipped, monitored or regressed: %s",
		(status) => {
			expect(sentences(state(liveOne({ status })))).toHaveLength(1);
		},
	);

	test("gives the three texts for the picture", () => {
		expect(baseOf({ deployment, live: state(liveOne({})) })).toMatchObject({
			kind: "stale",
			cause: "shipped",
			threeWay: {
				proposedFrom: "You answer letters.",
				liveNow: "You answer letters and parcels.",
				proposed: "You answer letters briefly.",
				liveDeploymentId: "bbbbbbbb-0000-4000-8000-000000000000",
			},
		});
	});

	test("is only a note where the very prompt that is proposed went live in between", () => {
		expect(sentences(state(liveOne({ proposed_prompt: deployment.proposed_prompt })))).toEqual([
			"note: The proposed prompt is live already, by deployment bbbbbbbb shipped on 2026-11-21 09:30 UTC: approving would change no text.",
		]);
	});

	test("is found where what this was proposed from has been rolled back", () => {
		const before = liveOne({ shipped_at: "2026-11-01T00:00:00Z", proposed_prompt: "You answer." });
		const live = state(before, { rolledBack: rolledBackOne({}) });
		expect(sentences(live)).toEqual([
			"severe: This was proposed from the prompt of deployment cccccccc, which was rolled back on 2026-11-21 12:00 UTC: approving may bring live again what was taken back.",
		]);
		expect(baseOf({ deployment, live })).toMatchObject({
			kind: "stale",
			cause: "rolled_back",
			threeWay: { liveNow: "You answer.", liveDeploymentId: before.id },
		});
		expect(sentences(state(null, { rolledBack: rolledBackOne({}) }))).toHaveLength(1);
	});
});

describe("nothing is said", () => {
	test.each<[string, LiveState]>([
		[
			"what is live is what this was proposed from",
			state(liveOne({ proposed_prompt: deployment.current_prompt })),
		],
		[
			"only line ends and white space at the end differ",
			state(liveOne({ proposed_prompt: "You answer letters.\r\n" })),
		],
		["nothing is live", state(null)],
		["the list was too long", state(liveOne({}), { isComplete: false })],
		[
			"the one that is live had shipped before this was proposed",
			state(liveOne({ shipped_at: "2026-11-19T00:00:00Z" })),
		],
		["it shipped in the same moment", state(liveOne({ shipped_at: deployment.created_at }))],
		["when it shipped cannot be read", state(liveOne({ shipped_at: "yesterday" }))],
		["it is this very deployment", state(liveOne({ id: deployment.id }))],
		[
			"another one was rolled back, and what is live is the base again",
			state(liveOne({ proposed_prompt: deployment.current_prompt }), {
				rolledBack: rolledBackOne({ proposed_prompt: "Something else." }),
			}),
		],
		[
			"the base was rolled back once, and shipped again since",
			state(liveOne({ proposed_prompt: deployment.current_prompt }), { rolledBack: rolledBackOne({}) }),
		],
	])("where %s", (_name, live) => {
		expect(sentences(live)).toEqual([]);
	});

	test.each(["ab_failed", "shipped", "monitoring", "regressed", "rolled_back", "rejected", "quarantined"])(
		"of a deployment that is %s, and its base is not judged",
		(status) => {
			const live = state(liveOne({}), { rolledBack: rolledBackOne({}) });
			expect(sentences(live, { status })).toEqual([]);
			expect(baseOf({ deployment: { ...deployment, status }, live }).kind).toBe("unknown");
		},
	);

	test.each(["proposed", "ab_running", "ab_passed"])("but of one that is %s it is", (status) => {
		expect(sentences(state(liveOne({})), { status })).toHaveLength(1);
	});
});

test("says why it cannot tell", () => {
	const why = (live: LiveState) => {
		const base = baseOf({ deployment, live });
		return base.kind === "unknown" ? base.why : base.kind;
	};
	expect(why(state(null))).toBe("The list names no other deployment of this project that is live.");
	expect(why(state(null, { isComplete: false }))).toContain("more live deployments than were looked through");
	expect(why(state(liveOne({ shipped_at: "2026-11-19T00:00:00Z" })))).toContain("changed in another way");
});

describe("what is live", () => {
	test("is the newest that shipped and still stands: a rollback makes the one before it live again", () => {
		const first = { id: "1", status: "monitoring", shipped_at: "2026-11-01T00:00:00Z" };
		const second = { id: "2", status: "shipped", shipped_at: "2026-11-02T00:00:00+02:00" };
		expect(newestShipped([first, second])?.id).toBe("2");
		expect(newestShipped([second, first])?.id).toBe("2");
		expect(newestShipped([first, { ...second, status: "rolled_back" }])?.id).toBe("1");
		expect(newestShipped([first, { ...second, status: "rejected" }])?.id).toBe("1");
		expect(newestShipped([{ ...first, shipped_at: null }])).toBeNull();
		expect(newestShipped([])).toBeNull();
	});

	test("the last rollback is the newest by its own date", () => {
		const rows = [
			{ id: "1", status: "rolled_back", rolled_back_at: "2026-11-03T00:00:00Z" },
			{ id: "2", status: "rolled_back", rolled_back_at: "2026-11-02T00:00:00Z" },
			{ id: "3", status: "shipped", rolled_back_at: "2026-11-04T00:00:00Z" },
		];
		expect(newestRolledBack(rows)?.id).toBe("1");
	});
});

test("no state of things makes it throw, and a finding about overwriting comes with its picture", () => {
	const prompt = fc.constantFrom("a", "b", "c\r\n", "");
	const moment = fc.constantFrom("2026-11-19T00:00:00Z", "2026-11-21T00:00:00Z", "?", null);
	const status = fc.constantFrom(...deploymentStatuses, "new word");
	const newest = fc.record({
		status,
		shipped_at: moment,
		approved_by: fc.option(fc.string()),
		proposed_prompt: prompt,
	});
	const rolledBack = fc.record({ rolled_back_at: moment, proposed_prompt: prompt });
	fc.assert(
		fc.property(
			fc.record({ status, current_prompt: prompt, proposed_prompt: prompt }),
			fc.option(newest),
			fc.option(rolledBack),
			fc.boolean(),
			(parts, one, other, isComplete) => {
				const input = {
					deployment: { ...deployment, ...parts },
					live: {
						newest: one === null ? null : { id: "live", ...one },
						rolledBack: other === null ? null : { id: "back", ...other },
						isComplete,
					},
				};
				const base = baseOf(input);
				const findings = checkStaleBase(input);
				expect(findings.length).toBeLessThanOrEqual(1);
				if (base.kind === "same") expect(findings).toEqual([]);
				if (base.kind === "stale") expect(findings).toHaveLength(1);
				for (const { sentence } of findings) expect(sentence).toMatch(/^[A-Z].*\.$/);
			},
		),
	);
});
