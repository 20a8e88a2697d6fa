"use client";

import { createContext, type ReactNode, useContext } from "react";
import type { Directory } from "@/lib/auth/keep-directory";
import { autoRollbackActor, autoshipActor } from "@/lib/contract/deployment-status";
import type { Extension } from "@/lib/contract/health";
import type { Role } from "@/lib/contract/role";

export interface Viewer {
	userId: string;
	role: Role | null;
}

interface Surroundings {
	viewer: Viewer;
	directory: Directory;
	/** What the API adds to the contract, as it has announced it when the page was drawn. */
	extensions: readonly Extension[];
}

/** Before the API's own actors; Clerk's user ids begin with `user_`. */
const systemPrefix = "system:";

const ViewerContext = createContext<Surroundings | null>(null);

/** Tells the screens who is looking and what the people of the organization are called. */
export function ViewerProvider({ children, ...surroundings }: Surroundings & { children: ReactNode }) {
	return <ViewerContext value={surroundings}>{children}</ViewerContext>;
}

function useSurroundings(): Surroundings {
	const surroundings = useContext(ViewerContext);
	if (surroundings === null) throw new Error("A screen of the dashboard is drawn outside its layout.");
	return surroundings;
}

export function useViewer(): Viewer {
	return useSurroundings().viewer;
}

export function useDirectory(): Directory {
	return useSurroundings().directory;
}

/** True where the API has announced that it has this addition to the contract. */
export function useExtension(extension: Extension): boolean {
	return useSurroundings().extensions.includes(extension);
}

/**
 * Who acted, by name. The system's own actors are written as such and marked, so that no name a person
 * gives themself can look like one; an id that Clerk does not know is shown as it is.
 */
export function Actor({ id }: { id: string }) {
	const { people } = useDirectory();
	const { userId } = useViewer();
	if (id === autoshipActor) return <SystemActor name="Autoship" />;
	if (id === autoRollbackActor) return <SystemActor name="Automatic rollback" />;
	if (id.startsWith(systemPrefix))
		return <SystemActor name={id.slice(systemPrefix.length).replaceAll("_", " ")} />;
	const name = Object.hasOwn(people, id) ? people[id] : undefined;
	return (
		<span title={id}>
			{name ?? id}
			{id === userId ? " (you)" : ""}
		</span>
	);
}

function SystemActor({ name }: { name: string }) {
	return (
		<span className="inline-flex max-w-full items-baseline gap-1">
			<span className="truncate" title={name}>
				{name}
			</span>
			<span className="shrink-0 rounded border border-line px-1 text-ink-muted text-xs">system</span>
		</span>
	);
}
