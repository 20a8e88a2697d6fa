import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type DeploymentStatus, deploymentStatuses } from "@/lib/contract/deployment-status";
import { queuePageSchema } from "@/lib/contract/queue";
import { type QueueSort, queueSorts, queueVerdicts, statusesOfView } from "@/lib/contract/queue-terms";
import { openTestApi, type TestApi, type TestTenant } from "@/test/api";
import { insertDeployment, insertProject } from "@/test/rows";
import { readQueuePage } from "./read-page";
import { countFound } from "./search-count";

const path = "/v1/prompts/queue";
const hour = 3_600_000;

/** A row as a test knows it, to be filtered and sorted in JavaScript. */
interface Known {
	id: string;
	status: DeploymentStatus;
	projectId: string;
	verdict: (typeof queueVerdicts)[number] | null;
	effect: number | null;
	createdAt: Date;
	statusSince: Date;
	rationale: string | null;
	clusterSignature: string;
}

interface Question {
	status?: DeploymentStatus[];
	sort: QueueSort;
	project_id?: string;
	verdict?: string[];
	created_after?: string;
	created_before?: string;
	q?: string;
}

const texts = [
	"Tools that FAIL",
	"100 % of _all_ answers",
	"a\\b",
	"The refund",
	"the Refund deadline",
	null,
];

let api: TestApi;
let tenant: TestTenant;
let projects: string[];
let rows: Known[];
beforeAll(async () => {
	api = await openTestApi();
	tenant = await api.makeTenant();
	projects = [await insertProject(api, tenant.id), await insertProject(api, tenant.id)];
	rows = [];
	for (let number = 0; number < 45; number += 1) rows.push(await insertRow(number));
});
afterAll(() => api.close());

/** Many rows of one moment, of one effect and of none, so that the id has to decide. */
async function insertRow(number: number): Promise<Known> {
	const createdAt = new Date(api.clock().getTime() - Math.floor(number / 4) * hour);
	const isRead = number % 7 !== 0;
	const parts = {
		status: deploymentStatuses[number % 9] ?? "proposed",
		projectId: projects[number % 2] ?? "",
		createdAt,
		updatedAt: createdAt,
		statusSince: new Date(createdAt.getTime() + (number % 3) * hour),
		rationale: texts[number % texts.length] ?? null,
		clusterSignature: `sha256:${number % 5}`,
		verdict: isRead ? (queueVerdicts[number % 4] ?? null) : null,
		effect: number % 3 === 0 || !isRead ? null : ((number % 5) - 2) / 8,
		...(isRead ? { digestVersion: 1, wordsAdded: number, wordsRemoved: 0, findings: 0 } : {}),
	};
	return { id: await insertDeployment(api, tenant.id, parts), ...parts };
}

const uuidOrder = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0);

/** What the contract says, a second time and without SQL. */
function expected(question: Question, all: readonly Known[] = rows): string[] {
	const statuses = question.status ?? [...statusesOfView.all];
	const { sort, project_id, verdict, created_after, created_before, q } = question;
	const found = all.filter((row) => {
		if (!statuses.includes(row.status)) return false;
		if (project_id !== undefined && row.projectId !== project_id) return false;
		if (verdict !== undefined && !verdict.includes(row.verdict ?? "")) return false;
		if (created_after !== undefined && row.createdAt < new Date(created_after)) return false;
		if (created_before !== undefined && row.createdAt >= new Date(created_before)) return false;
		if (q === undefined) return true;
		const text = q.toLowerCase();
		const places = [row.rationale ?? "", row.clusterSignature];
		return places.some((place) => place.toLowerCase().includes(text)) || row.id.startsWith(text);
	});
	const keys: Record<QueueSort, (row: Known) => number[]> = {
		state: (row) => [-statuses.indexOf(row.status), row.createdAt.getTime()],
		newest: (row) => [row.createdAt.getTime()],
		oldest: (row) => [-row.createdAt.getTime()],
		waiting: (row) => [-row.statusSince.getTime()],
		effect: (row) => [row.effect ?? Number.NEGATIVE_INFINITY],
	};
	const isRising = sort === "oldest" || sort === "waiting";
	return found
		.sort((one, other) => {
			const [ones, others] = [keys[sort](one), keys[sort](other)];
			const place = ones.findIndex((key, index) => key !== others[index]);
			if (place >= 0) return (others[place] ?? 0) > (ones[place] ?? 0) ? 1 : -1;
			return isRising ? uuidOrder(one.id, other.id) : uuidOrder(other.id, one.id);
		})
		.map(({ id }) => id);
}

