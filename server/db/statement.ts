import { createHash } from "node:crypto";
import type { Statement } from "./database";

/** Prepared SQL under a name made from its text, so that one name is never two statements. */
export function statement(text: string): Statement {
	return { name: `s${createHash("sha256").update(text).digest("hex").slice(0, 24)}`, text };
}

/**
 * SQL that is planned anew each time, for the values that it is given: where there are so many texts, as of a
 * list with a choice of filters, that a connection could not keep a plan of each.
 */
export function plannedEachTime(text: string): Statement {
	return { name: "", text };
}
