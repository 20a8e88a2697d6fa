import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { z } from "zod";
import { jsonObjectSchema } from "../../lib/contract/identifiers";
import { keyOf, type RealRecord } from "./real-records";

const root = fileURLToPath(new URL("../..", import.meta.url));
const pageLength = 200;

const projectsSchema = z.object({ projects: z.array(z.object({ id: z.string(), name: z.string() })) });
const pageSchema = z.object({
	items: z.array(
		z.object({
			id: z.string(),
			cluster_signature: z.string(),
			current_prompt: z.string(),
			proposed_prompt: z.string(),
			rationale: z.string().optional(),
			ab_report: jsonObjectSchema.nullish(),
		}),
	),
	total: z.number(),
});

/** The ids that the API gave to the records that were imported. */
export interface ImportedDeployments {
	idOf(record: RealRecord): string | undefined;
}

/** Lists through the API what is there of the projects that the records name. */
export async function listImported(
	apiUrl: string,
	projectNames: ReadonlySet<string>,
): Promise<ImportedDeployments> {
	const token = await ownerToken();
	const read = async <T>(path: string, schema: z.ZodType<T>): Promise<T> => {
		const response = await fetch(`${apiUrl}${path}`, { headers: { authorization: `Bearer ${token}` } });
		if (!response.ok) throw new Error(`GET ${path} was answered ${response.status}`);
		return schema.parse(await response.json());
	};
	const ids = new Map<string, string>();
	const { projects } = await read("/v1/projects", projectsSchema);
	for (const project of projects.filter(({ name }) => projectNames.has(name))) {
		for (let offset = 0, total = 1; offset < total; offset += pageLength) {
			const query = `project_id=${project.id}&limit=${pageLength}&offset=${offset}`;
			const page = await read(`/v1/prompts/deployments?${query}`, pageSchema);
			total = page.total;
			for (const item of page.items) ids.set(`${project.name}\n${keyOf(item)}`, item.id);
		}
	}
	return { idOf: (record) => ids.get(`${record.project}\n${keyOf(record)}`) };
}

async function ownerToken(): Promise<string> {
	const command = ["--import", "tsx", "local/clerk/print-token.ts", "owner"];
	const { stdout } = await promisify(execFile)(process.execPath, command, { cwd: root });
	return stdout.trim();
}
