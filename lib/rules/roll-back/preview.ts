import { type ChangedLines, changedLinesOf } from "../prompt-diff/changed-lines";
import { comparePrompts } from "../prompt-diff/compare";
import { type RollBackSituation, replacedBy, rollBackWarnings } from "./warnings";

/** What rolling a deployment back would do, as plain data: it is worked out on the server. */
export interface RollBackPreview {
	/** Another one for other texts or another report; a decision says which one was seen. */
	contentKey: string;
	/** From the prompt that this deployment has put live to the one that it replaced. */
	changes: ChangedLines;
	/** Who had put live what comes back; null where no deployment that was read did. */
	replaced: { id: string; shippedAt: string | null; approvedBy: string | null } | null;
	warnings: readonly string[];
}

/** Enough for most changes; the review page has every line. */
const linesMax = 160;

/** Works out what rolling back restores, and what to know of it before. */
export function previewRollBack(situation: RollBackSituation): Omit<RollBackPreview, "contentKey"> {
	const { proposed_prompt: live, current_prompt: restored } = situation.deployment;
	const replaced = replacedBy(situation);
	return {
		changes: changedLinesOf(comparePrompts(live, restored), linesMax),
		replaced:
			replaced === null
				? null
				: {
						id: replaced.id,
						shippedAt: replaced.shipped_at ?? null,
						approvedBy: replaced.approved_by ?? null,
					},
		warnings: rollBackWarnings(situation),
	};
}
