import { createHash } from "node:crypto";
import type { Statement } from "./database";

/** Prepared SQL under a name made from its text, so that one name is never two statements. */
export function statement(text: string): Statement {
	return { name: `s${createHash("sha256").update(text).digest("hex").slice(0, 24)}`, text };
}
