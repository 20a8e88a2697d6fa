import type { SampleTrace } from "./types";

/** One more case of an error: a look-up, then the answer that went wrong. */
interface Case {
	key: string;
	projectKey: string;
	name: string;
	error: string;
	tags: readonly string[];
	startedHoursAgo: number;
	input: string;
	lookup: { name: string; type: "tool" | "retrieval"; input: string; output: string; latencyMs: number };
	answer: {
		key: string;
		name: string;
		model: string;
		output?: string;
		error?: string;
		latencyMs: number;
		cost: number;
		promptTokens: number;
		completionTokens?: number;
	};
}

const large = "atlas-large-2";
const small = "atlas-small-2";
const pauseMs = 20;

function traceOf({ lookup, answer, ...trace }: Case): SampleTrace {
	const answerOffsetMs = lookup.latencyMs + pauseMs;
	const { output, model, cost } = answer;
	return {
		...trace,
		...(output === undefined ? {} : { output }),
		model,
		cost,
		latencyMs: answerOffsetMs + answer.latencyMs,
		spans: [
			{ ...lookup, key: "lookup", startOffsetMs: 0 },
			{ ...answer, type: "llm", input: trace.input, startOffsetMs: answerOffsetMs },
		],
	};
}

function refundDeadline(one: Pick<Case, "key" | "startedHoursAgo" | "input"> & { output: string }): Case {
	const { output, ...rest } = one;
	return {
		...rest,
		projectKey: "support-assistant",
		name: "chat",
		error: "answers with an invented refund deadline",
		tags: ["chat", "refunds", "locale:en"],
		lookup: {
			name: "get_refund",
			type: "tool",
			input: '{"order":"latest"}',
			output: '{"method":"card","state":"started"}',
			latencyMs: 290,
		},
		answer: {
			key: "answer",
			name: "answer",
			model: large,
			output,
			latencyMs: 1_240,
			cost: 0.0031,
			promptTokens: 5_140,
			completionTokens: 34,
		},
	};
}

function timeout(one: Pick<Case, "key" | "startedHoursAgo" | "input">): Case {
	const error = "upstream timeout after 30000 ms";
	return {
		...one,
		projectKey: "triage-bot",
		name: "set priority",
		error,
		tags: ["priority", "timeout"],
		lookup: {
			name: "previous tickets",
			type: "retrieval",
			input: "customer tickets, 30 days",
			output: "none",
			latencyMs: 70,
		},
		answer: {
			key: "model",
			name: "priority",
			model: small,
			error,
			latencyMs: 30_000,
			cost: 0,
			promptTokens: 890,
		},
	};
}

