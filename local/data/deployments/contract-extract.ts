import { metric } from "../reports";
import { autoship, olive, oscar } from "../signers";
import type { DeploymentSpec } from "./spec";

const missedNotice = "misses the last day to give notice";

/** The extraction prompt and the obligation calendar that is built on it, oldest first. */
export const contractExtract: readonly DeploymentSpec[] = [
	{
		key: "extract-notice-received",
		from: { prompt: "extract" },
		to: {
			edits: [
				{
					find: "If the notice must be received rather than sent, say so in `note`.",
					replace:
						"If the notice must be received rather than sent, set `must_be_received` to true. If the " +
						"contract adds days for the " +
						"post, subtract them too.",
				},
			],
		},
		cluster: missedNotice,
		status: "shipped",
		rationale:
			"Turns the remark on receipt into a field of its own, because reminders were set by the day of " +
			"sending.",
		abReport: { ...metric("correctness", 0.63, 0.85), sample_size: 52 },
		createdHoursAgo: 2400,
		shippedHoursAgo: 2371,
		shippedBy: olive,
	},
	{
		key: "extract-two-dates",
		from: { after: "extract-notice-received" },
		to: {
			edits: [
				{
					find:
						"- `signed_on`: the latest date of signature. If one signature has no date, set `status` " +
						'to `"incomplete"`.\n',
					replace:
						"- `signed_on`: the latest date of signature. If one signature has no date, use the date " +
						"on the cover page.\n",
				},
			],
		},
		cluster: "leaves the date of signature empty",
		status: "rolled_back",
		rationale: "Falls back on the cover page where a signature carries no date.",
		abReport: {
			...metric("completeness", 0.77, 0.96),
			...metric("correctness", 0.9, 0.9),
			sample_size: 118,
		},
		createdHoursAgo: 1451,
		shippedHoursAgo: 1440,
		shippedBy: oscar,
		regressedHoursAgo: 1402,
		rolledBackHoursAgo: 1396,
		rolledBackBy: olive,
		rollbackReason:
			"Cover pages carry the date of the template. 31 contracts now say that they were signed on 1 January.",
	},
	{
		key: "extract-confidence",
		from: { after: "extract-notice-received" },
		to: {
			edits: [
				{
					find: "| 0.6 | put together from several clauses |\n",
					replace:
						"| 0.7 | put together from two clauses |\n| 0.6 | put together from three or more clauses |\n",
				},
			],
		},
		cluster: "confidence does not predict errors",
		status: "ab_failed",
		rationale: "Adds a step between 0.6 and 0.8, where most of the wrong values lie.",
		abReport: {
			...metric("correctness", 0.88, 0.88),
			...metric("calibration_error", 0.14, 0.17),
			sample_size: 260,
		},
		createdHoursAgo: 455,
		updatedHoursAgo: 447,
	},
	{
		key: "obligations-remind",
		from: { prompt: "obligations" },
		to: {
			edits: [
				{
					find: "and `remind_on` is 45 days before that.",
					replace: "and `remind_on` is 45 days before that, or today if that day has passed.",
				},
			],
		},
		cluster: "sets a reminder on a day in the past",
		status: "shipped",
		rationale: "Sets the reminder to today where the ordinary day for it has already gone by.",
		abReport: { ...metric("correctness", 0.94, 1), sample_size: 70 },
		createdHoursAgo: 384,
		shippedHoursAgo: 376,
		shippedBy: autoship,
	},
	{
		key: "extract-super-cap",
		from: { after: "extract-notice-received" },
		to: {
			edits: [
				{
					line: "- `cap`: amount or formula",
					rewrite:
						"- `cap`: amount or formula, period, per claim or in aggregate. One entry for each party, " +
						"even if they are equal.\n" +
						'- `cap_basis`: the words that the amount is measured by, for instance "Fees paid", "Fees ' +
						'payable" or ' +
						'"annual contract value". They are not the same and must never be replaced by one another.',
				},
				{
					find: "cap does not apply to, one entry for each.",
					replace: 'cap does not apply to, one entry for each, with `scope` `"uncapped"` or `"super_cap"`.',
				},
				{
					find: "- `excluded_losses[]`: as listed in the contract.",
					replace:
						"- `excluded_losses[]`: as listed in the contract, with `applies_to_indemnities` true, " +
						"false or null.",
				},
				{
					line: "- `super_cap`: a second",
					rewrite:
						"- `super_caps[]`: every further cap, with the matters that it is for, and whether it " +
						"comes on top of the general " +
						"cap or replaces it.\n" +
						"- `erodes`: true only if the contract says that payments under an indemnity reduce the cap.",
				},
				{
					line: "- If the cap is a formula",
					rewrite:
						'- If the cap is a formula ("the Fees paid in the preceding twelve months"), do not ' +
						"calculate it.\n" +
						"- If a cap is the greater or the lesser of two values, return both and put the word " +
						"itself into `selector`.",
				},
			],
		},
		cluster: "reports the super cap as the general cap",
		status: "monitoring",
		rationale:
			"Rewrites the liability section so that several caps, their basis and their order can be told apart.",
		abReport: {
			...metric("correctness", 0.58, 0.82),
			...metric("completeness", 0.71, 0.88),
			...metric("tokens", 5210, 5486),
			...metric("cost_usd", 0.081, 0.086),
			sample_size: 95,
		},
		regressionMetric: 0.019,
		createdHoursAgo: 92,
		shippedHoursAgo: 80,
		shippedBy: olive,
		updatedHoursAgo: 1.6,
	},
	{
		key: "extract-quotation-length",
		from: { after: "extract-super-cap" },
		to: {
			edits: [
				{
					find: "4. Quotations are at most 300 characters long. Choose the part that proves the value.\n",
					replace: "4. Quotations are at most 120 characters long.\n",
				},
			],
		},
		cluster: "output is cut off at the token limit",
		status: "ab_passed",
		rationale:
			"Shortens quotations to 120 characters, which keeps 19 of 20 long contracts under the token limit.",
		abReport: {
			...metric("completeness", 0.81, 0.95),
			...metric("tokens", 11840, 8120),
			...metric("cost_usd", 0.178, 0.122),
			correctness_baseline: 0.86,
			correctness_candidate: null,
			correctness_delta: null,
			sample_size: 20,
		},
		createdHoursAgo: 62,
		updatedHoursAgo: 58,
	},
	{
		key: "extract-status-names",
		from: { after: "extract-super-cap" },
		to: {
			edits: [
				{
					find: 'the field is null and `status` is `"absent"`.',
					replace: 'the field is null and `status` is `"not_stated"`. Never use null without a `status`.',
				},
				{
					find: 'If the document contradicts itself, give both values, set `status` to `"conflict"`,',
					replace: 'If the document contradicts itself, give both values, set `status` to `"contradiction"`,',
				},
				{
					find: 'differs from the cover page, and set `status` to `"conflict"`.',
					replace: 'differs from the cover page, and set `status` to `"contradiction"`.',
				},
				{
					find: 'if that leaves a doubt, set `status` to `"ambiguous"` and give both readings.',
					replace: 'if that leaves a doubt, set `status` to `"two_readings"` and give both.',
				},
				{
					find: 'report `tax` as `"included"`, `"excluded"` or `"unstated"`.',
					replace: 'report `tax` as `"included"`, `"excluded"` or `"not_stated"`.',
				},
				{
					find: "controller, processor, joint controllers, or unstated.",
					replace: "controller, processor, joint controllers, or not_stated.",
				},
				{
					find: "| 0.4 | the scan is poor, or the wording allows two readings |",
					replace: '| 0.4 | the scan is poor, or `status` is `"two_readings"` |',
				},
				{
					find: 'return null and `"unreadable"` |',
					replace: 'return null with `status` `"unreadable"` |',
				},
				{
					find: "If you do not find it word for word, set the value to null.",
					replace:
						'If you do not find it word for word, set the value to null and `status` to `"not_found"`.',
				},
			],
		},
		cluster: "leaves a field empty without saying why",
		status: "ab_running",
		rationale: "Gives every empty field a status from one list of names, used alike in all sections.",
		createdHoursAgo: 8.8,
		updatedHoursAgo: 8.1,
	},
	{
		key: "extract-unsigned",
		from: { after: "extract-super-cap" },
		to: {
			edits: [
				{
					find: "must be reported in `drafts`, and must not change any value.",
					replace: "must be reported in `drafts`, and must change any value.",
				},
			],
		},
		cluster: missedNotice,
		status: "proposed",
		rationale: "Makes amendments count when the last day to give notice is worked out.",
		createdHoursAgo: 7,
	},
];
