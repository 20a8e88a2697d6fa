import { describe, expect, test } from "vitest";
import { previewRollBack } from "../../rules/roll-back/preview";
import { createCheckedClient } from "../checked-client";
import { rollBackSituation } from "./roll-back-situation";

const now = Date.parse("2026-11-22T12:00:00Z");
const project = "p1";

function row(id: string, status: string, shippedAt: string, texts: [current: string, proposed: string]) {
	return {
		id,
		tenant_id: "t1",
		project_id: project,
		cluster_signature: "sha256:one",
		status,
		current_prompt: texts[0],
		proposed_prompt: texts[1],
		created_at: "2026-11-20T00:00:00Z",
		updated_at: shippedAt,
		shipped_at: shippedAt,
		rolled_back_at: status === "rolled_back" ? "2026-11-21T00:00:00Z" : null,
		approved_by: "user_1",
	};
}

type Row = ReturnType<typeof row>;

/** The lists and the records of an API of the contract, at the network; `broken` lists answer 500. */
function apiOf(rows: Row[], { gone = [] as string[], isBroken = false } = {}) {
	const answer = (url: URL): Response => {
		const id = /^\/v1\/prompts\/deployments\/(.+)$/.exec(url.pathname)?.[1];
		const found = rows.find((one) => one.id === id && !gone.includes(one.id));
		if (found) return Response.json(found);
		if (id !== undefined) return Response.json({ error: "Not there.", code: "not_found" }, { status: 404 });
		if (isBroken) return Response.json({ error: "Broken." }, { status: 500 });
		const items = rows.filter(({ status }) => status === url.searchParams.get("status"));
		return Response.json({ items, total: items.length, limit: 200, offset: 0 });
	};
	return createCheckedClient({
		baseUrl: "http://api.test",
		authorize: async () => ({}),
		fetch: async (input) => answer(new URL(input)),
	});
}

const live = row("live", "regressed", "2026-11-22T11:30:00Z", ["before", "after"]);
const read = (rows: Row[], options = {}) =>
	rollBackSituation(apiOf(rows, options), live, { now, signal: new AbortController().signal });

describe("what a roll back means, read from the contract alone", () => {
	test("names what it replaced and warns of what was rolled back", async () => {
		const rows = [
			live,
			row("predecessor", "monitoring", "2026-11-20T10:00:00Z", ["first", "before\n"]),
			row("taken", "rolled_back", "2026-11-20T09:00:00Z", ["first", "before"]),
		];
		const { situation, isRead } = await read(rows);
		expect(isRead).toBe(true);
		const { replaced, warnings } = previewRollBack(situation);
		expect(replaced?.id).toBe("predecessor");
		expect(warnings).toEqual([
			"What comes back was itself rolled back on 2026-11-21 00:00 UTC, as deployment taken.",
		]);
	});

	test("does without a record that is gone, and without lists that cannot be read", async () => {
		const rows = [live, row("predecessor", "monitoring", "2026-11-20T10:00:00Z", ["first", "before"])];
		const missing = await read(rows, { gone: ["predecessor"] });
		expect([missing.isRead, previewRollBack(missing.situation).replaced]).toEqual([true, null]);
		const broken = await read(rows, { isBroken: true });
		expect(broken.isRead).toBe(false);
		expect(previewRollBack(broken.situation)).toMatchObject({ replaced: null, warnings: [] });
	});
});
