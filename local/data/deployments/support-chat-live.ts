import { metric } from "../reports";
import { olive, oscar } from "../signers";
import type { DeploymentSpec } from "./spec";

/** The two changes of the chat prompt that are watched now; the newer one has regressed. */
export const supportChatLive: readonly DeploymentSpec[] = [
	{
		key: "chat-goodwill",
		from: { after: "chat-batteries" },
		to: {
			edits: [
				{
					find: "do not offer an amount. Hand over with the queue `complaints`.",
					replace:
						"do not offer an amount and do not hint that there may be one. Ask what would put the " +
						"matter right for " +
						"them, add the answer to the summary in their words, and hand over with the queue `complaints`.",
				},
				{
					find: "3. you have given the same answer twice and the customer does not accept it;",
					replace:
						"3. you have given the same answer twice and the customer does not accept it, or has asked " +
						"for compensation once;",
				},
			],
		},
		cluster: "suggests that a voucher is likely before a person has decided",
		status: "monitoring",
		rationale:
			"Asks the customer what would put the matter right, so that a colleague can decide without a " +
			"second round of questions.",
		abReport: {
			...metric("correctness", 0.69, 0.83),
			...metric("helpfulness", 0.64, 0.78),
			...metric("latency_ms", 1910, 1893),
			sample_size: 110,
		},
		regressionMetric: 0.031,
		createdHoursAgo: 301,
		shippedHoursAgo: 283,
		shippedBy: olive,
		updatedHoursAgo: 0.6,
	},
	{
		key: "chat-unsure",
		from: { after: "chat-goodwill" },
		to: {
			edits: [
				{
					find: "that is not in this prompt, is a fact you do not have.",
					replace:
						"that is not in this prompt, is a fact you do not have. If you lack a fact, say that you " +
						"are unsure, and do " +
						"not fill the gap with what is usual.",
				},
				{
					find: "I can't name the day. If it has not arrived",
					replace: "I am not sure of the day. If it has not arrived",
				},
				{
					find: "2. Does every date and every amount come from a tool or from this prompt?\n",
					replace:
						"2. Does every date and every amount come from a tool or from this prompt? If not, write " +
						"that you are unsure.\n",
				},
			],
		},
		cluster: "guesses a delivery date that no tool has returned",
		status: "regressed",
		rationale: "Says when it is unsure instead of guessing.",
		abReport: {
			...metric("correctness", 0.55, 0.73),
			...metric("helpfulness", 0.75, 0.74),
			...metric("refusal_rate", 0.05, 0.08),
			sample_size: 90,
		},
		regressionMetric: -0.08,
		createdHoursAgo: 32,
		shippedHoursAgo: 9,
		shippedBy: oscar,
		regressedHoursAgo: 0.2,
	},
];