function queryOf(question: Question, more: Record<string, string> = {}): string {
	const pairs = Object.entries({ ...question, ...more }).flatMap(([name, value]) =>
		value === undefined ? [] : [[name, String(value)]],
	);
	return `?${new URLSearchParams(pairs)}`;
}

async function ask(query: string, as: TestTenant["owner"] | TestTenant["viewer"] = tenant.owner) {
	const answer = await api.ask("GET", `${path}${query}`, { as });
	expect([query, answer.status, answer.body.message]).toEqual([query, 200, undefined]);
	return answer.body;
}

type Page = { items: { id: string }[]; next_cursor: string | null };

/** Every page, one after the other; after each of the first few something may happen. */
async function pageThrough(
	question: Question,
	limit: number,
	{ as = tenant.owner, happens = async () => {}, times = 0 } = {},
): Promise<string[]> {
	const ids: string[] = [];
	let pages = 0;
	for (let cursor: string | null = ""; cursor !== null; pages += 1) {
		const more = { limit: String(limit), ...(cursor === "" ? {} : { cursor }) };
		const page: Page = await ask(queryOf(question, more), as);
		expect(page.items.length).toBeLessThanOrEqual(limit);
		ids.push(...page.items.map(({ id }) => id));
		cursor = page.next_cursor;
		if (pages < times) await happens();
	}
	return ids;
}

const anyQuestion: fc.Arbitrary<Question> = fc.record(
	{
		sort: fc.constantFrom(...queueSorts),
		status: fc.shuffledSubarray([...deploymentStatuses], { minLength: 1 }),
		project_id: fc.nat({ max: 1 }).map((index) => projects[index] ?? ""),
		verdict: fc.subarray([...queueVerdicts], { minLength: 1, maxLength: 3 }),
		created_after: fc.integer({ min: 0, max: 16 }).map((hours) => hoursAgo(hours)),
		created_before: fc.integer({ min: 0, max: 16 }).map((hours) => hoursAgo(hours)),
		q: fc.constantFrom("refund", "FAIL", "sha256:3", "%", "_all", "a\\b", "nowhere").map(threeOf),
	},
	{ requiredKeys: ["sort"] },
);

/** A search has three characters at least. */
function threeOf(text: string): string {
	return text === "%" ? "0 %" : text;
}

function hoursAgo(hours: number): string {
	return new Date(api.clock().getTime() - hours * hour).toISOString();
}

describe("the queue", () => {
	test("without a question is everything, state by state in the order of the views", async () => {
		const page = await ask("?limit=200");
		expect(page.items.map(({ id }: { id: string }) => id)).toEqual(expected({ sort: "state" }));
		expect(page.next_cursor).toBeNull();
		expect(queuePageSchema.safeParse(page).success).toBe(true);
	});

	test("gives every page of every question: filters alone and together, in every order", async () => {
		await fc.assert(
			fc.asyncProperty(anyQuestion, fc.integer({ min: 7, max: 40 }), async (question, limit) => {
				expect(await pageThrough(question, limit)).toEqual(expected(question));
			}),
			{ numRuns: 25 },
		);
	});

	test.each([
		["looked through", { lookedThrough: 1_000, foundMax: 5_000 }],
		["found in the index", { lookedThrough: 1, foundMax: 5_000 }],
		["read in order, when the index holds too many", { lookedThrough: 1, foundMax: 0 }],
	])("a search finds the same when it is %s", async (_name, limits) => {
		await fc.assert(
			fc.asyncProperty(anyQuestion, async ({ sort, status, q = "refund", ...more }) => {
				const statuses = status ?? statusesOfView.all;
				const filters = { ...more, verdict: undefined, q };
				const question = { tenantId: tenant.id, statuses, filters, sort };
				const read = (after: Parameters<typeof readQueuePage>[2], count: number) =>
					api.db.inTenant(tenant.id, (tx) => readQueuePage(tx, question, after, count, limits));
				const found = await read(null, 200);
				const ids = expected({ ...more, verdict: undefined, sort, status: [...statuses], q });
				expect(found.map(({ id }) => id)).toEqual(ids);
			}),
			{ numRuns: 8 },
		);
	});

	test.each(queueSorts)(
		"by %s is read to the end with each row once, while rows are added and decided",
		async (sort) => {
			const chance = fc.infiniteStream(fc.nat({ max: 99 }));
			await fc.assert(
				fc.asyncProperty(fc.integer({ min: 2, max: 4 }), chance, async (limit, dice) => {
					const next = (below: number) => (dice.next().value ?? 0) % below;
					const world = await api.makeTenant();
					const projectId = await insertProject(api, world.id);
					const add = () => {
						api.pass(1_000);
						const status = next(2) === 0 ? "ab_passed" : "proposed";
						return insertDeployment(api, world.id, { projectId, status, effect: next(4) / 4 });
					};
					const before = [await add(), await add(), await add(), await add(), await add(), await add()];
					const decided = new Set<string>();
					const happens = async () => {
						await add();
						const id = before[next(before.length)] ?? "";
						if (decided.has(id)) return;
						decided.add(id);
						const rejected = await api.ask("POST", `/v1/prompts/deployments/${id}/reject`, {
							as: world.owner,
						});
						expect(rejected.status).toBe(200);
					};
					const ids = await pageThrough({ sort }, limit, { as: world.owner, happens, times: 3 });
					const seen = (some: readonly string[]) => some.map((id) => ids.filter((one) => one === id).length);
					const untouched = before.filter((id) => !decided.has(id));
					expect(seen(untouched)).toEqual(untouched.map(() => 1));
					// The other orders know nothing of the state, so that a decision moves nothing.
					if (sort === "state" || sort === "waiting") return;
					expect(seen(before)).toEqual(before.map(() => 1));
					expect(new Set(ids).size).toBe(ids.length);
				}),
				{ numRuns: 2 },
			);
		},
	);

	test("holds nothing of another tenant, whatever is asked for", async () => {
		const stranger = await api.makeTenant();
		for (const query of [
			"",
			"?q=refund",
			`?q=${rows[0]?.id}`,
			`?project_id=${projects[0]}`,
			"?sort=effect",
		]) {
			expect(await ask(query, stranger.owner)).toEqual({ items: [], next_cursor: null });
		}
		const ids = rows.map(({ id }) => id).join(",");
		expect(await ask(`/rows?ids=${ids}`, stranger.owner)).toEqual({ items: [] });
		const { counts } = await ask("/counts?q=refund", stranger.owner);
		expect(counts.every(({ total }: { total: number }) => total === 0)).toBe(true);
	});

	test.each(["member", "viewer"] as const)("is open to a %s", async (role) => {
		expect((await api.ask("GET", path, { as: tenant[role] })).status).toBe(200);
	});
});

