/**
 * P-values (0…1) corrected for how many of them there are, in the given order: one that is below 0.05
 * afterwards stands with at most a 5 % chance that any such is false, however the metrics depend on each
 * other. Holm, "A simple sequentially rejective multiple test procedure", Scandinavian Journal of
 * Statistics 6:65–70, 1979.
 */
export function holmAdjusted(pValues: readonly number[]): number[] {
	const ranked = pValues.map((pValue, index) => ({ pValue, index })).sort((a, b) => a.pValue - b.pValue);
	const adjusted = new Array<number>(pValues.length).fill(1);
	let largest = 0;
	for (const [rank, { pValue, index }] of ranked.entries()) {
		largest = Math.max(largest, Math.min(1, (pValues.length - rank) * pValue));
		adjusted[index] = largest;
	}
	return adjusted;
}
