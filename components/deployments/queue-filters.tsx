"use client";

import clsx from "clsx";
import { type RefObject, useEffect, useState } from "react";
import { Select, TextInput } from "@/components/ui/field";
import type { DeploymentStatus } from "@/lib/contract/deployment-status";
import type { Project } from "@/lib/contract/project";
import {
	type QueueSort,
	queueDefaultSort,
	queueVerdicts,
	searchMaxLength,
	searchMinLength,
} from "@/lib/contract/queue-terms";
import { statusLabels } from "@/lib/rules/lifecycle";
import type { QueueFilters as Filters, QueueAge } from "./search-params";

interface QueueFiltersProps {
	filters: Filters;
	/** The states of the view that is open. */
	statuses: readonly DeploymentStatus[];
	projects: readonly Project[];
	/** False where the API can neither search nor sort: what cannot be done is not offered. */
	canSearch: boolean;
	searchBox: RefObject<HTMLInputElement | null>;
	onChange: (change: Partial<Filters>) => void;
}

const verdictLabels: Record<(typeof queueVerdicts)[number], string> = {
	better: "Better",
	worse: "Worse",
	mixed: "Mixed",
	"not-shown": "Not shown",
	contradictory: "Conflicting",
	none: "Not judged",
	untested: "Untested",
};
const ageLabels: Record<QueueAge, string> = {
	"1d": "Last 24 hours",
	"7d": "Last 7 days",
	"30d": "Last 30 days",
	older: "Older than 30 days",
};
const sortLabels: Record<QueueSort, string> = {
	state: "By state, newest proposal",
	newest: "Newest proposal first",
	oldest: "Oldest proposal first",
	waiting: "Waiting longest first",
	effect: "Largest effect first",
};

/** How the rows are narrowed and ordered. Each choice is in the URL. */
export function QueueFilters({
	filters,
	statuses,
	projects,
	canSearch,
	searchBox,
	onChange,
}: QueueFiltersProps) {
	const { project, status, verdict, age, sort } = filters;
	const isUnknownProject = project !== null && !projects.some(({ id }) => id === project);
	return (
		<search aria-label="Deployments" className="flex flex-wrap items-center gap-2">
			{canSearch ? (
				<SearchBox box={searchBox} searched={filters.q ?? ""} onSearch={(q) => onChange({ q })} />
			) : null}
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
			{statuses.length > 1 ? (
				<Choice
					label="Status"
					value={status}
					options={statuses.map((one) => [one, statusLabels[one]] as const)}
					all="All states"
					onChange={(value) => onChange({ status: value })}
				/>
			) : null}
			{canSearch ? (
				<>
					<Choice
						label="Verdict"
						value={verdict}
						options={queueVerdicts.map((one) => [one, verdictLabels[one]] as const)}
						all="Any verdict"
						onChange={(value) => onChange({ verdict: value })}
					/>
					<Choice
						label="Age"
						value={age}
						options={entriesOf(ageLabels)}
						all="Any age"
						onChange={(value) => onChange({ age: value })}
					/>
					<Choice
						label="Order"
						value={sort === queueDefaultSort ? null : sort}
						options={entriesOf(sortLabels).filter(([value]) => value !== queueDefaultSort)}
						all={sortLabels[queueDefaultSort]}
						onChange={(value) => onChange({ sort: value })}
					/>
				</>
			) : null}
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
			className={clsx(
				"w-auto max-w-56 max-sm:w-[calc(50%-0.25rem)]",
				value === null ? "text-ink-muted" : "border-accent",
			)}
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

interface SearchBoxProps {
	box: RefObject<HTMLInputElement | null>;
	/** What the link searches; empty for nothing. */
	searched: string;
	onSearch: (text: string | null) => void;
}

const typingPauseMs = 250;

/** Searches while one types, after a short pause; less than three letters are told, not asked. */
function SearchBox({ box, searched, onSearch }: SearchBoxProps) {
	const [text, setText] = useState(searched);
	/** What this box has asked for and the link does not say yet. */
	const [asked, setAsked] = useState<string | null>(null);
	const [known, setKnown] = useState(searched);
	if (known !== searched) {
		setKnown(searched);
		setAsked(null);
		// Somebody went back, forward, or to another link: it shows what is searched there. One's own typing goes on.
		if (searched !== asked) setText(searched);
	}
	const wanted = text.trim();
	const isTooShort = wanted !== "" && wanted.length < searchMinLength;
	useEffect(() => {
		if (isTooShort || wanted === searched) return undefined;
		const timer = setTimeout(() => {
			setAsked(wanted);
			onSearch(wanted === "" ? null : wanted);
		}, typingPauseMs);
		return () => clearTimeout(timer);
	}, [wanted, isTooShort, searched, onSearch]);
	return (
		<span className="relative w-full sm:w-60">
			<TextInput
				ref={box}
				type="search"
				aria-label="Search"
				aria-keyshortcuts="/"
				title="Part of the rationale or of the cluster's signature, or the start of an id"
				placeholder="Search  /"
				maxLength={searchMaxLength}
				value={text}
				onChange={(event) => setText(event.target.value)}
				onKeyDown={(event) => {
					if (event.key === "Escape" && text === "") event.currentTarget.blur();
				}}
			/>
			<span
				role="status"
				className="pointer-events-none absolute inset-y-0 right-7 flex items-center text-ink-muted text-xs"
			>
				{isTooShort ? `At least ${searchMinLength} letters` : ""}
			</span>
		</span>
	);
}

function entriesOf<Key extends string>(labels: Record<Key, string>): [Key, string][] {
	// The cast: a record of these keys has no others.
	return Object.entries(labels) as [Key, string][];
}
