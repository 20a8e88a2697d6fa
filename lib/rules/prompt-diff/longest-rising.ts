/**
 * The longest strictly rising selection of a list of numbers, as places in that list in rising order.
 * n log n, so that it may be asked for a list of any length.
 */
export function longestRising(values: readonly number[]): number[] {
	const tails: number[] = [];
	const before = new Int32Array(values.length).fill(-1);
	for (const [index, value] of values.entries()) {
		let low = 0;
		let high = tails.length;
		while (low < high) {
			const middle = (low + high) >> 1;
			if ((values[tails[middle] ?? 0] ?? 0) < value) low = middle + 1;
			else high = middle;
		}
		before[index] = low === 0 ? -1 : (tails[low - 1] ?? -1);
		tails[low] = index;
	}
	const chosen: number[] = [];
	for (let index = tails.at(-1) ?? -1; index >= 0; index = before[index] ?? -1) chosen.push(index);
	return chosen.reverse();
}
