import { describe, expect, test } from "vitest";
import type { Extension } from "../../contract/health";
import { createCheckedClient } from "../checked-client";
import { createQueryClient } from "../query-client";
import { earlierCandidatesQuery, liveDeploymentQuery } from "./neighbours";

interface Row {
	id: string;
	project_id: string;
	cluster_signature: string;
	status: string;
	created_at: string;
	shipped_at: string | null;
	rolled_back_at: string | null;
	rejection_reason?: string;
}

function row(id: string, parts: Partial<Row> = {}): Row {
	return {
		id,
		project_id: "p1",
		cluster_signature: "sha256:one",
		status: "proposed",
		created_at: "2026-11-01T00:00:00Z",
		shipped_at: null,
		rolled_back_at: null,
		...parts,
	};
}

/**
 * The deployments of an API of the contract, at the network. `knows` is what it announces; without
 * `cluster_signature` it refuses the parameter, as a strict server may.
 */
function apiOf(rows: Row[], knows: Extension[], { maxLimit = 200, gone = [] as string[] } = {}) {
	const asked: string[] = [];
	const whole = (one: Row) => ({
		...one,
		tenant_id: "t1",
		updated_at: one.created_at,
		approved_by: "user_1",
		current_prompt: `before ${one.id}`,
		proposed_prompt: `after ${one.id}`,
	});
	function answer(url: URL): Response {
		asked.push(`${url.pathname}${url.search}`);
		const id = /^\/v1\/prompts\/deployments\/(.+)$/.exec(url.pathname)?.[1];
		if (id !== undefined) {
			const found = gone.includes(id) ? undefined : rows.find((one) => one.id === id);
			return found
				? Response.json(whole(found))
				: Response.json({ error: "Not there.", code: "not_found" }, { status: 404 });
		}
		const query = url.searchParams;
		const isUnknown = query.has("cluster_signature") && !knows.includes("cluster_signature");
		if (isUnknown) return Response.json({ error: "Unknown parameter." }, { status: 400 });
		const filters = ["status", "project_id", "cluster_signature"] as const;
		const listed = rows.filter((one) =>
			filters.every((name) => (query.get(name) ?? one[name]) === one[name]),
		);
		const limit = Math.min(Number(query.get("limit")), maxLimit);
		const offset = Number(query.get("offset"));
		const items = listed.slice(offset, offset + limit).map(whole);
		return Response.json({ items, total: listed.length, limit, offset });
	}
	const client = createCheckedClient({
		baseUrl: "http://api.test",
		authorize: async () => ({}),
		extensions: async () => new Set(knows),
		fetch: async (input) => answer(new URL(input)),
	});
	return { client, asked };
}

describe("what is live", () => {
	const live = [
		row("old", { status: "monitoring", shipped_at: "2026-11-02T00:00:00Z" }),
		row("new", { status: "regressed", shipped_at: "2026-11-04T00:00:00Z" }),
		row("between", { status: "shipped", shipped_at: "2026-11-03T00:00:00Z" }),
		row("elsewhere", { status: "shipped", shipped_at: "2026-11-09T00:00:00Z", project_id: "p2" }),
		row("back", {
			status: "rolled_back",
			shipped_at: "2026-11-08T00:00:00Z",
			rolled_back_at: "2026-11-08T01:00:00Z",
		}),
		row("further back", { status: "rolled_back", rolled_back_at: "2026-11-07T01:00:00Z" }),
		row("waiting"),
	];

	test.each<[string, Extension[]]>([
		["of ours", ["fields=summary", "cluster_signature"]],
		["of the contract alone", []],
	])("is the newest that shipped in the project, with its prompt, from a server %s", async (_name, knows) => {
		const { client } = apiOf(live, knows);
		expect(await createQueryClient().fetchQuery(liveDeploymentQuery(client, "p1"))).toEqual({
			newest: {
				id: "new",
				status: "regressed",
				shipped_at: "2026-11-04T00:00:00Z",
				approved_by: "user_1",
				proposed_prompt: "after new",
			},
			rolledBack: { id: "back", rolled_back_at: "2026-11-08T01:00:00Z", proposed_prompt: "after back" },
			isComplete: true,
		});
	});

	test("is nothing in a project where nothing shipped", async () => {
		const { client, asked } = apiOf([row("waiting")], []);
		expect(await createQueryClient().fetchQuery(liveDeploymentQuery(client, "p1"))).toEqual({
			newest: null,
			rolledBack: null,
			isComplete: true,
		});
		expect(asked).toHaveLength(4);
	});

	test("is nothing that is gone since it was listed", async () => {
		const { client } = apiOf(live, [], { gone: ["new"] });
		expect((await createQueryClient().fetchQuery(liveDeploymentQuery(client, "p1"))).newest).toBeNull();
	});

	test("is looked for on every page, and said to be incomplete beyond five", async () => {
		const many = (count: number) => [
			...Array.from({ length: count - 1 }, (_, index) =>
				row(`s${index}`, { status: "shipped", shipped_at: "2026-11-01T00:00:00Z" }),
			),
			row("last", { status: "shipped", shipped_at: "2026-11-05T00:00:00Z" }),
		];
		const read = (count: number) =>
			createQueryClient().fetchQuery(
				liveDeploymentQuery(apiOf(many(count), [], { maxLimit: 10 }).client, "p1"),
			);
		expect(await read(50)).toMatchObject({ newest: { id: "last" }, isComplete: true });
		expect(await read(51)).toMatchObject({ newest: { id: "s0" }, isComplete: false });
	});
});

