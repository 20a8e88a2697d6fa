import clsx from "clsx";
import { type DeploymentStatus, knownStatus } from "@/lib/contract/deployment-status";
import { statusLabel } from "@/lib/rules/lifecycle";

/** A shape and a tone for each state, beside its words: never colour alone. */
const marks: Record<DeploymentStatus, { shape: string; tone: string }> = {
	proposed: { shape: "○", tone: "text-ink" },
	ab_running: { shape: "◐", tone: "text-ink-muted" },
	ab_passed: { shape: "◆", tone: "text-accent" },
	ab_failed: { shape: "◇", tone: "text-ink-muted" },
	shipped: { shape: "●", tone: "text-good" },
	monitoring: { shape: "◉", tone: "text-good" },
	regressed: { shape: "▲", tone: "text-warn" },
	rolled_back: { shape: "↩", tone: "text-ink-muted" },
	rejected: { shape: "✕", tone: "text-ink-muted" },
};

/** The state of a deployment; a state that we do not know is shown as the API wrote it. */
export function StatusMark({ status, className }: { status: string; className?: string }) {
	const known = knownStatus(status);
	const { shape, tone } = known === null ? { shape: "?", tone: "text-warn" } : marks[known];
	return (
		<span
			className={clsx("inline-flex items-baseline gap-1.5 whitespace-nowrap font-medium", tone, className)}
		>
			<span aria-hidden className="inline-block w-3.5 text-center">
				{shape}
			</span>
			<span>{statusLabel(status)}</span>
		</span>
	);
}
