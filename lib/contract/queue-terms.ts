import type { DeploymentStatus } from "./deployment-status";

/** The views of the queue and the states that each holds, in the order in which they are looked at. */
export const statusesOfView = {
	"needs-decision": ["ab_passed", "proposed"],
	running: ["ab_running"],
	live: ["shipped", "monitoring"],
	regressed: ["regressed"],
	closed: ["ab_failed", "rolled_back", "rejected"],
	all: [
		"ab_passed",
		"proposed",
		"ab_running",
		"regressed",
		"shipped",
		"monitoring",
		"ab_failed",
		"rolled_back",
		"rejected",
	],
} as const satisfies Record<string, readonly DeploymentStatus[]>;
export type QueueView = keyof typeof statusesOfView;
export const queueViews = Object.keys(statusesOfView) as QueueView[];

/**
 * `state`: by state in the order that the question names them, each newest first. `newest`, `oldest`: by
 * creation. `waiting`: longest in its present state first. `effect`: what the A/B test says is best first.
 */
export const queueSorts = ["state", "newest", "oldest", "waiting", "effect"] as const;
export const queueDefaultSort = "state" satisfies (typeof queueSorts)[number];
export type QueueSort = (typeof queueSorts)[number];

/** What the A/B report proves (`lib/rules/ab-report/verdict.ts`); `untested` where there is no report. */
export const queueVerdicts = [
	"better",
	"worse",
	"mixed",
	"not-shown",
	"contradictory",
	"none",
	"untested",
] as const;
export type QueueVerdict = (typeof queueVerdicts)[number];

/** Fewer characters than this find too much of a million rows to be worth the wait. */
export const searchMinLength = 3;
export const searchMaxLength = 200;
