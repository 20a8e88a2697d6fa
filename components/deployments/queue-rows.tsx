"use client";

import Link from "next/link";
import { Age } from "@/components/ui/clock";
import { PlainText } from "@/components/ui/plain-text";
import type { DeploymentSummary } from "@/lib/contract/deployment";
import type { Project } from "@/lib/contract/project";
import { shortenId } from "@/lib/format";
import { routes } from "@/lib/routes";
import { AbHeadline } from "./ab-headline";
import { OpeningMark } from "./opening-mark";
import { StatusMark } from "./status-mark";

const headerClass = "px-2 py-2 text-left font-normal text-ink-muted text-xs first:pl-0 last:pr-0";
const cellClass = "lg:px-2 lg:py-2 lg:first:pl-0 lg:last:pr-0";

/**
 * The rows: one line each on a wide screen, two on a narrow one. The rationale is the link of the row
 * and is stretched over it, so that the whole row opens with the mouse and one stop of the keyboard.
 */
export function QueueRows({ items, projects }: { items: DeploymentSummary[]; projects: Project[] }) {
	const nameOf = (id: string) => projects.find((project) => project.id === id)?.name ?? shortenId(id);
	return (
		<table className="block w-full lg:table lg:table-fixed">
			<caption className="sr-only">Deployments, newest first</caption>
			<thead className="sr-only lg:not-sr-only lg:table-header-group">
				<tr>
					<th scope="col" className={`${headerClass} lg:w-32`}>
						Status
					</th>
					<th scope="col" className={`${headerClass} lg:w-40`}>
						Project
					</th>
					<th scope="col" className={headerClass}>
						Rationale
					</th>
					<th scope="col" className={`${headerClass} lg:w-40`}>
						Cluster
					</th>
					<th scope="col" className={`${headerClass} lg:w-56`}>
						A/B
					</th>
					<th scope="col" className={`${headerClass} text-right lg:w-16`}>
						Age
					</th>
				</tr>
			</thead>
			<tbody className="block lg:table-row-group">
				{items.map((deployment) => (
					<tr
						key={deployment.id}
						className="relative grid grid-cols-[auto_1fr_auto] gap-x-3 border-line border-t py-2 hover:bg-surface has-[a:focus-visible]:bg-surface lg:table-row lg:py-0"
					>
						<td className={cellClass}>
							<StatusMark status={deployment.status} />
						</td>
						<td className={`${cellClass} truncate text-ink-muted max-lg:hidden`}>
							{nameOf(deployment.project_id)}
						</td>
						<td className={`${cellClass} min-w-0 truncate max-lg:col-span-3 max-lg:row-start-2`}>
							<Link
								href={routes.deployment(deployment.id)}
								prefetch={false}
								className="after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-accent focus-visible:after:-outline-offset-2"
							>
								<span className="text-ink-muted lg:hidden">{nameOf(deployment.project_id)}: </span>
								{deployment.rationale ? (
									<PlainText text={deployment.rationale} isOneLine />
								) : (
									<span className="text-ink-muted">No rationale given</span>
								)}
								<OpeningMark />
							</Link>
						</td>
						<td
							className={`${cellClass} truncate font-mono text-ink-muted text-xs max-lg:hidden`}
							title={deployment.cluster_signature}
						>
							{shortenId(deployment.cluster_signature)}
						</td>
						<td className={`${cellClass} min-w-0 truncate max-lg:col-start-2 max-lg:row-start-1`}>
							<AbHeadline deployment={deployment} />
						</td>
						<td className={`${cellClass} text-right text-ink-muted max-lg:col-start-3 max-lg:row-start-1`}>
							<Age at={deployment.created_at} />
						</td>
					</tr>
				))}
			</tbody>
		</table>
	);
}
