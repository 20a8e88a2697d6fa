import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestApi, type TestApi } from "@/test/api";
import { insertDeployment, insertDeployments, insertProject } from "@/test/rows";
import { claimsOf, signToken } from "@/test/tokens";
import { createCheckedClient } from "../client/checked-client";
import type { QueueQuestion, QueueSource } from "../client/queries/queue";
import type { QueueRow } from "../contract/queue";
import { statusesOfView } from "../contract/queue-terms";
import { BadPlace, countRows, MovedList, type ReadRows, rowReader } from "./read-rows";

const signal = new AbortController().signal;
const open: QueueQuestion = { statuses: ["ab_passed", "proposed"], sort: "state" };
let api: TestApi;
beforeAll(async () => {
	api = await openTestApi();
});
afterAll(() => api.close());

function clientAs(person: { organizationId: string; role: "viewer" }) {
	return createCheckedClient({
		baseUrl: "",
		fetch: async (path, init) => api.app.request(path, init),
		authorize: async () => ({
			authorization: `Bearer ${await signToken(claimsOf({ ...person, userId: "user_1" }, api.clock()))}`,
		}),
	});
}

async function readAll(read: ReadRows, meanwhile?: (page: number) => void): Promise<string[]> {
	const ids: string[] = [];
	let place: string | null = null;
	for (let page = 1; ; page += 1) {
		const { rows, next }: { rows: QueueRow[]; next: string | null } = await read(place, signal);
		ids.push(...rows.map(({ id }) => id));
		if (next === null) return ids;
		place = next;
		meanwhile?.(page);
	}
}

describe.each<QueueSource>(["list", "queue"])("on our own server, by its %s", (source) => {
	test("every row of the asked states comes once, in their order, and is counted before", async () => {
		const tenant = await api.makeTenant();
		const projectId = await insertProject(api, tenant.id);
		const passed = await insertDeployments(api, tenant.id, projectId, 205);
		const proposed = await insertDeployment(api, tenant.id, { projectId, status: "proposed" });
		await insertDeployment(api, tenant.id, { projectId, status: "shipped" });
		const client = clientAs(tenant.viewer);
		const ids = await readAll(rowReader(client, source, open));
		expect(ids.at(-1)).toBe(proposed);
		expect(ids.toSorted()).toEqual([...passed, proposed].toSorted());
		expect(await countRows(client, source, open, signal)).toBe(206);
	});

	test("a place of the other source, or of nobody, is refused", async () => {
		const read = rowReader(clientAs((await api.makeTenant()).viewer), source, open);
		for (const place of [
			"",
			"x",
			"{}",
			"[0]",
			"[-1,0]",
			"[0,0,1]",
			"[9,0]",
			source === "list" ? "c:x" : "[0,0]",
		]) {
			await expect(read(place, signal)).rejects.toThrow(BadPlace);
		}
	});
});

/** An API of the contract, at the network, whose list changes while it is read. */
function listOf(ids: string[], { maxLimit = 8, parts = {} as Partial<QueueRow> } = {}) {
	const asked: string[] = [];
	const client = createCheckedClient({
		baseUrl: "",
		authorize: async () => ({}),
		extensions: async () => new Set(),
		fetch: async (path) => {
			asked.push(path);
			const query = new URL(path, "http://api").searchParams;
			const offset = Number(query.get("offset"));
			const limit = Math.min(Number(query.get("limit")), maxLimit);
			const moment = "2026-11-20T10:00:00.000Z";
			const items = ids.slice(offset, offset + limit).map((id) => ({
				id,
				tenant_id: "t1",
				project_id: "p1",
				cluster_signature: "sha256:one",
				status: "proposed",
				created_at: moment,
				updated_at: moment,
				...parts,
			}));
			return Response.json({ items, total: ids.length, limit, offset });
		},
	});
	return { client, asked };
}

const manyIds = () => Array.from({ length: 40 }, (_, index) => `d${index}`);
const proposedOnly: QueueQuestion = { statuses: ["proposed"], sort: "state" };

describe("a list by offset that moves while it is read", () => {
	test("loses no row when others leave it, and brings none twice when others come", async () => {
		const ids = manyIds();
		const read = rowReader(listOf(ids).client, "list", proposedOnly);
		const found = await readAll(read, (page) => {
			if (page === 1) ids.splice(0, 3);
			if (page === 2) ids.unshift("n1", "n2", "n3", "n4", "n5");
			if (page === 3) ids.splice(2, 9);
		});
		expect(found).toEqual(manyIds());
	});

	test("is given up openly when nothing of what was read is in it any more", async () => {
		const ids = manyIds();
		const read = rowReader(listOf(ids).client, "list", proposedOnly);
		const reading = readAll(read, () => ids.splice(0, ids.length, "other"));
		await expect(reading).rejects.toThrow(MovedList);
	});

	test("is read to its end where a page holds a single row", async () => {
		const read = rowReader(listOf(manyIds(), { maxLimit: 1 }).client, "list", proposedOnly);
		expect(await readAll(read)).toEqual(manyIds());
	});
});

describe("a list that cannot be narrowed by its server", () => {
	test.each<[Partial<QueueQuestion>, Partial<QueueRow>, boolean]>([
		[{ search: "refund" }, { rationale: "Softens the REFUND rule." }, true],
		[{ search: "refund" }, { rationale: "Softens a rule." }, false],
		[{ search: "SHA256:o" }, {}, true],
		[{ search: "d1" }, {}, true],
		[{ createdAfter: "2026-11-20T10:00:00.000Z" }, {}, true],
		[{ createdAfter: "2026-11-20T10:00:00.001Z" }, {}, false],
		[{ createdBefore: "2026-11-20T10:00:00.000Z" }, {}, false],
		[{ createdAfter: "2026-11-20T10:00:00.000Z" }, { created_at: "no date" }, false],
		[{ verdicts: ["untested"] }, {}, true],
		[{ verdicts: ["better"] }, {}, false],
	])("is narrowed here by %j: %j is in it: %s", async (narrowed, parts, isIn) => {
		const { client } = listOf(["d1"], { parts });
		const question = { ...proposedOnly, ...narrowed };
		expect(await readAll(rowReader(client, "list", question))).toEqual(isIn ? ["d1"] : []);
		expect(await countRows(client, "list", question, signal), "what is not known is not said").toBe(null);
	});

	test("is read without a state where all are asked for: a state that nobody knows is in it, too", async () => {
		const { client, asked } = listOf(["d1"]);
		const all: QueueQuestion = { statuses: statusesOfView.all, sort: "state", projectId: "p1" };
		expect(await readAll(rowReader(client, "list", all))).toEqual(["d1"]);
		expect(asked).toEqual(["/v1/prompts/deployments?project_id=p1&limit=200&offset=0"]);
	});
});
