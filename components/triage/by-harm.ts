interface Harm {
	id: string;
	regression_metric?: number | null | undefined;
}

/** The deepest fall of the metric against its reference first; what nobody has measured last, else as it came. */
export function byHarm<Row extends Harm>(rows: readonly Row[]): Row[] {
	const depth = ({ regression_metric: metric }: Row) =>
		typeof metric === "number" && !Number.isNaN(metric) ? metric : Number.POSITIVE_INFINITY;
	return [...rows].sort((one, other) => {
		const [first, second] = [depth(one), depth(other)];
		// Two infinities have no difference.
		return first === second ? 0 : first - second;
	});
}
