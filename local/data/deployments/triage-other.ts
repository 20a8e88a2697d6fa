import { metric } from "../reports";
import { olive, oscar } from "../signers";
import type { DeploymentSpec } from "./spec";

/** The triage bot's smaller prompts: priority, language, spam, duplicates. */
export const triageOther: readonly DeploymentSpec[] = [
	{
		key: "spam-certainty",
		from: { prompt: "spam" },
		to: {
			edits: [
				{
					find: "3. If you are less than 90 percent sure, it is not spam.\n",
					replace: "3. If you are less than 60 percent sure, it is not spam.\n",
				},
			],
		},
		cluster: "lets advertising through to the agents",
		status: "rolled_back",
		rationale: "Lowers the certainty that is needed to mark a message as spam.",
		abReport: {
			...metric("recall", 0.72, 0.94),
			...metric("correctness", 0.93, 0.94),
			sample_size: 500,
		},
		createdHoursAgo: 806,
		shippedHoursAgo: 793,
		shippedBy: olive,
		regressedHoursAgo: 765,
		rolledBackHoursAgo: 762,
		rolledBackBy: oscar,
		rollbackReason:
			"Fourteen genuine complaints in Polish were filed as spam over the weekend. The replay set has " +
			"no Polish in it.",
	},
	{
		key: "priority-tier",
		from: { prompt: "priority" },
		to: {
			edits: [
				{
					find: "6. The customer tier must not change the priority.\n",
					replace: "6. Customers of the tier `gold` go up by one step.\n",
				},
			],
		},
		cluster: "lets loyal customers wait as long as everyone else",
		status: "rejected",
		rationale:
			"Raises the priority of gold customers, whose satisfaction dropped by four points this quarter.",
		createdHoursAgo: 508,
		rejectedHoursAgo: 501,
		rejectedBy: oscar,
		rejectionReason:
			"We decided against this with the support leads in spring. Priority follows harm, not spending. " +
			"If that changes, " +
			"it changes in the policy first and not in a prompt.",
	},
	{
		key: "priority-capitals",
		from: { prompt: "priority" },
		to: {
			edits: [
				{
					find: "9. Do not treat capitals, exclamation marks or insults as urgency.\n",
					replace:
						"9. Do not treat capitals, exclamation marks, insults, emoji, repeated letters or swear " +
						"words as urgency, " +
						"and do not treat politeness as the lack of it.\n",
				},
			],
		},
		cluster: "marks rude tickets as urgent",
		status: "ab_failed",
		rationale:
			"Extends the list of things that look like urgency, and adds that a polite ticket may be urgent.",
		abReport: {
			...metric("correctness", 0.811, 0.806),
			...metric("cost_usd", 0.00041, 0.00044),
			sample_size: 372,
		},
		createdHoursAgo: 334,
		updatedHoursAgo: 328,
	},
	{
		key: "language-region",
		from: { prompt: "language" },
		to: {
			edits: [
				{
					find: "Answer with a two-letter code in lower case, for example de, en or pl.\n",
					replace:
						"Answer with a two-letter code in lower case, for example de, en or pl. Never add a " +
						"region: en, not en-GB.\n",
				},
			],
		},
		cluster: "language code carries a region",
		status: "monitoring",
		rationale: "Rules out codes with a region, which the next service cannot read.",
		abReport: {
			...metric("correctness", 0.982, 0.9995),
			...metric("latency_ms", 212, 211.5),
			sample_size: 12000,
		},
		regressionMetric: 0,
		createdHoursAgo: 243,
		shippedHoursAgo: 231,
		shippedBy: oscar,
		updatedHoursAgo: 0.9,
	},
	{
		key: "duplicates-other-order",
		from: { prompt: "duplicates" },
		to: {
			edits: [
				{
					find: "- Another order: it never belongs, even if the text is the same.\n",
					replace:
						"- Another order: it never belongs, even if the text is the same. An order number that " +
						"differs in one digit is " +
						"another order, unless the customer says that they mistyped it.\n",
				},
			],
		},
		cluster: "merges two orders whose numbers differ in one digit",
		status: "monitoring",
		rationale: "Says that a single differing digit makes another order, unless the customer corrects it.",
		abReport: { ...metric("correctness", 0.92, 0.95), sample_size: 84 },
		regressionMetric: -0.012,
		createdHoursAgo: 163,
		shippedHoursAgo: 150,
		shippedBy: olive,
		updatedHoursAgo: 3.5,
	},
	{
		key: "priority-harm",
		from: { prompt: "priority" },
		to: { file: "priority-rewrite" },
		cluster: "confuses the customer's tone with the harm that is done",
		status: "ab_passed",
		rationale:
			"Replaces the list of rules by four questions about the harm that is done if nobody answers " +
			"today, asked in a fixed " +
			"order and answered in the output before the priority is named, because the errors in the sample " +
			"came from reasoning " +
			"after the fact: the priority was chosen by tone and the explanation was fitted to it.",
		abReport: {
			...metric("correctness", 68.4, 79.1),
			...metric("urgent_recall", 81, 96.5),
			...metric("json_valid", 99.2, 100),
			...metric("latency_ms", 840, 1015),
			sample_size: 220,
		},
		createdHoursAgo: 29,
		updatedHoursAgo: 26,
	},
	{
		key: "spam-short-refunds",
		from: { prompt: "spam" },
		to: {
			edits: [
				{
					find: "2. A message that asks for a refund must not be marked as spam, however short it is.\n",
					replace:
						"2. A message that asks for a refund should not be marked as spam, if it names an order.\n",
				},
			],
		},
		cluster: "lets advertising through to the agents",
		status: "proposed",
		rationale:
			"Narrows the exception for refunds to messages that name an order, since scams use the word as bait.",
		createdHoursAgo: 9,
	},
];
