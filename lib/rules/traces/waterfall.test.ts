import { describe, expect, test } from "vitest";
import { waterfallOf } from "./waterfall";

const at = (ms: number) => new Date(Date.UTC(2026, 10, 22) + ms).toISOString();
const trace = { started_at: at(0), ended_at: at(1_000) };

function span(id: string, parent: string | null, start: number | null, end: number | null, latency?: number) {
	return {
		id,
		parent_span_id: parent,
		start_time: start === null ? null : at(start),
		end_time: end === null ? null : at(end),
		latency_ms: latency ?? null,
	};
}
const drawn = (spans: ReturnType<typeof span>[], around = trace) =>
	waterfallOf({ ...around, spans }).rows.map(({ span: { id }, depth, startMs, durationMs, bar }) => [
		id,
		depth,
		startMs,
		durationMs,
		bar === null ? null : [bar.left, bar.width],
	]);

describe("waterfallOf", () => {
	test("nests children under their parent in the order in which they began, bars in proportion", () => {
		expect(drawn([span("b", "a", 500, 750), span("c", "a", 100, 300), span("a", null, 0, 1_000)])).toEqual([
			["a", 0, 0, 1_000, [0, 100]],
			["c", 1, 100, 200, [10, 20]],
			["b", 1, 500, 250, [50, 25]],
		]);
	});

	test("works out a time that is missing from the latency, and else leaves it open", () => {
		expect(
			drawn([
				span("start", null, 200, null, 300),
				span("end", null, null, 1_000, 400),
				span("open", null, 700, null),
				span("none", null, null, null, 20),
				span("nothing", null, null, null),
			]),
		).toEqual([
			["start", 0, 200, 300, [20, 30]],
			["end", 0, 600, 400, [60, 40]],
			["open", 0, 700, null, [70, 0]],
			["none", 0, null, 20, null],
			["nothing", 0, null, null, null],
		]);
	});

	test("stretches to what lies outside the trace's own times, and takes no bar that runs backwards", () => {
		expect(drawn([span("late", null, 1_500, 2_000), span("back", null, 500, 400)])).toEqual([
			["back", 0, 500, null, [25, 0]],
			["late", 0, 1_500, 500, [75, 25]],
		]);
		expect(waterfallOf({ ...trace, spans: [] })).toEqual({ rows: [], totalMs: 0 });
		expect(waterfallOf({ ...trace, spans: [span("a", null, null, null)] }).totalMs).toBe(0);
		expect(drawn([span("a", null, 5, 5)], { started_at: "soon", ended_at: "" })).toEqual([
			["a", 0, 0, 0, [0, 0]],
		]);
	});

	test("loses no span whose parents are missing, are itself or are each other's", () => {
		const rows = drawn([
			span("orphan", "gone", 0, 1),
			span("self", "self", 1, 2),
			span("ring-1", "ring-2", 2, 3),
			span("ring-2", "ring-1", 3, 4),
		]);
		expect(rows.map(([id, depth]) => [id, depth])).toEqual([
			["orphan", 0],
			["self", 0],
			["ring-1", 0],
			["ring-2", 1],
		]);
	});

	test("takes a chain of 5,000 spans", () => {
		const chain = Array.from({ length: 5_000 }, (_, index) =>
			span(`s${index}`, index === 0 ? null : `s${index - 1}`, index, index + 1),
		);
		const { rows } = waterfallOf({ ...trace, spans: chain });
		expect([rows.length, rows.at(-1)?.depth]).toEqual([5_000, 4_999]);
	});
});
