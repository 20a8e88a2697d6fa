import { expect, test } from "vitest";
import type { RemediationDiff } from "@/lib/contract/remediation";
import { figuresOf, scoreInWords } from "./remediation-figures";

const diff: RemediationDiff = {
	action_id: "a",
	original_span_id: "o",
	remediated_span_id: "r",
	token_length_delta: 65,
	latency_delta_ms: -1_110,
	embedding_similarity: 0.81,
	score_deltas: [],
	summary: "Shorter.",
	citation_density_delta: -0.25,
};
const textsOf = (...given: Parameters<typeof figuresOf>) =>
	figuresOf(...given).map(({ label, text }) => `${label}: ${text}`);

test("every figure has its sign and its unit", () => {
	expect(textsOf(diff, null)).toEqual([
		"Tokens: +65 tokens",
		"Latency: −1,110 ms, faster",
		"Similarity: 0.81 of 1",
		"Citation density: −0.25",
	]);
});

test.each([-1, -0.5, 1.2, Number.NaN])("a similarity of %s is not available and never a score", (value) => {
	const [, , similarity] = figuresOf({ ...diff, embedding_similarity: value }, null);
	expect(similarity).toEqual({ label: "Similarity", text: "not available", isAvailable: false });
});

test("what was not measured on both spans is no zero", () => {
	const measured = { latency_ms: 5, prompt_tokens: 1, completion_tokens: null };
	const bare = { latency_ms: null, prompt_tokens: null, completion_tokens: null };
	const zero = { ...diff, token_length_delta: 0, latency_delta_ms: 0, citation_density_delta: null };
	expect(textsOf(zero, { original: measured, remediated: bare })).toEqual([
		"Tokens: not counted on both spans",
		"Latency: not measured on both spans",
		"Similarity: 0.81 of 1",
	]);
	expect(textsOf(zero, { original: measured, remediated: measured })[1]).toBe("Latency: 0 ms");
});

test("a score is better, worse or the same by its sign", () => {
	expect([0.4, -0.05, 0].map(scoreInWords)).toEqual(["better", "worse", "the same"]);
});
