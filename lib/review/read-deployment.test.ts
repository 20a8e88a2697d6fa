import { expect, test } from "vitest";
import { createCheckedClient } from "../client/checked-client";
import type { Extension } from "../contract/health";
import { readDeployment } from "./read-deployment";

const record = {
	tenant_id: "0197a1a0-0000-7000-8000-00000000000a",
	project_id: "0197a1a0-0000-7000-8000-00000000000b",
	cluster_signature: "sha256:one",
	status: "proposed",
	current_prompt: "Be brief.",
	proposed_prompt: "Be kind.",
	created_at: "2026-11-01T10:00:00Z",
	updated_at: "2026-11-01T10:00:00Z",
};

/** An API at the network that holds this record under an id of its own, and what it was asked. */
function apiOf(held: { now: typeof record | null }, announced: Extension[] = ["fields=summary"]) {
	const id = crypto.randomUUID();
	const asked: string[] = [];
	const api = createCheckedClient({
		baseUrl: "http://api.test",
		authorize: async () => ({}),
		extensions: async () => new Set(announced),
		fetch: async (url) => {
			const { pathname, search } = new URL(url);
			asked.push(search);
			expect(pathname).toBe(`/v1/prompts/deployments/${id}`);
			if (held.now === null) return Response.json({ error: "Not there." }, { status: 404 });
			const { current_prompt, proposed_prompt, ...summary } = { id, ...held.now };
			return Response.json(
				search === "?fields=summary" ? summary : { ...summary, current_prompt, proposed_prompt },
			);
		},
	});
	return { read: () => readDeployment(api, id, Promise.resolve(new Set(announced))), asked };
}

test("prompts that were read are not sent again while the record is of the same moment", async () => {
	const { read, asked } = apiOf({ now: record });
	const first = await read();
	expect(await read()).toEqual(first);
	expect(first).toMatchObject({ current_prompt: "Be brief.", proposed_prompt: "Be kind." });
	expect(asked).toEqual(["", "?fields=summary"]);
});

test("a record that has changed since is read whole, once", async () => {
	const held = { now: record };
	const { read, asked } = apiOf(held);
	await read();
	held.now = {
		...record,
		status: "shipped",
		proposed_prompt: "Be both.",
		updated_at: "2026-11-01T11:00:00Z",
	};
	expect(await read()).toMatchObject({ status: "shipped", proposed_prompt: "Be both." });
	expect(await read()).toMatchObject({ proposed_prompt: "Be both." });
	expect(asked).toEqual(["", "?fields=summary", "", "?fields=summary"]);
});

test("what the API does not show to the caller is not shown, and another tenant's prompts are not taken", async () => {
	const held: { now: typeof record | null } = { now: record };
	const { read, asked } = apiOf(held);
	await read();
	held.now = { ...record, tenant_id: "0197a1a0-0000-7000-8000-00000000000c", proposed_prompt: "Theirs." };
	expect(await read()).toMatchObject({ proposed_prompt: "Theirs." });
	held.now = null;
	await expect(read()).rejects.toMatchObject({ status: 404 });
	expect(asked).toEqual(["", "?fields=summary", "", "?fields=summary"]);
});

test("an API without summaries is asked for the whole record each time", async () => {
	const { read, asked } = apiOf({ now: record }, []);
	await read();
	expect(await read()).toMatchObject(record);
	expect(asked).toEqual(["", ""]);
});
