import { createTwoFilesPatch, FILE_HEADERS_ONLY } from "diff";
import type { PromptTexts } from "../prompt-checks/finding";

/** Lines of context around a change. */
const context = 3;
/**
 * Removed and added lines together, and how long they may be looked for. The search grows with the square of the
 * first; the second is for texts of countless equal lines, on which each step is long.
 */
const maxEditLength = 1_500;
const timeoutMs = 2_000;

/**
 * The two prompts as a unified diff that `patch` can apply; empty where they are equal. Null where they differ in
 * more lines than can be compared within a second or so: then the two texts stand for themselves.
 */
export function unifiedDiffOf({ current, proposed }: PromptTexts): string | null {
	if (current === proposed) return "";
	const patch = createTwoFilesPatch(
		"current-prompt",
		"proposed-prompt",
		current,
		proposed,
		undefined,
		undefined,
		{
			context,
			maxEditLength,
			timeout: timeoutMs,
			headerOptions: FILE_HEADERS_ONLY,
		},
	);
	return patch ?? null;
}
