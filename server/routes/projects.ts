import {
	newProjectSchema,
	projectListQuerySchema,
	promisedProjectListSchema,
	promisedProjectSchema,
} from "@/lib/contract/project";
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
];
