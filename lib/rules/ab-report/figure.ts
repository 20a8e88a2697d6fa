/** A number that can be calculated with; a report may hold null, text, or 1e999 read as Infinity. */
export function isFigure(value: unknown): value is number {
	return typeof value === "number" && Number.isFinite(value);
}

/** 0.71 − 0.42 is 0.29 to a reader, not 0.29000000000000004. */
export function withoutFloatNoise(value: number): number {
	return Number(value.toPrecision(12));
}

/** How many decimals a number is written with: 0 for 80, 2 for 0.42, 7 for 1e-7. */
export function decimalsOf(value: number): number {
	const [mantissa = "", exponent = "0"] = String(value).split("e");
	const decimals = mantissa.split(".")[1]?.length ?? 0;
	return Math.max(0, decimals - Number(exponent));
}
