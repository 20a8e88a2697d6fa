import { type Project, projectListSchema, projectSchema } from "../../lib/contract/project";
import type { Answer, Api } from "./api";
import { Stop } from "./stop";

/** Says which project a name means, making it when there is none. */
export interface Projects {
	/** The id, or the API's words about why there can be no such project. */
	idOf(name: string): Promise<{ ok: true; id: string } | Extract<Answer<never>, { ok: false }>>;
}

const mostSlugs = 100;
const slugMaxLength = 100;

/** Reads the projects of the API; this is also what shows that it is there and takes the token. */
export async function openProjects(api: Api): Promise<Projects> {
	const ids = new Map<string, string>();

	/** With the archived ones only where an id is looked for: a name means a project in use. */
	async function list(path = "/v1/projects"): Promise<Project[]> {
		const answer = await api.get(path, projectListSchema);
		if (answer.ok) return answer.data.projects;
		throw new Stop(`The API does not list its projects: ${answer.error.error}`);
	}

	for (const { id, name } of await list()) if (!ids.has(name)) ids.set(name, id);

	async function make(name: string) {
		let slug: string | undefined;
		let base: string | undefined;
		for (let number = 2; number <= mostSlugs; number += 1) {
			const answer = await api.post("/v1/projects", { name, slug }, projectSchema);
			if (answer.ok) return { ok: true as const, id: answer.data.id };
			if (answer.error.code !== "project_exists") return answer;
			const all = await list("/v1/projects?include_archived=true");
			const existing = all.find(({ id }) => id === answer.error.existing_id);
			if (existing === undefined) return answer;
			if (existing.name === name) return { ok: true as const, id: existing.id };
			base ??= existing.slug;
			slug = slugWithNumber(base, number);
		}
		throw new Stop(`There are ${mostSlugs} projects with the slug of “${name}”.`);
	}

	return {
		async idOf(name) {
			const known = ids.get(name);
			if (known !== undefined) return { ok: true, id: known };
			const made = await make(name);
			if (made.ok) ids.set(name, made.id);
			return made;
		},
	};
}

function slugWithNumber(base: string, number: number): string {
	const ending = `-${number}`;
	return `${base.slice(0, slugMaxLength - ending.length).replace(/-+$/, "")}${ending}`;
}
