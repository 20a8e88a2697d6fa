import { randomUUID } from "node:crypto";
import { loadOrCreateClerkKeys } from "../local/clerk/keys";
import { mintSessionToken } from "../local/clerk/session-token";
import { sampleOrganizations } from "../local/people";
import { type PersonName, person } from "./people";

const apiUrl = `http://127.0.0.1:${process.env.API_PORT ?? 3101}`;
const origin = `http://localhost:${process.env.PORT ?? 3100}`;
const dataDir = process.env.COUNTERSIGN_DATA_DIR ?? ".test/data";

export interface ApiAnswer<T> {
	status: number;
	body: T;
}

/** Asks the API itself as a sample person, past the dashboard: what it holds is what counts. */
export async function askApi<T>(
	name: PersonName,
	method: "GET" | "POST",
	path: string,
	body?: unknown,
): Promise<ApiAnswer<T>> {
	const asking = person(name);
	const organization = sampleOrganizations.find(({ id }) => id === asking.organizationId);
	if (organization === undefined) throw new Error(`${name} belongs to no sample organization.`);
	const token = await mintSessionToken({
		keys: await loadOrCreateClerkKeys(dataDir),
		person: asking,
		organization,
		origin,
		sessionId: "sess_e2e",
	});
	const response = await fetch(`${apiUrl}${path}`, {
		method,
		headers: {
			authorization: `Bearer ${token}`,
			...(body === undefined ? {} : { "content-type": "application/json" }),
		},
		...(body === undefined ? {} : { body: JSON.stringify(body) }),
	});
	return { status: response.status, body: (await response.json()) as T };
}

export interface Proposal {
	id: string;
	projectId: string;
	projectName: string;
	rationale: string;
}

/** A project of its own with one fresh deployment, so that no test depends on another. */
export async function propose(options: Partial<Record<string, unknown>> = {}): Promise<Proposal> {
	const mark = randomUUID().slice(0, 8);
	const projectName = `Project ${mark}`;
	const project = await askApi<{ id: string }>("owner", "POST", "/v1/projects", { name: projectName });
	const rationale = `Says so when it is not sure, case ${mark}.`;
	const deployment = await askApi<{ id: string }>("owner", "POST", "/v1/prompts/deployments", {
		project_id: project.body.id,
		cluster_signature: `sha256:${mark.repeat(8)}`,
		current_prompt: "You answer questions about billing.\nNever promise a refund.\nAnswer in {{language}}.\n",
		proposed_prompt:
			"You answer questions about billing.\nAvoid promising a refund.\nAnswer in {{language}}.\nSay when you are not sure.\n",
		rationale,
		ab_report: {
			correctness_baseline: 0.42,
			correctness_candidate: 0.71,
			correctness_delta: 0.29,
			sample_size: 80,
			judge_model: "atlas-2",
		},
		status: "ab_passed",
		...options,
	});
	if (deployment.status !== 201)
		throw new Error(`The proposal was refused: ${JSON.stringify(deployment.body)}`);
	return { id: deployment.body.id, projectId: project.body.id, projectName, rationale };
}
