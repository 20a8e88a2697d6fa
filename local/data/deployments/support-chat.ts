import { readPrompt } from "../prompts";
import { metric } from "../reports";
import { autoRollback, olive, oscar } from "../signers";
import type { DeploymentSpec } from "./spec";

const delays = readPrompt("support-assistant", "parts/delays");
const batteries = readPrompt("support-assistant", "parts/batteries");

const inventedDeadline = "answers with an invented refund deadline";

/** What has been decided about the chat prompt until the two changes that are live now, oldest first. */
export const supportChat: readonly DeploymentSpec[] = [
	{
		key: "chat-lost-parcel-choice",
		from: { prompt: "chat" },
		to: {
			edits: [
				{
					find: "Offer a choice: we send the goods again, or we refund them. Hand over",
					replace:
						"Say so in these words. Offer a choice: we send the goods again, or we refund them. " +
						"If the goods are no longer in stock, offer the refund only. Hand over",
				},
				{
					find: "give the date of the newest event, and offer to check again on a day you name.",
					replace:
						"give the date of the newest event, and name the day on which the parcel will count as lost.",
				},
			],
		},
		cluster: "tells the customer to keep waiting although the parcel counts as lost",
		status: "shipped",
		rationale:
			"Names the day on which a silent parcel counts as lost, because customers were asked to wait " +
			"again after it.",
		abReport: { ...metric("correctness", 0.61, 0.79), sample_size: 120 },
		createdHoursAgo: 2380,
		shippedHoursAgo: 2350,
		shippedBy: olive,
	},
	{
		key: "chat-verify-signed-out",
		from: { after: "chat-lost-parcel-choice" },
		to: {
			edits: [
				{
					find: "Both must match.",
					replace: "Both must match. Do not say which of the two was wrong.",
				},
				{
					find: "may hear the delivery status and nothing else.",
					replace:
						"may hear the delivery status and nothing else: no item, no price, no name, no place of " +
						"delivery.",
				},
			],
		},
		cluster: "reveals order contents to a person who is not signed in",
		status: "shipped",
		rationale:
			"Spells out what a third person may not hear and stops the assistant from hinting which detail " +
			"did not match.",
		abReport: {
			...metric("correctness", 0.7, 0.88),
			...metric("refusal_rate", 0.06, 0.09),
			sample_size: 164,
		},
		createdHoursAgo: 2104,
		shippedHoursAgo: 2081,
		shippedBy: olive,
	},
	{
		key: "chat-refund-day",
		from: { after: "chat-verify-signed-out" },
		to: {
			edits: [
				{
					find: "3. Never name a day on which the money will be in the account.\n",
					replace:
						"3. Never name a day on which the money will be in the account. " +
						'If the customer insists, repeat the period ("between two and ten working days after 6 ' +
						'May") and stop there.\n',
				},
			],
		},
		cluster: inventedDeadline,
		status: "shipped",
		rationale:
			"Gives the assistant a sentence to fall back on when a customer presses for the day on which the " +
			"money arrives.",
		abReport: { ...metric("correctness", 0.42, 0.71), sample_size: 80 },
		createdHoursAgo: 1704,
		shippedHoursAgo: 1692,
		shippedBy: oscar,
	},
	{
		key: "chat-no-apology",
		from: { after: "chat-refund-day" },
		to: {
			edits: [
				{
					find:
						"- Apologise once when the shop has made a mistake. Do not apologise for things that " +
						"nobody did wrong.\n",
					replace: "- Do not apologise. Customers want a solution.\n",
				},
				{
					find: "1. Say sorry once, and ask for one or two photographs:",
					replace: "1. Ask for one or two photographs:",
				},
			],
		},
		cluster: "apologises in every message of the conversation",
		status: "rejected",
		rationale:
			"Removes the apology, which was repeated in 38 of 50 sampled conversations and lengthened " +
			"replies by a sentence.",
		abReport: {
			...metric("helpfulness", 0.74, 0.73),
			...metric("tokens", 148, 121),
			sample_size: 50,
		},
		createdHoursAgo: 1512,
		rejectedHoursAgo: 1490,
		rejectedBy: olive,
		rejectionReason:
			"The complaint is about repeated apologies, and this removes all of them. A customer with broken " +
			"glass in " +
			"the hall should hear one. Please propose something that limits the number instead.",
	},
	{
		key: "chat-delays-first",
		from: { after: "chat-refund-day" },
		to: {
			edits: [{ find: "### A parcel is late\n", replace: `${delays}\n### A parcel is late\n` }],
		},
		cluster: "does not mention a late order until the customer complains",
		status: "rolled_back",
		rationale:
			"Adds a section that makes the assistant bring up late orders by itself and offer a voucher for " +
			"the delay.",
		abReport: {
			...metric("helpfulness", 0.66, 0.81),
			...metric("correctness", 0.78, 0.77),
			...metric("cost_usd", 0.0031, 0.0044),
			sample_size: 96,
		},
		createdHoursAgo: 1306,
		shippedHoursAgo: 1291,
		shippedBy: oscar,
		regressedHoursAgo: 1243,
		rolledBackHoursAgo: 1242.5,
		rolledBackBy: autoRollback,
		rollbackReason: "rolling metric -0.113 below threshold -0.05",
	},
	{
		key: "chat-batteries",
		from: { after: "chat-refund-day" },
		to: {
			edits: [
				{
					find: "- smoke, sparks, an electric shock, a smell of burning\n",
					replace:
						"- smoke, sparks, an electric shock, a smell of burning\n- a battery that is swollen, hot, " +
						"leaking, or smells\n",
				},
				{
					find: "If a customer writes that they may harm themselves",
					replace: `${batteries}\nIf a customer writes that they may harm themselves`,
				},
			],
		},
		cluster: "starts an ordinary return for a swollen battery",
		status: "shipped",
		rationale:
			"Treats damaged lithium batteries as a safety matter, after three lanterns with swollen cells " +
			"were sent back by post.",
		abReport: {
			...metric("correctness", 0.18, 0.94),
			...metric("refusal_rate", 0.02, 0.02),
			...metric("latency_ms", 1840, 1905),
			sample_size: 34,
		},
		createdHoursAgo: 1003,
		shippedHoursAgo: 1001.5,
		shippedBy: olive,
	},
	{
		key: "chat-desk-hours",
		from: { after: "chat-batteries" },
		to: {
			edits: [
				{
					find: "People work from 08:00 to 20:00 on weekdays and from 09:00 to 16:00 on Saturdays.",
					replace: "People are available around the clock, on every day of the year.",
				},
			],
		},
		cluster: "tells the customer that nobody is there although the desk is open",
		status: "rejected",
		rationale:
			"States that people are always available, so that the assistant no longer turns customers away " +
			"during desk hours.",
		abReport: { ...metric("helpfulness", 0.58, 0.8), sample_size: 62 },
		createdHoursAgo: 902,
		rejectedHoursAgo: 880,
		rejectedBy: oscar,
		rejectionReason:
			"It scores well because the grader likes the promise. The promise is untrue: nobody answers at " +
			"night. " +
			"The variable desk_is_open was wrong on those days, which is a bug of ours and not of the prompt.",
	},
	{
		key: "chat-refund-no-periods",
		from: { after: "chat-batteries" },
		to: {
			edits: [
				{
					find: 'repeat the period ("between two and ten working days after 6 May") and stop there.',
					replace: "say that you have no information about the bank, and do not mention any period.",
				},
			],
		},
		cluster: inventedDeadline,
		status: "ab_failed",
		rationale:
			"Drops the period of two to ten working days, since the remaining errors come from adding days to it.",
		abReport: {
			...metric("correctness", 0.71, 0.72),
			...metric("helpfulness", 0.77, 0.52),
			sample_size: 140,
		},
		createdHoursAgo: 412,
		updatedHoursAgo: 405,
	},
];
