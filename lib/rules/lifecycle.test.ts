import { describe, expect, test } from "vitest";
import { deploymentStatuses } from "../contract/deployment-status";
import { roles } from "../contract/role";
import { type Decision, judgeDecisions, terminalStatuses, transitions } from "./lifecycle";

/** The whole table by hand, from the contract: state → what an owner may do. */
const ownerMay: Record<(typeof deploymentStatuses)[number], Decision[]> = {
	proposed: ["approve", "reject"],
	ab_running: ["reject"],
	ab_passed: ["approve", "reject"],
	ab_failed: [],
	shipped: ["reject", "rollback"],
	monitoring: ["reject", "rollback"],
	regressed: ["reject", "rollback"],
	rolled_back: [],
	rejected: [],
};

function allowed(status: string, role: (typeof roles)[number] | null): string[] {
	return Object.entries(judgeDecisions(status, { role }))
		.filter(([, verdict]) => verdict.allowed)
		.map(([decision]) => decision);
}

describe("judgeDecisions", () => {
	for (const status of deploymentStatuses) {
		for (const role of [...roles, null]) {
			const expected = role === "owner" ? ownerMay[status] : [];
			test(`${role ?? "an unknown role"} on ${status} may ${expected.join(" and ") || "do nothing"}`, () => {
				expect(allowed(status, role)).toEqual(expected);
			});
		}
	}

	test("a state that we do not know enables nothing, and the sentence names it", () => {
		expect(allowed("quarantined", "owner")).toEqual([]);
		const { approve } = judgeDecisions("quarantined", { role: "owner" });
		expect(approve).toMatchObject({ allowed: false, cause: "state" });
		expect(approve.allowed === false && approve.why).toContain("“quarantined”");
	});

	test("words that every object has are no states", () => {
		for (const word of ["__proto__", "constructor", "toString", ""])
			expect(allowed(word, "owner")).toEqual([]);
	});

	test("every refusal is a sentence: the role first, then the state", () => {
		expect(judgeDecisions("rejected", { role: "viewer" }).approve).toEqual({
			allowed: false,
			cause: "role",
			why: "Only owners can approve a deployment. You are a viewer.",
		});
		expect(judgeDecisions("ab_failed", { role: "owner" }).approve).toEqual({
			allowed: false,
			cause: "state",
			why: "Only a deployment that is proposed or has passed its A/B test can be approved. This one is closed: its A/B test failed.",
		});
	});

	test("nothing leads out of a terminal state, and every decision leads to a known one", () => {
		for (const { from, to } of Object.values(transitions)) {
			expect(from.filter((status) => terminalStatuses.includes(status))).toEqual([]);
			expect(deploymentStatuses).toContain(to);
		}
	});
});
