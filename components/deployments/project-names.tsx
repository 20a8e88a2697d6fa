"use client";

import { createContext, type ReactNode, useContext } from "react";
import type { Project } from "@/lib/contract/project";
import { shortenId } from "@/lib/format";

const ProjectsContext = createContext<readonly Project[]>([]);

/** Tells the rows below what the projects are called: one reading for all of them. */
export function ProjectNames({ projects, children }: { projects: readonly Project[]; children: ReactNode }) {
	return <ProjectsContext value={projects}>{children}</ProjectsContext>;
}

/** A project by name; by id where the name is not known. */
export function ProjectName({ id }: { id: string }) {
	const project = useContext(ProjectsContext).find((one) => one.id === id);
	return <span title={project?.name ?? id}>{project?.name ?? shortenId(id)}</span>;
}
