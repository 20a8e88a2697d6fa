"use client";

import clsx from "clsx";
import type { MouseEvent } from "react";
import { Select } from "@/components/ui/field";
import type { DeploymentCounts } from "@/lib/client/queries/deployments";
import { type DeploymentStatus, deploymentStatuses } from "@/lib/contract/deployment-status";
import type { Project } from "@/lib/contract/project";
import { formatNumber } from "@/lib/format";
import { routes } from "@/lib/routes";
import { statusLabels } from "@/lib/rules/lifecycle";

interface Filters {
	status: DeploymentStatus | null;
	project: string | null;
}

interface QueueFiltersProps {
	filters: Filters;
	counts: DeploymentCounts | null;
	projects: Project[];
	onChange: (change: Partial<Filters>) => void;
}

/** The states with their counts, and the project. Each state is a link: it opens in a new tab, too. */
export function QueueFilters({ filters, counts, projects, onChange }: QueueFiltersProps) {
	const isUnknownProject = filters.project !== null && !projects.some(({ id }) => id === filters.project);
	return (
		<div className="flex flex-col gap-2 border-line border-b py-2 lg:flex-row lg:items-center">
			<nav aria-label="Status" className="-mx-3 overflow-x-auto px-3 sm:mx-0 sm:px-0">
				<ul className="flex w-max items-center gap-0.5">
					{([null, ...deploymentStatuses] as const).map((status) => (
						<li key={status ?? "all"}>
							<StatusLink
								label={status === null ? "All" : statusLabels[status]}
								count={counts?.[status ?? "all"] ?? null}
								isCurrent={filters.status === status}
								href={routes.deployments({ status, project: filters.project })}
								onChoose={() => onChange({ status })}
							/>
						</li>
					))}
				</ul>
			</nav>
			<Select
				aria-label="Project"
				className="lg:ml-auto lg:w-56"
				value={filters.project ?? ""}
				onChange={(event) => onChange({ project: event.target.value || null })}
			>
				<option value="">All projects</option>
				{projects.map(({ id, name, archived_at }) => (
					<option key={id} value={id}>
						{name}
						{archived_at ? " (archived)" : ""}
					</option>
				))}
				{isUnknownProject ? <option value={filters.project ?? ""}>Unknown project</option> : null}
			</Select>
		</div>
	);
}

interface StatusLinkProps {
	label: string;
	count: number | null;
	isCurrent: boolean;
	href: string;
	onChoose: () => void;
}

function StatusLink({ label, count, isCurrent, href, onChoose }: StatusLinkProps) {
	function handleClick(event: MouseEvent) {
		const wantsOwnTab = event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0;
		if (wantsOwnTab) return;
		event.preventDefault();
		onChoose();
	}
	return (
		<a
			href={href}
			onClick={handleClick}
			aria-current={isCurrent ? "true" : undefined}
			className={clsx(
				"flex h-8 items-center gap-1.5 whitespace-nowrap rounded-md px-2 hover:bg-hover",
				isCurrent ? "bg-hover font-medium text-ink" : "text-ink-muted",
			)}
		>
			{label}
			<span className={clsx("min-w-3 text-xs", isCurrent ? "text-ink" : "text-ink-muted")}>
				{count === null ? "" : formatNumber(count)}
			</span>
		</a>
	);
}
