import { bench, describe } from "vitest";
import { openTestApi } from "../test/api";
import { insertProject } from "../test/rows";

/**
 * What `fields=summary`, our addition to the list, is worth: a page of 50 with prompts of 20 KB a
 * side, as the contract answers it and as the queue asks for it. Run by `npm run bench`; read the ratio,
 * not the times.
 */
const rows = 50;
const prompt = "Answer in the language of the customer, and never promise a refund.\n".repeat(300);
const list = "/v1/prompts/deployments?limit=50";

const api = await openTestApi();
const tenant = await api.makeTenant();
const projectId = await insertProject(api, tenant.id);
for (let index = 0; index < rows; index += 1) {
	const body = {
		project_id: projectId,
		cluster_signature: `sha256:${index}`,
		current_prompt: prompt,
		proposed_prompt: `${prompt}${index}\n`,
	};
	const { status } = await api.ask("POST", "/v1/prompts/deployments", { as: tenant.owner, body });
	if (status !== 201) throw new Error(`The proposal was answered ${status}`);
}

async function readPage(query: string): Promise<void> {
	const { body } = await api.ask("GET", list + query, { as: tenant.owner });
	if (body.items.length !== rows) throw new Error("The page is not full");
}

describe("a page of the queue", () => {
	bench("without prompts", () => readPage("&fields=summary"));
	bench("with prompts", () => readPage(""));
});
