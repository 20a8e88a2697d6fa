import type { Span, Trace } from "../../contract/trace";

/** A span at its place: how deep it is nested, and where its bar stands. */
export interface WaterfallRow<S = Span> {
	span: S;
	/** 0 for one without a parent, or whose parent is not among the spans. */
	depth: number;
	/** After the first moment of the trace, in milliseconds; null where no time was recorded. */
	startMs: number | null;
	/** In milliseconds; null where it is not known how long it took. */
	durationMs: number | null;
	/** The place and the length of the bar, in percent of the whole; null without a time. */
	bar: { left: number; width: number } | null;
}

export interface Waterfall<S = Span> {
	/** Each span once, a parent before its children, siblings in the order in which they began. */
	rows: WaterfallRow<S>[];
	/** From the first moment to the last, in milliseconds; 0 where no times were recorded. */
	totalMs: number;
}

type Timed = Pick<Span, "id" | "parent_span_id" | "start_time" | "end_time" | "latency_ms">;

interface Times {
	/** Milliseconds since 1970. */
	start: number | null;
	end: number | null;
}

/**
 * The spans of a trace nested and laid out by time. Parents that are missing, or that are each other's parents,
 * lose no span; a time that is missing is worked out from the latency, or stays unknown.
 */
export function waterfallOf<S extends Timed>(
	trace: Pick<Trace, "started_at" | "ended_at"> & { spans: readonly S[] },
): Waterfall<S> {
	const times = new Map(trace.spans.map((span) => [span.id, timesOf(span)]));
	const known = [...times.values()].flatMap(({ start, end }) => [start, end]).filter((time) => time !== null);
	const own = [momentOf(trace.started_at), momentOf(trace.ended_at)].filter((time) => time !== null);
	let first = Number.POSITIVE_INFINITY;
	let last = Number.NEGATIVE_INFINITY;
	for (const time of known.length === 0 ? [] : [...known, ...own]) {
		first = Math.min(first, time);
		last = Math.max(last, time);
	}
	const totalMs = last > first ? last - first : 0;
	const rows = nested(trace.spans, times).map(({ span, depth }): WaterfallRow<S> => {
		const { start, end } = times.get(span.id) ?? unknownTimes;
		const durationMs = durationOf(span, start, end);
		if (start === null) return { span, depth, startMs: null, durationMs, bar: null };
		const length = totalMs === 0 ? 1 : totalMs;
		const left = ((start - first) / length) * 100;
		const width = Math.min(100 - left, ((end === null ? 0 : end - start) / length) * 100);
		return { span, depth, startMs: start - first, durationMs, bar: { left, width } };
	});
	return { rows, totalMs };
}

const unknownTimes: Times = { start: null, end: null };

function timesOf({ start_time, end_time, latency_ms }: Timed): Times {
	const latency = measured(latency_ms);
	const [start, end] = [momentOf(start_time), momentOf(end_time)];
	if (start !== null) {
		const until = end ?? (latency === null ? null : start + latency);
		// A clock that was set back in between: it began then, and how long it took is not known.
		return { start, end: until !== null && until >= start ? until : null };
	}
	return end === null || latency === null ? unknownTimes : { start: end - latency, end };
}

function durationOf({ latency_ms }: Timed, start: number | null, end: number | null): number | null {
	return measured(latency_ms) ?? (start === null || end === null ? null : end - start);
}

function measured(latencyMs: number | null | undefined): number | null {
	return typeof latencyMs === "number" && Number.isFinite(latencyMs) && latencyMs >= 0 ? latencyMs : null;
}

function momentOf(text: string | null | undefined): number | null {
	const time = text == null ? Number.NaN : Date.parse(text);
	return Number.isNaN(time) ? null : time;
}

/** With a list of its own and not by calling itself: a trace may be nested as deep as it likes. */
function nested<S extends Timed>(spans: readonly S[], times: ReadonlyMap<string, Times>) {
	const ids = new Set(spans.map(({ id }) => id));
	const children = new Map<string | null, S[]>();
	for (const span of spans) {
		const parent = span.parent_span_id ?? null;
		const key = parent !== null && ids.has(parent) && parent !== span.id ? parent : null;
		const siblings = children.get(key);
		if (siblings === undefined) children.set(key, [span]);
		else siblings.push(span);
	}
	// Sorting keeps the order of the list for what began at once, and for what has no time.
	const startOf = ({ id }: S) => times.get(id)?.start ?? Number.POSITIVE_INFINITY;
	const inOrder = (some: readonly S[]) =>
		[...some].sort((one, other) =>
			startOf(one) < startOf(other) ? -1 : startOf(one) > startOf(other) ? 1 : 0,
		);
	const rows: { span: S; depth: number }[] = [];
	const done = new Set<string>();
	const walk = (roots: readonly S[]) => {
		const left = inOrder(roots)
			.reverse()
			.map((span) => ({ span, depth: 0 }));
		for (let next = left.pop(); next !== undefined; next = left.pop()) {
			if (done.has(next.span.id)) continue;
			done.add(next.span.id);
			rows.push(next);
			const depth = next.depth + 1;
			for (const span of inOrder(children.get(next.span.id) ?? []).reverse()) left.push({ span, depth });
		}
	};
	walk(children.get(null) ?? []);
	// What is left hangs in a ring of parents: the first of each ring stands for its root.
	for (const span of spans) walk([span]);
	return rows;
}
