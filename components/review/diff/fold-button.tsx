import { countOf } from "@/lib/format";
import type { Fold } from "@/lib/rules/prompt-diff/model";

/** What stands for folded lines, and opens them. */
export function FoldButton({ fold, onUnfold }: { fold: Fold; onUnfold: () => void }) {
	return (
		<>
			<button
				type="button"
				onClick={onUnfold}
				className="block w-full border-line border-y bg-surface px-3 py-1 text-left text-ink-muted text-xs first-of-type:border-t-0 hover:bg-hover hover:text-ink"
			>
				{countOf(fold.count, "unchanged line")}: show
			</button>
			<p aria-hidden className="hidden px-3 text-ink-muted text-xs print:block">
				{countOf(fold.count, "unchanged line")}
			</p>
		</>
	);
}
