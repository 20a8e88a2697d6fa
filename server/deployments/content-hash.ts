import { createHash } from "node:crypto";
import canonicalize from "canonicalize";

/** SHA-256, in hex, of the canonical JSON (RFC 8785) `{"current_prompt":…,"proposed_prompt":…}`. */
export function contentHashOf(prompts: { current_prompt: string; proposed_prompt: string }): string {
	const { current_prompt, proposed_prompt } = prompts;
	const canonical = canonicalize({ current_prompt, proposed_prompt });
	if (canonical === undefined) throw new Error("Two prompts have no canonical JSON");
	return createHash("sha256").update(canonical).digest("hex");
}