describe("earlier candidates", () => {
	const params = {
		projectId: "p1",
		clusterSignature: "sha256:one",
		id: "now",
		createdAt: "2026-11-10T00:00:00Z",
	};
	const day = (number: number) => `2026-11-${String(number).padStart(2, "0")}T00:00:00Z`;
	const rows = [
		row("later", { status: "rejected", created_at: day(11) }),
		row("now", { created_at: day(10) }),
		row("a", { status: "ab_failed", created_at: day(3) }),
		row("b", { status: "rejected", created_at: day(5), rejection_reason: "Too soft." }),
		row("c", { status: "rolled_back", created_at: day(4) }),
		row("other cluster", { status: "rejected", cluster_signature: "sha256:two" }),
		row("other project", { status: "rejected", project_id: "p2" }),
	];
	const found = [
		{
			id: "b",
			status: "rejected",
			created_at: day(5),
			rejection_reason: "Too soft.",
			current_prompt: "before b",
			proposed_prompt: "after b",
		},
		{
			id: "c",
			status: "rolled_back",
			created_at: day(4),
			current_prompt: "before c",
			proposed_prompt: "after c",
		},
		{ id: "a", status: "ab_failed", created_at: day(3) },
	];

	test("are listed by the cluster where a server announces that it can", async () => {
		const { client, asked } = apiOf(rows, ["fields=summary", "cluster_signature"]);
		expect(await createQueryClient().fetchQuery(earlierCandidatesQuery(client, params))).toEqual({
			earlier: found,
			isComplete: true,
		});
		expect(asked[0]).toBe(
			"/v1/prompts/deployments?project_id=p1&cluster_signature=sha256%3Aone&limit=200&offset=0&fields=summary",
		);
	});

	test("are found among all of the project where it cannot, and it is not asked for what it would refuse", async () => {
		const { client, asked } = apiOf(rows, []);
		expect(await createQueryClient().fetchQuery(earlierCandidatesQuery(client, params))).toEqual({
			earlier: found,
			isComplete: true,
		});
		expect(asked[0]).toBe("/v1/prompts/deployments?project_id=p1&limit=200&offset=0");
	});

	test("are looked for on five pages, and said to be incomplete beyond", async () => {
		const many = (count: number) =>
			Array.from({ length: count }, (_, index) =>
				row(String(index), { cluster_signature: index === 999 ? "sha256:one" : "sha256:two" }),
			);
		const read = async (count: number) => {
			const { client, asked } = apiOf(many(count), []);
			const { earlier, isComplete } = await createQueryClient().fetchQuery(
				earlierCandidatesQuery(client, params),
			);
			return { ids: earlier.map(({ id }) => id), isComplete, pages: asked.length };
		};
		expect(await read(1000)).toEqual({ ids: ["999"], isComplete: true, pages: 5 });
		expect(await read(1001)).toEqual({ ids: ["999"], isComplete: false, pages: 5 });
	});

	test("come with the prompts of the ten newest that were taken back, as far as they are still there", async () => {
		const many = Array.from({ length: 14 }, (_, index) =>
			row(`r${index}`, { status: "rejected", created_at: `2026-10-${30 - index}T00:00:00Z` }),
		);
		const { client } = apiOf(many, [], { gone: ["r3"] });
		const { earlier } = await createQueryClient().fetchQuery(earlierCandidatesQuery(client, params));
		expect(
			earlier.map(({ id, proposed_prompt }) => proposed_prompt === undefined && id).filter(Boolean),
		).toEqual(["r3", "r10", "r11", "r12", "r13"]);
	});
});
