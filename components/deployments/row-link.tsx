import Link from "next/link";
import { PlainText } from "@/components/ui/plain-text";
import type { DeploymentSummary } from "@/lib/contract/deployment";
import { routes } from "@/lib/routes";
import { OpeningMark } from "./opening-mark";
import { ProjectName } from "./project-names";

/** The rationale is the link of a row and is stretched over it: all of it opens with the mouse. */
export function RowLink({ row }: { row: DeploymentSummary }) {
	return (
		<Link
			href={routes.deployment(row.id)}
			prefetch={false}
			className="after:absolute after:inset-y-0 after:-inset-x-2 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-accent focus-visible:after:-outline-offset-2"
		>
			<span className="text-ink-muted lg:hidden">
				<ProjectName id={row.project_id} />:{" "}
			</span>
			{row.rationale ? (
				<PlainText text={row.rationale} isOneLine />
			) : (
				<span className="text-ink-muted">No rationale given</span>
			)}
			<OpeningMark />
		</Link>
	);
}
