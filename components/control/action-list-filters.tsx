"use client";

import { X } from "lucide-react";
import { TraceLink } from "@/components/traces/trace-link";
import { Select } from "@/components/ui/field";
import { IconButton } from "@/components/ui/icon-button";
import { controlActionStatuses, controlActionTypes } from "@/lib/contract/control-action-types";
import type { Project } from "@/lib/contract/project";
import { actionStatusLabel, actionTypeLabel } from "./action-labels";
import type { ActionListFilters as Filters } from "./search-params";
import { TraceFilter } from "./trace-filter";

interface ActionListFiltersProps {
	filters: Filters;
	projects: readonly Project[];
	/** False where the API can narrow the list to a trace and to nothing else. */
	canFilter: boolean;
	onChange: (change: Partial<Filters>) => void;
}

/** What narrows the list of control actions. Each choice is in the URL. */
export function ActionListFilters({ filters, projects, canFilter, onChange }: ActionListFiltersProps) {
	const { status, type, project, trace } = filters;
	const isUnknownProject = project !== null && !projects.some(({ id }) => id === project);
	return (
		<search aria-label="Control actions" className="flex flex-wrap items-center gap-2">
			{canFilter ? (
				<>
					<Choice
						label="State"
						value={status}
						options={controlActionStatuses.map((one) => [one, actionStatusLabel(one)] as const)}
						all="Any state"
						onChange={(value) => onChange({ status: value })}
					/>
					<Choice
						label="Type"
						value={type}
						options={controlActionTypes.map((one) => [one, actionTypeLabel(one)] as const)}
						all="Any type"
						onChange={(value) => onChange({ type: value })}
					/>
					<Choice
						label="Project"
						value={project}
						options={[
							...projects.map(
								({ id, name, archived_at }) => [id, archived_at ? `${name} (archived)` : name] as const,
							),
							...(isUnknownProject ? [[project, "Unknown project"] as const] : []),
						]}
						all="All projects"
						onChange={(value) => onChange({ project: value })}
					/>
				</>
			) : null}
			{trace === null ? (
				<TraceFilter onTrace={(id) => onChange({ trace: id })} />
			) : (
				<span className="flex items-center gap-1.5">
					Trace <TraceLink id={trace} />
					<IconButton label="Show the actions of all traces" onClick={() => onChange({ trace: null })}>
						<X aria-hidden className="size-3.5" />
					</IconButton>
				</span>
			)}
			{canFilter ? null : (
				<p className="text-ink-muted text-xs">This API lists actions by their trace and by nothing else.</p>
			)}
		</search>
	);
}

interface ChoiceProps<Value extends string> {
	label: string;
	value: Value | null;
	options: readonly (readonly [Value, string])[];
	/** What no choice is called. */
	all: string;
	onChange: (value: Value | null) => void;
}

function Choice<Value extends string>({ label, value, options, all, onChange }: ChoiceProps<Value>) {
	return (
		<Select
			aria-label={label}
			className={value === null ? "w-auto max-w-44 text-ink-muted" : "w-auto max-w-44 border-accent"}
			value={value ?? ""}
			onChange={(event) => onChange(options.find(([one]) => one === event.target.value)?.[0] ?? null)}
		>
			<option value="">{all}</option>
			{options.map(([one, words]) => (
				<option key={one} value={one}>
					{words}
				</option>
			))}
		</Select>
	);
}
