import { PlainText } from "@/components/ui/plain-text";
import type { ContextFindings } from "@/lib/review/prepared-review";
import { nameOfCheck } from "@/lib/rules/overrides";
import { bySeverity } from "@/lib/rules/prompt-checks/by-severity";
import type { LocatedFinding } from "@/lib/rules/prompt-checks/locate";
import type { Settled } from "./use-settled";

/** Warnings beyond these are counted: the list has to be read in a dialog. */
const shownMax = 12;
const words = { severe: "Severe", warning: "Warning", note: "Note" } as const;

interface OpenFindingsProps {
	findings: readonly LocatedFinding[];
	context: Settled<ContextFindings>;
}

/** What the checks say against a change, by name, for who is about to sign it. */
export function OpenFindings({ findings, context }: OpenFindingsProps) {
	if (context.kind === "waiting") {
		return (
			<p role="status" className="mt-3">
				The checks are still looking: the length, the live prompt, earlier candidates.
			</p>
		);
	}
	const open = [...findings].sort(bySeverity).filter(({ severity }) => severity !== "note");
	const shown = open.slice(
		0,
		Math.max(shownMax, open.filter(({ severity }) => severity === "severe").length),
	);
	return (
		<div className="mt-3">
			{context.kind === "failed" ? (
				<p>What the checks say of other records did not arrive. Reload the page to see it.</p>
			) : null}
			{open.length === 0 ? <p>No check warns of anything.</p> : null}
			{open.length > 0 ? (
				<>
					<p className="font-medium text-ink">The checks say:</p>
					<ul className="mt-1 list-disc space-y-1 pl-5">
						{shown.map(({ check, severity, sentence }, index) => (
							// biome-ignore lint/suspicious/noArrayIndexKey: two findings may be equal in every word
							<li key={index}>
								<span className={severity === "severe" ? "font-medium text-bad" : "font-medium text-warn"}>
									{words[severity]}
									{severity === "severe" ? ` (${nameOfCheck[check]})` : ""}:
								</span>{" "}
								<PlainText text={sentence} />
							</li>
						))}
					</ul>
					{open.length > shown.length ? <p>And {open.length - shown.length} more under Checks.</p> : null}
				</>
			) : null}
		</div>
	);
}
