import { type RemediationDiff, similarityNotAvailable } from "@/lib/contract/remediation";
import type { Span, Trace } from "@/lib/contract/trace";
import { formatNumber, formatSigned } from "@/lib/format";

/** A figure of a remediation: what it is called, and the figure with its unit, or why there is none. */
export interface Figure {
	label: string;
	text: string;
	isAvailable: boolean;
}

type Measured = Pick<Span, "latency_ms" | "prompt_tokens" | "completion_tokens">;

/**
 * The figures of a remediation, remediated − original. The contract has a number in each place, also where nothing
 * was measured; `spans` tell that apart where they are known.
 */
export function figuresOf(
	diff: RemediationDiff,
	spans: { original: Measured; remediated: Measured } | null,
): Figure[] {
	const { token_length_delta, latency_delta_ms, embedding_similarity, citation_density_delta } = diff;
	const both = spans === null ? [] : [spans.original, spans.remediated];
	return [
		both.every(isCounted)
			? figure("Tokens", `${formatSigned(token_length_delta)} tokens`)
			: unavailable("Tokens", "not counted on both spans"),
		both.every(({ latency_ms }) => latency_ms != null)
			? figure("Latency", `${formatSigned(latency_delta_ms)} ms${speedOf(latency_delta_ms)}`)
			: unavailable("Latency", "not measured on both spans"),
		isSimilarity(embedding_similarity)
			? figure("Similarity", `${formatNumber(embedding_similarity)} of 1`)
			: unavailable("Similarity", "not available"),
		...(citation_density_delta == null
			? []
			: [figure("Citation density", formatSigned(citation_density_delta))]),
	];
}

/** The two spans that a remediation compares; null where the trace does not hold both. */
export function spansOfDiff(
	{ original_span_id, remediated_span_id }: RemediationDiff,
	trace: Trace | undefined,
): { original: Span; remediated: Span } | null {
	const original = trace?.spans.find(({ id }) => id === original_span_id);
	const remediated = trace?.spans.find(({ id }) => id === remediated_span_id);
	return original === undefined || remediated === undefined ? null : { original, remediated };
}

/** In words what a difference of two scores says; a higher score is the better one. */
export function scoreInWords(delta: number): "better" | "worse" | "the same" {
	if (delta > 0) return "better";
	return delta < 0 ? "worse" : "the same";
}

function speedOf(deltaMs: number): string {
	if (deltaMs === 0) return "";
	return deltaMs > 0 ? ", slower" : ", faster";
}

function isSimilarity(value: number): boolean {
	return value !== similarityNotAvailable && Number.isFinite(value) && value >= 0 && value <= 1;
}

function isCounted({ prompt_tokens, completion_tokens }: Measured): boolean {
	return prompt_tokens != null || completion_tokens != null;
}

function figure(label: string, text: string): Figure {
	return { label, text, isAvailable: true };
}

function unavailable(label: string, text: string): Figure {
	return { label, text, isAvailable: false };
}