describe("a search", () => {
	const found = async (q: string) => {
		const { items } = await ask(`?${new URLSearchParams({ q, limit: "200" })}`);
		return items.map(({ id }: { id: string }) => id);
	};

	test.each(["0 %", "% o", "_al", "l_a", "a\\b", "\\b ", "___", "%%%", "'; --", "refund\nsha256"])(
		"takes %j for what it says, and not for a pattern",
		async (q) => {
			expect(await found(q)).toEqual(expected({ sort: "state", q }));
		},
	);

	test("finds an id by its start, in any case of letters, and by nothing else of it", async () => {
		const [row] = rows;
		if (row === undefined) return expect.unreachable();
		for (const length of [8, 9, 23, 36]) {
			expect(await found(row.id.slice(0, length).toUpperCase())).toEqual([row.id]);
		}
		expect(await found(row.id.slice(1, 13))).toEqual([]);
		expect(await found(`${row.id}0`)).toEqual([]);
	});

	test("finds what has been changed since, and no more what it was", async () => {
		const id = await insertDeployment(api, (await api.makeTenant()).id, { rationale: "before it" });
		const texts = async () => {
			const { rows: stored } = (await api.orm.execute(
				`select text from deployment_texts where id = '${id}'`,
			)) as unknown as { rows: { text: string }[] };
			return stored.map(({ text }) => text);
		};
		expect(await texts()).toEqual(["before it\nsha256:cluster"]);
		await api.orm.execute(`update deployments set rationale = 'after it' where id = '${id}'`);
		expect(await texts()).toEqual(["after it\nsha256:cluster"]);
		await api.orm.execute(`delete from deployments where id = '${id}'`);
		expect(await texts()).toEqual([]);
	});

	test.each(["ab", "\u{1f642}\u{1f642}", "x".repeat(201)])("of %j is refused", async (q) => {
		const answer = await api.ask("GET", `${path}?q=${encodeURIComponent(q)}`, { as: tenant.owner });
		expect([answer.status, answer.body.code]).toEqual([400, "invalid_request"]);
	});
});

