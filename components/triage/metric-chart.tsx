"use client";

import { Age } from "@/components/ui/clock";
import type { MetricPoint } from "@/lib/contract/metrics";
import { formatMoment, formatSigned } from "@/lib/format";
import { metricShape } from "./metric-shape";

const box = { width: 260, height: 56, margin: 4 };

interface MetricChartProps {
	points: readonly MetricPoint[];
	/** What is said where the API keeps no history: since when this page has looked. */
	seenSince: string | null;
}

/** A rolling metric over time against its reference, which is zero, with its first and last value in words. */
export function MetricChart({ points, seenSince }: MetricChartProps) {
	const shape = metricShape(points, box);
	if (shape === null) return <p className="text-ink-muted">The API gives no value of the rolling metric.</p>;
	const { first, end, lowest } = shape;
	const [firstAt, endAt] = [first, end].map(({ time }) => new Date(time).toISOString());
	const isOne = first.time === end.time;
	const name = isOne
		? `Rolling metric against its reference: ${formatSigned(end.value)} at ${formatMoment(endAt ?? "")}.`
		: `Rolling metric against its reference over time: from ${formatSigned(first.value)} at ${formatMoment(firstAt ?? "")} to ${formatSigned(end.value)} at ${formatMoment(endAt ?? "")}, lowest ${formatSigned(lowest.value)}. The line at zero is the reference.`;
	return (
		<figure className="min-w-0">
			<svg
				role="img"
				aria-label={name}
				viewBox={`0 0 ${box.width} ${box.height}`}
				className="block w-full max-w-[260px]"
			>
				<line
					x1={0}
					x2={box.width}
					y1={shape.zeroY}
					y2={shape.zeroY}
					stroke="var(--line-strong)"
					strokeDasharray="3 3"
					vectorEffect="non-scaling-stroke"
				/>
				<polyline
					points={shape.points}
					fill="none"
					stroke="var(--ink)"
					strokeWidth={1.5}
					vectorEffect="non-scaling-stroke"
				/>
				<circle cx={shape.last.x} cy={shape.last.y} r={3} fill="var(--bad)" />
			</svg>
			<figcaption className="mt-1 text-ink-muted text-xs">
				{isOne || firstAt === undefined ? null : (
					<>
						<span className="font-mono">{formatSigned(first.value)}</span> <Age at={firstAt} suffix=" ago" />
						{" → "}
					</>
				)}
				<span className="font-mono text-ink">{formatSigned(end.value)}</span>{" "}
				{endAt === undefined ? null : <Age at={endAt} suffix=" ago" />}. Dashed: the reference.
				{seenSince === null ? null : (
					<span className="block">
						No history from this API: seen since <time dateTime={seenSince}>{clockTime(seenSince)}</time>.
					</span>
				)}
			</figcaption>
		</figure>
	);
}

/** `10:42 UTC`. */
function clockTime(iso: string): string {
	return `${new Date(iso).toISOString().slice(11, 16)} UTC`;
}
