import { describe, expect, test } from "vitest";
import { createCheckedClient } from "../checked-client";
import { createQueryClient } from "../query-client";
import { notPossible, type QueueQuestion, queueCountsQuery, queueListQuery, readRows } from "./queue";

const statuses = ["ab_passed", "proposed"] as const;
/** 130 that have passed, 90 proposed. */
const records = Array.from({ length: 220 }, (_, index) => ({
	id: `d${index}`,
	tenant_id: "t1",
	project_id: index % 10 === 0 ? "p2" : "p1",
	cluster_signature: "sha256:one",
	status: index < 130 ? statuses[0] : statuses[1],
	current_prompt: "before",
	proposed_prompt: "after",
	created_at: "2026-11-01T00:00:00Z",
	updated_at: "2026-11-01T00:00:00Z",
}));

/** An API that has what the contract has and refuses anything else, at the network. */
function contractApi({ maxLimit = 200 } = {}) {
	const asked: string[] = [];
	const client = createCheckedClient({
		baseUrl: "http://api.test",
		authorize: async () => ({}),
		extensions: async () => new Set(),
		fetch: async (input) => {
			const url = new URL(input);
			asked.push(`${url.pathname}${url.search}`);
			const id = /^\/v1\/prompts\/deployments\/(.+)$/.exec(url.pathname)?.[1];
			if (id !== undefined) {
				const found = records.find((one) => one.id === id);
				return found
					? Response.json(found)
					: Response.json({ error: "Not there.", code: "not_found" }, { status: 404 });
			}
			const query = url.searchParams;
			const isUnknown = [...query.keys()].some(
				(name) => !["status", "project_id", "limit", "offset"].includes(name),
			);
			if (isUnknown) return Response.json({ error: "Unknown parameter." }, { status: 400 });
			const listed = records.filter(
				(one) =>
					(query.get("status") ?? one.status) === one.status &&
					(query.get("project_id") ?? one.project_id) === one.project_id,
			);
			const limit = Math.min(Number(query.get("limit")), maxLimit);
			const offset = Number(query.get("offset"));
			const items = listed.slice(offset, offset + limit);
			return Response.json({ items, total: listed.length, limit, offset });
		},
	});
	return { client, asked };
}

const question: QueueQuestion = {
	statuses: ["ab_passed", "proposed"],
	projectId: null,
	verdicts: null,
	createdAfter: null,
	createdBefore: null,
	search: null,
	sort: "state",
};

describe("the queue of an API that can only list", () => {
	for (const maxLimit of [200, 30]) {
		test(`comes state by state to its end, each row once, in pages of at most ${maxLimit}`, async () => {
			const { client } = contractApi({ maxLimit });
			const data = await createQueryClient().fetchInfiniteQuery({
				...queueListQuery(client, "list", question),
				pages: 9,
			});
			expect(data.pages[0]?.items).toHaveLength(50);
			const ids = data.pages.flatMap(({ items }) => items.map(({ id }) => id));
			expect(ids).toEqual(records.map(({ id }) => id));
			expect(data.pages.at(-1)?.next).toBeNull();
			expect(data.pages[0]?.items[0]).not.toHaveProperty("current_prompt");
		});
	}

	test("counts each state by itself, within the project", async () => {
		const { client } = contractApi();
		const filters = { ...question, projectId: "p2" };
		const counts = await createQueryClient().fetchQuery(queueCountsQuery(client, "list", filters));
		expect(counts.ab_passed).toEqual({ total: 13, isExact: true });
		expect(counts.proposed).toEqual({ total: 9, isExact: true });
		expect(counts.rejected).toEqual({ total: 0, isExact: true });
	});

	test("is read again row by row, at most ten, without those that are gone", async () => {
		const { client, asked } = contractApi();
		const ids = ["d3", "nowhere", ...Array.from({ length: 20 }, (_, index) => `d${index + 10}`)];
		const rows = await readRows(client, "list", ids);
		expect(rows.map(({ id }) => id)).toEqual(["d3", ...ids.slice(2, 10)]);
		expect(asked).toHaveLength(10);
	});

	test("says what of a question it cannot do", () => {
		expect(notPossible("list", question)).toEqual([]);
		const asked = { ...question, search: "refund", verdicts: ["better"], createdBefore: "x", sort: "effect" };
		expect(notPossible("list", asked)).toHaveLength(4);
		expect(notPossible("queue", asked)).toEqual([]);
	});
});