describe("a cursor", () => {
	const cursorOf = async (query: string, as = tenant.owner): Promise<string> =>
		(await ask(`?limit=2&${query}`, as)).next_cursor;

	test("is refused when it comes from another question, tenant or list, or was edited", async () => {
		const cursor = await cursorOf("sort=newest");
		const refused = async (query: string, as = tenant.owner) =>
			(await api.ask("GET", `${path}?${query}`, { as })).status;
		expect(await refused(`sort=newest&limit=7&cursor=${cursor}`)).toBe(200);
		for (const other of ["sort=oldest", "sort=newest&q=refund", "sort=newest&status=proposed", ""]) {
			expect([other, await refused(`${other}&cursor=${cursor}`)]).toEqual([other, 400]);
		}
		for (const [name, value] of [
			["project_id", projects[0]],
			["verdict", "better"],
			["created_after", hoursAgo(5)],
			["created_before", hoursAgo(5)],
		]) {
			expect([name, await refused(`sort=newest&${name}=${value}&cursor=${cursor}`)]).toEqual([name, 400]);
		}
		const edited = cursor.replace(/.$/, (last) => (last === "A" ? "B" : "A"));
		expect(await refused(`sort=newest&cursor=${edited}`)).toBe(400);
		expect(await refused(`sort=newest&cursor=${cursor.slice(0, -4)}`)).toBe(400);
		expect(await refused(`sort=newest&cursor=${cursor}`, (await api.makeTenant()).owner)).toBe(400);
	});
});

describe("rows by their ids", () => {
	test("come in the order of the ids, each once, in whatever state, without those that are not there", async () => {
		const [first, second, third] = rows;
		const ids = [third?.id, randomUUID(), first?.id, third?.id, second?.id];
		const { items } = await ask(`/rows?ids=${ids}`);
		expect(items.map(({ id }: { id: string }) => id)).toEqual([third?.id, first?.id, second?.id]);
	});

	test("say what was read of them and who decided last", async () => {
		const id = await insertDeployment(api, tenant.id, { status: "ab_passed" });
		const row = async () => (await ask(`/rows?ids=${id}`)).items[0];
		expect(await row()).toMatchObject({ id, status: "ab_passed", digest: null, decided: null });
		const decide = async (decision: string) => {
			api.pass(60_000);
			await api.ask("POST", `/v1/prompts/deployments/${id}/${decision}`, { as: tenant.owner });
			return api.clock().toISOString();
		};
		await decide("approve");
		const at = await decide("rollback");
		const by = { actor_type: "user", actor_id: "user_owner" };
		expect(await row()).toMatchObject({
			status: "rolled_back",
			status_since: at,
			decided: { decision: "rollback", ...by, at },
		});
		expect(await row()).not.toHaveProperty("current_prompt");
		await api.orm.execute(`delete from deployments where id = '${id}'`);
	});

	test("are at most 200, and of lower-case UUIDs", async () => {
		for (const ids of [
			"",
			"x",
			Array.from({ length: 201 }, randomUUID).join(","),
			randomUUID().toUpperCase(),
		]) {
			expect((await api.ask("GET", `${path}/rows?ids=${ids}`, { as: tenant.owner })).status).toBe(400);
		}
	});
});

describe("the counts", () => {
	const counted = (question: Omit<Question, "sort">) => {
		const ids = new Set(expected({ ...question, sort: "newest" }));
		return deploymentStatuses.map((status) => ({
			status,
			total: rows.filter((row) => row.status === status && ids.has(row.id)).length,
			is_exact: true,
		}));
	};

	test("are those of the rows, whatever they are narrowed to", async () => {
		await fc.assert(
			fc.asyncProperty(anyQuestion, async ({ sort: _sort, status: _status, ...filters }) => {
				const query = queryOf({ ...filters } as Question);
				expect((await ask(`/counts${query}`)).counts).toEqual(counted(filters));
			}),
			{ numRuns: 15 },
		);
	});

	test.each([
		["looked through", { sampleSize: 2, lookedThrough: 3_000, foundMax: 5_000 }],
		["found in the index", { sampleSize: 1, lookedThrough: 3_000, foundMax: 5_000 }],
	])("of a search are the same when it is %s", async (_name, limits) => {
		for (const q of ["refund", "sha256:3", "FAIL", "nowhere"]) {
			const counts = await api.db.inTenant(tenant.id, (tx) => countFound(tx, tenant.id, {}, q, limits));
			const asAnswer = deploymentStatuses.map((status) => ({ status, ...counts.get(status) }));
			expect([q, asAnswer]).toEqual([q, counted({ q })]);
		}
	});

	test("say so where they were given up, and are never more than there are", async () => {
		for (const limits of [
			{ sampleSize: 1, lookedThrough: 2, foundMax: 2 },
			{ sampleSize: 2, lookedThrough: 2, foundMax: 0 },
		]) {
			for (const q of ["refund", "sha256:3", "nowhere"]) {
				const counts = await api.db.inTenant(tenant.id, (tx) => countFound(tx, tenant.id, {}, q, limits));
				for (const { status, total } of counted({ q })) {
					const told = counts.get(status);
					expect(told?.total).toBeLessThanOrEqual(total);
					if (told?.is_exact) expect(told.total).toBe(total);
				}
			}
		}
	});
});