const cases: readonly Case[] = [
	refundDeadline({
		key: "refund-by-the-weekend",
		startedHoursAgo: 6.2,
		input: "will i have my money before the weekend?",
		output: "Yes. Your refund was started today, so it will be there by Saturday.",
	}),
	refundDeadline({
		key: "refund-in-three-days",
		startedHoursAgo: 19.5,
		input: "I sent the lamp back on Tuesday. How long does the refund take?",
		output: "We have started your refund. It takes three days.",
	}),
	refundDeadline({
		key: "refund-by-the-fifteenth",
		startedHoursAgo: 31,
		input: "My rent is due on the 15th, will the refund be there?",
		output: "It will be in your account before the 15th.",
	}),
	refundDeadline({
		key: "refund-within-the-hour",
		startedHoursAgo: 47.3,
		input: "Refund??",
		output: "Your refund is under way and should show up within the hour.",
	}),
	{
		key: "unsure-about-delivery",
		projectKey: "support-assistant",
		name: "chat",
		error: "hands over although the tool has returned the answer",
		tags: ["chat", "product"],
		startedHoursAgo: 16.4,
		input: "Does the Norra sofa come with its legs mounted?",
		lookup: {
			name: "search_products",
			type: "retrieval",
			input: "Norra sofa",
			output: '[{"name":"Norra sofa","assembly":"legs to be screwed in, tool included"}]',
			latencyMs: 240,
		},
		answer: {
			key: "answer",
			name: "answer",
			model: large,
			output: "I am not certain about the legs of the Norra sofa. A colleague will look it up for you.",
			latencyMs: 1_380,
			cost: 0.0021,
			promptTokens: 5_398,
			completionTokens: 23,
		},
	},
	{
		key: "fenced-refusal",
		projectKey: "support-assistant",
		name: "refund decision",
		error: "wraps the JSON in a code fence",
		tags: ["refunds", "json"],
		startedHoursAgo: 28,
		input: "changed_mind, LMP-0931, 59.00 EUR, delivered forty days ago",
		lookup: {
			name: "get_order",
			type: "tool",
			input: '{"sku":"LMP-0931"}',
			output: '{"delivered_days_ago":40}',
			latencyMs: 180,
		},
		answer: {
			key: "decide",
			name: "decide",
			model: large,
			output: '```json\n{"decision":"refuse","rule":"2.1"}\n```',
			latencyMs: 2_020,
			cost: 0.0056,
			promptTokens: 2_590,
			completionTokens: 141,
		},
	},
	{
		key: "paid-back-nothing",
		projectKey: "triage-bot",
		name: "route ticket",
		error: "routes a refund to the payments queue",
		tags: ["router", "refunds"],
		startedHoursAgo: 22.1,
		input: "It says paid back on the invoice but nothing came to my account.",
		lookup: {
			name: "previous tickets",
			type: "retrieval",
			input: "customer tickets, 30 days",
			output: "T-20391 refunds closed",
			latencyMs: 84,
		},
		answer: {
			key: "route",
			name: "route",
			model: small,
			output: '{"queue":"payments","priority":"p3","flags":[],"confidence":0.77}',
			latencyMs: 640,
			cost: 0.00045,
			promptTokens: 3_166,
			completionTokens: 112,
		},
	},
	timeout({
		key: "timeout-gift-card",
		startedHoursAgo: 26.65,
		input: "The code of my gift card is refused.",
	}),
	timeout({ key: "timeout-wardrobe", startedHoursAgo: 26.5, input: "One door of the wardrobe is missing." }),
	{
		key: "okonjo-notice",
		projectKey: "contract-reader",
		name: "extract contract",
		error: "misses the last day to give notice",
		tags: ["extract", "profile:supply"],
		startedHoursAgo: 30.1,
		input: "Okonjo Timber, supply agreement, 18 pages",
		lookup: {
			name: "read pages",
			type: "tool",
			input: "okonjo-supply.pdf",
			output: "18 pages",
			latencyMs: 5_300,
		},
		answer: {
			key: "terms",
			name: "terms",
			model: large,
			output: '{"last_day_to_give_notice":{"value":null,"status":"not_found","confidence":0.9}}',
			latencyMs: 9_800,
			cost: 0.0388,
			promptTokens: 17_020,
			completionTokens: 2_310,
		},
	},
];

const halfARefund = traceOf({
	key: "half-a-refund",
	projectKey: "triage-bot",
	name: "route ticket",
	error: "routes a refund to the payments queue",
	tags: ["router", "refunds"],
	startedHoursAgo: 14.9,
	input: "You paid me back 45 of 90 euros. Where is the other half?",
	lookup: {
		name: "previous tickets",
		type: "retrieval",
		input: "customer tickets, 30 days",
		output: "T-20398 refunds closed",
		latencyMs: 88,
	},
	answer: {
		key: "route",
		name: "route",
		model: small,
		output: '{"queue":"payments","priority":"p3","flags":[],"confidence":0.74}',
		latencyMs: 610,
		cost: 0.00045,
		promptTokens: 3_170,
		completionTokens: 113,
	},
});

/** The one that was tried again twice. */
const halfARefundAgain: SampleTrace = {
	...halfARefund,
	controlLoopDepth: 2,
	latencyMs: 1_990,
	cost: 0.00135,
	spans: [
		...halfARefund.spans,
		{
			key: "route-again",
			name: "route",
			type: "llm",
			input: halfARefund.input,
			output: '{"queue":"payments","priority":"p3","flags":[],"confidence":0.74}',
			model: small,
			startOffsetMs: 730,
			latencyMs: 620,
			cost: 0.00045,
			promptTokens: 3_170,
			completionTokens: 113,
			metadata: { remediates: "route" },
		},
		{
			key: "route-appended",
			name: "route",
			type: "llm",
			input: halfARefund.input,
			output: '{"queue":"payments","priority":"p3","flags":["maybe_refund"],"confidence":0.58}',
			model: small,
			startOffsetMs: 1_370,
			latencyMs: 620,
			cost: 0.00045,
			promptTokens: 3_188,
			completionTokens: 118,
			metadata: { remediates: "route" },
		},
	],
};

/** What makes clusters of the errors of the other traces: the same errors, met before and since. */
export const repeatedTraces: readonly SampleTrace[] = [...cases.map(traceOf), halfARefundAgain];
