import { readPrompt } from "../prompts";
import { metric } from "../reports";
import { olive, oscar } from "../signers";
import type { DeploymentSpec } from "./spec";

const emailTone = readPrompt("support-assistant", "parts/email-tone").trimEnd();

/** The small prompts around the chat: order status, e-mail drafts, greeting, handover note. */
export const supportOther: readonly DeploymentSpec[] = [
	{
		key: "status-passed-date",
		from: { prompt: "order-status" },
		to: {
			edits: [
				{
					find: "7. You must say when a date has passed. Do not leave the customer to find out.\n",
					replace:
						"7. If the promised date has passed, the first sentence must say so and name the date. " +
						"Do not leave the customer to find out.\n",
				},
			],
		},
		cluster: "presents a promised date that has already passed",
		status: "shipped",
		rationale: "Moves the news that a date has passed into the first sentence.",
		abReport: { ...metric("correctness", 0.68, 0.93), sample_size: 75 },
		createdHoursAgo: 1405,
		shippedHoursAgo: 1382,
		shippedBy: oscar,
	},
	{
		key: "email-liability",
		from: { prompt: "email-reply" },
		to: {
			edits: [
				{
					find: '"this was caused by our packing" is not.',
					replace: '"this was caused by our packing" is not, and neither is "we should have".',
				},
			],
		},
		cluster: "draft admits that the shop has caused the damage",
		status: "ab_failed",
		rationale: "Adds a second phrase to the list of admissions that a draft may not contain.",
		abReport: { ...metric("correctness", 0.88, 0.88), ...metric("helpfulness", 0.71, 0.7), sample_size: 64 },
		createdHoursAgo: 822,
		updatedHoursAgo: 815,
	},
	{
		key: "email-no-gaps",
		from: { prompt: "email-reply" },
		to: {
			edits: [
				{
					find:
						"Where a fact is missing, write a gap in square brackets that says what belongs there, " +
						"such as [date of the replacement], so that the agent sees it.",
					replace: "Where a fact is missing, choose a wording that does not need it.",
				},
			],
		},
		cluster: "draft is sent with a gap in square brackets",
		status: "rejected",
		rationale: "Avoids gaps in square brackets, four of which reached customers last month.",
		createdHoursAgo: 644,
		rejectedHoursAgo: 640,
		rejectedBy: olive,
		rejectionReason: "",
	},
	{
		key: "greeting-offers",
		from: { prompt: "greeting" },
		to: {
			edits: [
				{
					find: "You must not mention discounts, products, or the weather.\n",
					replace: "You may mention one current offer. Do not mention the weather.\n",
				},
			],
		},
		cluster: "greeting is so plain that customers close the chat",
		status: "rejected",
		rationale: "Permits one current offer in the greeting to make it more engaging.",
		abReport: { ...metric("engagement", 0.22, 0.25), sample_size: 18 },
		createdHoursAgo: 520,
		rejectedHoursAgo: 492,
		rejectedBy: oscar,
		rejectionReason:
			"People open the chat because something has gone wrong. We do not sell here; section 1 of the " +
			"chat prompt says so too.",
	},
	{
		key: "status-carrier-words",
		from: { after: "status-passed-date" },
		to: {
			edits: [
				{
					find: '- `LABEL_CREATED`: "packed, and waiting for the carrier"\n',
					replace:
						'- `LABEL_CREATED`: "packed, and waiting for the carrier"\n' +
						'- `PICKED_UP`: "with the carrier since" and the day\n',
				},
				{
					find: '- `RETURNED`: "on its way back to us"; add that the refund starts by itself\n',
					replace:
						'- `RETURNED`: "on its way back to us"; add that the refund starts by itself\n' +
						'- `CUSTOMS`: "with customs", and that this can take several days\n' +
						"- any other code: leave it out\n",
				},
			],
		},
		cluster: "shows the carrier's event code instead of words",
		status: "monitoring",
		rationale: "Adds words for two carrier events that were shown to customers as raw codes.",
		abReport: {
			...metric("correctness", 0.84, 0.97),
			...metric("latency_ms", 640, 655),
			sample_size: 210,
		},
		regressionMetric: 0.004,
		createdHoursAgo: 212,
		shippedHoursAgo: 203,
		shippedBy: olive,
		updatedHoursAgo: 2,
	},
	{
		key: "status-locale",
		from: { after: "status-carrier-words" },
		to: {
			edits: [
				{
					find: "Locale: {{locale}}\n",
					replace: "",
				},
				{
					find: "1. One or two sentences, at most 45 words.\n",
					replace: "1. One or two sentences, at most 45 words, in the language of the order.\n",
				},
			],
		},
		cluster: "answers in English to a customer of the Danish shop",
		status: "ab_passed",
		rationale: "Takes the language from the order instead of the browser, which is often set to English.",
		createdHoursAgo: 52,
		updatedHoursAgo: 49,
	},
	{
		key: "email-brief-tone",
		from: { prompt: "email-reply" },
		to: { edits: [{ line: "Warm, plain, and grown-up.", rewrite: emailTone }] },
		cluster: "draft is longer than the agents are willing to read",
		status: "ab_passed",
		rationale:
			"Rewrites the tone section so that drafts open with the outcome and get by without background.",
		abReport: {
			...metric("helpfulness", 0.79, 0.71),
			...metric("correctness", 0.86, 0.85),
			...metric("tokens", 264, 149),
			sample_size: 130,
		},
		createdHoursAgo: 23,
		updatedHoursAgo: 21,
	},
	{
		key: "handover-next",
		from: { prompt: "handover-note" },
		to: {
			edits: [
				{
					find: "Next: the one thing that the colleague has to decide\n",
					replace:
						"Next: the one thing that the colleague has to decide, as a question that can be answered " +
						"with yes or no\n",
				},
				{
					find: "and every promise it made, word for word",
					replace: "and every promise it made, word for word, with the time",
				},
			],
		},
		cluster: "handover note leaves open what has to be decided",
		status: "ab_running",
		rationale: "Turns the last line into a yes-or-no question, which colleagues answer twice as fast.",
		createdHoursAgo: 1.4,
		updatedHoursAgo: 1.2,
	},
	{
		key: "greeting-order-question",
		from: { prompt: "greeting" },
		to: {
			edits: [
				{
					find: "ask whether the question is about that order.",
					replace: "ask whether the question is about that open order.",
				},
			],
		},
		cluster: "greeting asks about an order that is closed",
		status: "proposed",
		createdHoursAgo: 0.2,
	},
];
