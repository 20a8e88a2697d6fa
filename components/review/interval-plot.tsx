import { roundedInWords } from "@/lib/rules/ab-report/in-words";
import type { Interval } from "@/lib/rules/ab-report/model";

interface IntervalPlotProps {
	interval: Interval;
	difference: number;
	tone: "good" | "bad" | "neutral";
}

const tones = { good: "text-good", bad: "text-bad", neutral: "text-ink-muted" } as const;
const half = 100;
const height = 14;

/** The 95 % interval of a difference as a bar around its dot, with zero as a line in the middle. */
export function IntervalPlot({ interval: { low, high }, difference, tone }: IntervalPlotProps) {
	const reach = Math.max(Math.abs(low), Math.abs(high), Math.abs(difference)) * 1.08 || 1;
	const at = (value: number) => half + (value / reach) * half;
	const isClear = low > 0 || high < 0;
	return (
		<svg
			role="img"
			aria-label={`95 % interval from ${roundedInWords(low)} to ${roundedInWords(high)}; zero is ${isClear ? "outside" : "inside"}`}
			viewBox={`0 0 ${2 * half} ${height}`}
			preserveAspectRatio="none"
			className={`block h-3.5 w-full ${tones[tone]}`}
		>
			<line x1={0} x2={2 * half} y1={height / 2} y2={height / 2} stroke="var(--line)" strokeWidth={1} />
			<line x1={half} x2={half} y1={0} y2={height} stroke="var(--line-strong)" strokeWidth={1} />
			<rect
				x={at(low)}
				width={Math.max(1, at(high) - at(low))}
				y={height / 2 - 2}
				height={4}
				rx={1}
				fill="currentColor"
				opacity={0.45}
			/>
			<rect x={at(difference) - 1.5} width={3} y={2} height={height - 4} rx={1} fill="currentColor" />
		</svg>
	);
}
