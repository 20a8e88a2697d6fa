import { z } from "zod";

/** A variable that is set to nothing is not set. */
export const optionalText = z
	.string()
	.trim()
	.transform((text) => (text === "" ? undefined : text))
	.optional();

/** A whole number of at most nine digits, both limits included. */
export function wholeNumber(minimum: number, maximum: number) {
	return z
		.string()
		.regex(/^\d{1,9}$/, "must be a whole number")
		.transform(Number)
		.refine((value) => value >= minimum && value <= maximum, `must be from ${minimum} to ${maximum}`);
}
