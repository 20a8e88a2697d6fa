import { expect, test } from "vitest";
import { splitSpans } from "./made-by-actions";
import { waterfallOf } from "./waterfall";

const span = (id: string, parent: string | null = null, metadata: Record<string, unknown> | null = null) => ({
	id,
	parent_span_id: parent,
	metadata,
});
const diff = {
	action_id: "act-1",
	original_span_id: "answer",
	remediated_span_id: "again",
	token_length_delta: 0,
	latency_delta_ms: 0,
	embedding_similarity: -1,
	score_deltas: [],
	summary: "",
};

test("what an action has made is apart from the run, with what hangs from it", () => {
	const spans = [
		span("chat"),
		span("again", "chat"),
		span("below", "again"),
		span("answer", "chat"),
		span("told", "chat", { control_action_id: "act-2" }),
	];
	const { own, made } = splitSpans(spans, [{ action_id: "act-1", diff }, { action_id: "act-2" }]);
	expect(own.map(({ id }) => id)).toEqual(["chat", "answer"]);
	expect(made.map(({ root, spans: of }) => [root.id, of.map(({ id }) => id)])).toEqual([
		["again", ["again", "below"]],
		["told", ["told"]],
	]);
});

test("a run on which nobody has acted stays whole, also with rings of parents and metadata of its own", () => {
	const spans = [
		span("ring-1", "ring-2"),
		span("ring-2", "ring-1"),
		span("a", "gone", { control_action_id: "x" }),
	];
	expect(splitSpans(spans, [])).toEqual({ own: spans, made: [] });
	expect(splitSpans([], [{ action_id: "act-1", diff }])).toEqual({ own: [], made: [] });
});

test("an answer that was made hours later leaves the time of the run as it was", () => {
	const at = (ms: number) => new Date(Date.UTC(2026, 10, 22) + ms).toISOString();
	const timed = (id: string, start: number, end: number) => ({
		...span(id),
		start_time: at(start),
		end_time: at(end),
		latency_ms: end - start,
	});
	const spans = [timed("answer", 0, 1_550), timed("again", 23_061_000, 23_061_662)];
	const { own, made } = splitSpans(spans, [{ action_id: "act-1", diff }]);
	const run = { started_at: at(0), ended_at: at(1_550) };
	expect(waterfallOf({ ...run, spans: own }).totalMs).toBe(1_550);
	expect(made[0]?.root.id).toBe("again");
});
