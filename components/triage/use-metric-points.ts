"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useExtension } from "@/components/layout/viewer";
import { browserApi } from "@/lib/client/browser-client";
import { metricsQuery } from "@/lib/client/queries/metrics";
import type { MetricPoint } from "@/lib/contract/metrics";
import { withSeen } from "./metric-shape";

interface MetricPoints {
	points: readonly MetricPoint[];
	/** Since when this page has looked, where the API keeps no history; else null. */
	seenSince: string | null;
}

/**
 * The history of a metric as the API keeps it; of one that keeps none, what this page has seen. `looked` is when
 * the present value was read, in milliseconds.
 */
export function useMetricPoints(
	id: string,
	{ value, looked }: { value: number | null; looked: number },
): MetricPoints {
	const isKept = useExtension("metrics");
	const { data: history } = useQuery({ ...metricsQuery(browserApi, id), enabled: isKept });
	const [seen, setSeen] = useState<{ looked: number; points: readonly MetricPoint[] }>({
		looked: 0,
		points: [],
	});
	if (seen.looked !== looked) {
		const at = new Date(looked).toISOString();
		setSeen({ looked, points: value === null ? seen.points : withSeen(seen.points, { at, value }) });
	}
	// While the history is on its way, what was seen stands for it.
	if (isKept && history !== null) return { points: history ?? seen.points, seenSince: null };
	return { points: seen.points, seenSince: seen.points[0]?.at ?? null };
}
