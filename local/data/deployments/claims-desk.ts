import { metric } from "../reports";
import { otto } from "../signers";
import type { DeploymentSpec } from "./spec";

/** The second organization's only prompt, oldest first. */
export const claimsDesk: readonly DeploymentSpec[] = [
	{
		key: "intake-stop-water",
		from: { prompt: "intake" },
		to: {
			edits: [
				{
					find: "tell the policyholder to turn it off if that is safe, before you go on.",
					replace:
						"tell the policyholder where the main valve or switch usually is and to turn it off if " +
						"that is safe, and wait for the " +
						"answer before you go on.",
				},
			],
		},
		cluster: "goes on with the questions while water is still running",
		status: "monitoring",
		rationale: "Waits until the policyholder has turned the water off before it asks the next question.",
		abReport: { ...metric("correctness", 0.59, 0.9), sample_size: 44 },
		regressionMetric: 0.02,
		createdHoursAgo: 340,
		shippedHoursAgo: 322,
		shippedBy: otto,
		updatedHoursAgo: 4,
	},
	{
		key: "intake-photos",
		from: { after: "intake-stop-water" },
		to: {
			edits: [
				{
					find: "7. Are there photographs? Ask for at most five.",
					replace: "7. Are there photographs? Ask for at most five: two of the whole, three of the damage.",
				},
			],
		},
		cluster: "photographs show the damage but not where it is",
		status: "ab_passed",
		rationale: "Says which five photographs are useful, because adjusters had to ask for an overview again.",
		abReport: {
			...metric("helpfulness", 0.7, 0.82),
			...metric("latency_ms", 1310, 1322),
			sample_size: 90,
		},
		createdHoursAgo: 26,
		updatedHoursAgo: 22,
	},
	{
		key: "intake-coverage",
		from: { after: "intake-stop-water" },
		to: {
			edits: [
				{
					find: "1. You must never say whether the damage is covered, nor how much will be paid.",
					replace:
						"1. Avoid saying whether the damage is covered. You may say that damage of this kind is " +
						"often covered by {{policy_type}}.",
				},
			],
		},
		cluster: "leaves anxious policyholders without any answer",
		status: "proposed",
		rationale: "Allows a cautious hint at the cover, which calms policyholders down in the first minutes.",
		createdHoursAgo: 6.5,
	},
];
