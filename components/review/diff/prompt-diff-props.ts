import type { DiffView } from "@/lib/diff-view";
import type { LineMarks } from "@/lib/rules/prompt-checks/locate";
import type { PromptDiff as Comparison } from "@/lib/rules/prompt-diff/model";
import type { PromptSource } from "./prompt-source";

/** What is drawn, and where the exact texts of its two sides are kept. */
export interface PromptDiffProps {
	left: PromptSource;
	right: PromptSource;
	/** The comparison, without the parts that `rest` brings. */
	diff: Comparison;
	/** What did not fit into the first paint. */
	rest: Promise<Comparison["parts"]> | null;
	marks: LineMarks;
	initialView: DiffView;
}
