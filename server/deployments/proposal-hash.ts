import { createHash } from "node:crypto";
import canonicalize from "canonicalize";
import type { JsonObject } from "@/lib/contract/identifiers";

/**
 * SHA-256, in hex, over all that makes a proposal what it is, as canonical JSON (RFC 8785). Two with the
 * same hash in one project are one proposal; the same prompts with another rationale or report are not.
 */
export function proposalHashOf(proposal: {
	cluster_signature: string;
	current_prompt: string;
	proposed_prompt: string;
	rationale?: string | undefined;
	ab_report?: JsonObject | null | undefined;
}): string {
	const { cluster_signature, current_prompt, proposed_prompt, rationale = null, ab_report = null } = proposal;
	const canonical = canonicalize({
		cluster_signature,
		current_prompt,
		proposed_prompt,
		rationale,
		ab_report,
	});
	if (canonical === undefined) throw new Error("A proposal has no canonical JSON");
	return createHash("sha256").update(canonical).digest("hex");
}
