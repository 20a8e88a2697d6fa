/**
 * The three keys by which an A/B report names one metric. The delta is rounded, because the harness
 * writes 0.29 and not 0.29000000000000004.
 */
export function metric(name: string, baseline: number, candidate: number): Record<string, number> {
	return {
		[`${name}_baseline`]: baseline,
		[`${name}_candidate`]: candidate,
		[`${name}_delta`]: Number((candidate - baseline).toFixed(6)),
	};
}
