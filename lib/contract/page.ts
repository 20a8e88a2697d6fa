import { z } from "zod";
import { storableText } from "./text";

/** Where the page before ended, as the list itself has written it. */
export const cursorSchema = storableText(500).min(1, "must not be empty");

/** How many rows a page holds: 1 to 100. */
export const pageLimitSchema = z
	.string()
	.regex(/^([1-9]\d?|100)$/, "must be a whole number from 1 to 100")
	.transform(Number)
	.default(50);
