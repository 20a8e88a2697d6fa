const longestMs = 30_000;

/** How long to wait before asking once more, in milliseconds, after so many answers: 1, 2, 4 … at most 30 s. */
export function pauseBeforeMs(answers: number): number {
	const doublings = Math.min(10, Math.max(0, answers - 1));
	return Math.min(longestMs, 1_000 * 2 ** doublings);
}
