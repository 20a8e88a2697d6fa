import "server-only";
import { LRUCache } from "lru-cache";
import type { Deployment } from "../contract/deployment";
import { checkChangeSize } from "../rules/prompt-checks/change-size";
import { checkLength, type LengthComparison } from "../rules/prompt-checks/length";
import { locateFindings, marksOf } from "../rules/prompt-checks/locate";
import { checkPrompts } from "../rules/prompt-checks/run";
import { comparePrompts } from "../rules/prompt-diff/compare";
import type { PromptDiff } from "../rules/prompt-diff/model";
import type { ReadFindings } from "./prepared-review";

/** What the texts of a deployment say by themselves. */
export interface Work {
	diff: PromptDiff;
	/** What the checks of the texts find; looked for when it is first asked for. */
	read(): ReadFindings;
	/** How long they are, in tokens; counted when it is first asked for. */
	measure(): Promise<LengthComparison>;
}

/** All texts that are kept together, in UTF-16 units; what is worked out of one takes several times its length. */
const keptMaxLength = 8_000_000;
const kept = new LRUCache<string, Work>({ maxSize: keptMaxLength });

/**
 * The comparison of a deployment's prompts and what the checks find in them: pure functions of what
 * `contentKey` stands for, and several people look at one proposal, each several times; so they are worked out
 * once, and what was looked at last is kept. Nobody may change what is handed out.
 */
export function workOf(deployment: Deployment, contentKey: string): Work {
	const known = kept.get(contentKey);
	if (known !== undefined) return known;
	const { current_prompt: current, proposed_prompt: proposed, rationale } = deployment;
	const texts = { current, proposed };
	const diff = comparePrompts(current, proposed);
	let found: ReadFindings | undefined;
	let measured: Promise<LengthComparison> | undefined;
	const look = (): ReadFindings => {
		const size = checkChangeSize({ diff, texts, rationale });
		const findings = locateFindings([...checkPrompts(texts), ...size], texts);
		return { findings, marks: marksOf(findings) };
	};
	const work: Work = {
		diff,
		read() {
			found ??= look();
			return found;
		},
		measure() {
			// What failed is not kept: it was the tokenizer's table that could not be read.
			measured ??= checkLength(texts).catch((error: unknown) => {
				measured = undefined;
				throw error;
			});
			return measured;
		},
	};
	kept.set(contentKey, work, { size: Math.max(1, current.length + proposed.length) });
	return work;
}
