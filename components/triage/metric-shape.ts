import type { MetricPoint } from "@/lib/contract/metrics";

/** Points that are kept of what a page has seen by itself. */
const seenMax = 500;

/** A value of a moment, in milliseconds. */
interface Sample {
	time: number;
	value: number;
}

/** A line of values over time in a box, with the reference, zero, always in sight. */
export interface MetricShape {
	/** For `points` of a polyline, in the units of the box. */
	points: string;
	/** Where zero is, from the top. */
	zeroY: number;
	last: { x: number; y: number };
	first: Sample;
	end: Sample;
	lowest: Sample;
}

interface Box {
	width: number;
	height: number;
	/** Room around the line, so that its ends are not cut off. */
	margin: number;
}

/** Draws the points that can be read, in the order of time; null where there is none. */
export function metricShape(
	points: readonly MetricPoint[],
	{ width, height, margin }: Box,
): MetricShape | null {
	const samples = points
		.map(({ at, value }) => ({ time: Date.parse(at), value }))
		.filter(({ time, value }) => Number.isFinite(time) && Number.isFinite(value))
		.sort((one, other) => one.time - other.time);
	const [first, end] = [samples[0], samples.at(-1)];
	if (first === undefined || end === undefined) return null;
	let [least, most] = [0, 0];
	let lowest = first;
	for (const sample of samples) {
		least = Math.min(least, sample.value);
		most = Math.max(most, sample.value);
		if (sample.value < lowest.value) lowest = sample;
	}
	// Halves first: the distance of the two largest numbers is none that a number can hold.
	const range = most / 2 - least / 2 || 1;
	const span = end.time - first.time || 1;
	const x = ({ time }: Sample) => margin + ((time - first.time) / span) * (width - 2 * margin);
	const y = (value: number) => margin + ((most / 2 - value / 2) / range) * (height - 2 * margin);
	const isSingle = samples.length === 1;
	const xOf = (sample: Sample) => rounded(isSingle ? width - margin : x(sample));
	return {
		points: samples.map((sample) => `${xOf(sample)},${rounded(y(sample.value))}`).join(" "),
		zeroY: rounded(y(0)),
		last: { x: xOf(end), y: rounded(y(end.value)) },
		first,
		end,
		lowest,
	};
}

/** What a page has seen, with one more look; a value that stays is kept by its first and its last look. */
export function withSeen(seen: readonly MetricPoint[], point: MetricPoint): MetricPoint[] {
	const [before, last] = [seen.at(-2), seen.at(-1)];
	if (last?.at === point.at) return [...seen];
	const isSame = last !== undefined && last.value === point.value && before?.value === point.value;
	return [...(isSame ? seen.slice(0, -1) : seen), point].slice(-seenMax);
}

function rounded(value: number): number {
	return Math.round(value * 10) / 10;
}
