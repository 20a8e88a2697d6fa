import {
	newProjectSchema,
	projectChangeSchema,
	projectListQuerySchema,
	promisedProjectListSchema,
	promisedProjectSchema,
} from "@/lib/contract/project";
import { changeProject } from "../projects/change";
import { createProject } from "../projects/create";
import { listProjects } from "../projects/list";
import { endpoint } from "./endpoint";

/** `/v1/projects` */
export const projectEndpoints = [
	endpoint({
		method: "GET",
		path: "/v1/projects",
		summary: "The projects, by name",
		operation: "read",
		query: projectListQuerySchema,
		answer: promisedProjectListSchema,
		handle: (context, { query }) => listProjects(context, query),
	}),
	endpoint({
		method: "POST",
		path: "/v1/projects",
		summary: "Make a project (our addition)",
		operation: "create_project",
		body: { schema: newProjectSchema },
		status: 201,
		answer: promisedProjectSchema,
		refusals: ["project_exists"],
		handle: (context, { body }) => createProject(context, body),
	}),
	endpoint({
		method: "PATCH",
		path: "/v1/projects/:id",
		summary: "Change a project's name and settings, or archive it (our addition)",
		operation: "change_project",
		body: { schema: projectChangeSchema },
		answer: promisedProjectSchema,
		refusals: ["not_found"],
		handle: (context, { id, body }) => changeProject(context, id, body),
	}),
];
