import {
	newProjectSchema,
	projectListQuerySchema,
	promisedProjectListSchema,
	promisedProjectSchema,
} from "@/lib/contract/project";
import type { Services } from "../context";
import { createProject } from "../projects/create";
import { listProjects } from "../projects/list";
import { endpoint } from "./endpoint";

/** `/v1/projects` */
export function projectEndpoints(services: Services) {
	return [
		endpoint({
			method: "GET",
			path: "/v1/projects",
			query: projectListQuerySchema,
			answer: promisedProjectListSchema,
			handle: ({ caller, query }) => listProjects({ ...services, caller }, query),
		}),
		endpoint({
			method: "POST",
			path: "/v1/projects",
			body: { schema: newProjectSchema },
			status: 201,
			answer: promisedProjectSchema,
			handle: ({ caller, body }) => createProject({ ...services, caller }, body),
		}),
	];
}
