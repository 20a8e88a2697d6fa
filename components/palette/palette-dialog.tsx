"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Command, useCommandState } from "cmdk";
import { useRouter } from "next/navigation";
import { type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import { StatusMark } from "@/components/deployments/status-mark";
import { signOut } from "@/components/layout/use-clerk-in-page";
import { expectArrival } from "@/components/review/arrival";
import { Dialog } from "@/components/ui/dialog";
import { PlainText } from "@/components/ui/plain-text";
import { browserApi } from "@/lib/client/browser-client";
import { deploymentKeys } from "@/lib/client/queries/deployments";
import { projectsQuery } from "@/lib/client/queries/projects";
import { queueViews } from "@/lib/contract/queue-terms";
import { shortenId } from "@/lib/format";
import { routes } from "@/lib/routes";
import { viewLabels } from "@/lib/rules/queue/views";
import { foldText, pastedId, rowsOfReads, scoreText } from "./palette-rows";

/** Of deployments and of projects, before and after something has been typed: a list to read, not to scroll. */
const shownMax = { unasked: 6, asked: 20 };

const pages = [
	{ label: "Deployments", href: routes.deployments() },
	...queueViews.map((view) => ({
		label: `Deployments: ${viewLabels[view]}`,
		href: routes.deployments({ view }),
	})),
	{ label: "Triage", href: routes.triage },
	{ label: "Actions", href: routes.actions },
	{ label: "Kill switch", href: routes.actions },
	{ label: "Traces", href: routes.traces() },
	{ label: "Audit", href: routes.audit },
];

const noProjects: never[] = [];

interface PaletteDialogProps {
	search: string;
	onSearch: (search: string) => void;
	onClose: () => void;
}

/** Pages, projects and the deployments on screen, found by typing and opened by Enter. */
export function PaletteDialog({ search, onSearch, onClose }: PaletteDialogProps) {
	const router = useRouter();
	const queryClient = useQueryClient();
	const { data: projects = noProjects } = useQuery(projectsQuery(browserApi));
	const [rows] = useState(() =>
		rowsOfReads(queryClient.getQueriesData({ queryKey: deploymentKeys.all }).map(([, data]) => data)),
	);
	const hasGone = useRef(false);
	const places = useMemo(() => {
		const names = new Map(projects.map((project) => [project.id, project.name]));
		return {
			deployments: rows.map((row) => {
				const projectName = names.get(row.projectId) ?? "";
				const words = [row.rationale, projectName, row.clusterSignature, row.id];
				return { row, projectName, text: foldText(words.join(" ")) };
			}),
			projects: projects.map((project) => ({ project, text: foldText(`${project.name} ${project.id}`) })),
		};
	}, [rows, projects]);
	const id = pastedId(search);
	const max = search.trim() === "" ? shownMax.unasked : shownMax.asked;
	const answering = ({ text }: { text: string }) => scoreText(text, search) > 0;
	const foundDeployments = places.deployments
		.filter(({ row }) => row.id !== id)
		.filter(answering)
		.slice(0, max);
	const foundProjects = places.projects.filter(answering).slice(0, max);

	function go(href: string) {
		hasGone.current = true;
		onClose();
		router.push(href);
	}
	function openDeployment(deploymentId: string) {
		expectArrival();
		go(routes.deployment(deploymentId));
	}

	return (
		<Dialog
			isOpen
			onOpenChange={onClose}
			focusAfter={() => (hasGone.current ? document.getElementById("content") : null)}
			title="Go to"
			description={<p className="sr-only">Type to find a page, a project or a deployment on screen.</p>}
		>
			<Command
				label="Go to"
				loop
				vimBindings={false}
				filter={(_, wanted, keywords) => scoreText(keywords?.[0] ?? "", wanted)}
			>
				<Command.Input
					value={search}
					onValueChange={onSearch}
					maxLength={500}
					placeholder="A page, a project, a deployment, or an id"
					className="h-8 w-full rounded-md border border-line-strong bg-page px-2.5 text-sm placeholder:text-ink-muted"
				/>
				<ActiveOption />
				<Command.List label="Places" className="mt-2 max-h-[50dvh] overflow-y-auto">
					<Nothing />
					{id === null ? null : (
						<Group heading="Id">
							<Place name={`id ${id}`} text={id} onSelect={() => openDeployment(id)}>
								Open deployment <span className="font-mono text-xs">{shortenId(id)}</span>
							</Place>
							<Place name={`trace ${id}`} text={id} onSelect={() => go(routes.trace(id))}>
								Open trace <span className="font-mono text-xs">{shortenId(id)}</span>
							</Place>
							<Place name={`action ${id}`} text={id} onSelect={() => go(routes.action(id))}>
								Open control action <span className="font-mono text-xs">{shortenId(id)}</span>
							</Place>
						</Group>
					)}
					<Group heading="Pages">
						{pages.map(({ label, href }) => (
							<Place key={label} name={`page ${label}`} text={foldText(label)} onSelect={() => go(href)}>
								{label}
							</Place>
						))}
					</Group>
					{foundDeployments.length === 0 ? null : (
						<Group heading="Deployments">
							{foundDeployments.map(({ row, projectName, text }) => (
								<Place
									key={row.id}
									name={`deployment ${row.id}`}
									text={text}
									onSelect={() => openDeployment(row.id)}
								>
									<StatusMark status={row.status} className="shrink-0" />
									<span className="min-w-0 truncate">
										{row.rationale === "" ? (
											"No rationale given"
										) : (
											<PlainText text={row.rationale} isOneLine />
										)}
									</span>
									<span className="ml-auto max-w-32 shrink-0 truncate text-ink-muted">
										<PlainText text={projectName} isOneLine />
									</span>
								</Place>
							))}
						</Group>
					)}
					{foundProjects.length === 0 ? null : (
						<Group heading="Projects">
							{foundProjects.map(({ project, text }) => (
								<Place
									key={project.id}
									name={`project ${project.id}`}
									text={text}
									onSelect={() => go(routes.deployments({ view: "all", project: project.id }))}
								>
									<span className="min-w-0 truncate">
										<PlainText text={project.name} isOneLine />
									</span>
									{project.archived_at ? <span className="text-ink-muted">archived</span> : null}
								</Place>
							))}
						</Group>
					)}
					<Group heading="Account">
						<Place name="account sign out" text="sign out" onSelect={() => void signOut()}>
							Sign out
						</Place>
					</Group>
				</Command.List>
			</Command>
		</Dialog>
	);
}

/**
 * Tells a screen reader which option Enter would take: cmdk does so only once an arrow key has been pressed, and
 * not for the first one.
 */
function ActiveOption() {
	// Drawn again, and so looked at again, whenever another option may have been chosen.
	useCommandState(({ value, search, selectedItemId }) => `${selectedItemId} ${value} ${search}`);
	const place = useRef<HTMLSpanElement>(null);
	useEffect(() => {
		const root = place.current?.closest("[cmdk-root]");
		const option = root?.querySelector("[role=option][aria-selected=true]");
		const input = root?.querySelector("[role=combobox]");
		if (option) input?.setAttribute("aria-activedescendant", option.id);
		else input?.removeAttribute("aria-activedescendant");
	});
	return <span ref={place} hidden />;
}

/** A list of options may not be empty, so that nothing was found is an option that cannot be taken. */
function Nothing() {
	const isEmpty = useCommandState(({ filtered }) => filtered.count === 0);
	if (!isEmpty) return null;
	return (
		<Command.Item forceMount disabled value="nothing" className="px-2 py-3 text-ink-muted">
			Nothing matches.
		</Command.Item>
	);
}

function Group({ heading, children }: { heading: string; children: ReactNode }) {
	return (
		<Command.Group
			heading={heading}
			className="[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-ink-muted [&_[cmdk-group-heading]]:text-xs"
		>
			{children}
		</Command.Group>
	);
}

interface PlaceProps {
	/** Unique in the whole list. */
	name: string;
	/** What a search is held against, folded. */
	text: string;
	onSelect: () => void;
	children: ReactNode;
}

function Place({ name, text, onSelect, children }: PlaceProps) {
	return (
		<Command.Item
			value={name}
			keywords={[text]}
			onSelect={onSelect}
			className="flex min-w-0 cursor-default items-center gap-2 rounded px-2 py-1.5 data-[selected=true]:bg-hover"
		>
			{children}
		</Command.Item>
	);
}
