import { statusesOfView } from "../lib/contract/queue-terms";
import { ask } from "./load";

/** What the queue's page asks, by what a person does. A `cursor` is that of the 100th page. */
interface Question {
	path: string;
	isDeep?: boolean;
}

const views = Object.entries(statusesOfView).map(([view, statuses]): [string, Question] => [
	`view ${view}`,
	{ path: `?status=${statuses}` },
]);
const all = `status=${statusesOfView.all}`;
const asked: Record<string, string> = {
	"sort newest": `?${all}&sort=newest`,
	"sort oldest": `?${all}&sort=oldest`,
	"sort waiting": `?${all}&sort=waiting`,
	"sort effect": `?${all}&sort=effect`,
};
const rest: Record<string, string> = {
	"one project": `?${all}&project_id=PROJECT`,
	"one project, waiting": `?${all}&project_id=PROJECT&sort=waiting`,
	"one verdict": `?${all}&verdict=contradictory`,
	"last day by effect": `?${all}&sort=effect&created_after=DAY`,
	"search, half of all": `?${all}&q=customer+is+angry`,
	"search, rare": `?${all}&q=Zebra`,
	"search, none": `?${all}&q=nowhere+in+it`,
	"search, rare, by effect": `?${all}&q=Zebra&sort=effect`,
	"search, an id": `?${all}&q=IDSTART`,
	"rows by id": "/rows?ids=IDS",
	counts: "/counts",
	"counts, one project": "/counts?project_id=PROJECT",
	"counts, one verdict": "/counts?verdict=contradictory",
	"counts, search, half": "/counts?q=customer+is+angry",
	"counts, search, rare": "/counts?q=Zebra",
	"counts, search, none": "/counts?q=nowhere+in+it",
	times: "/times",
	"times, one project": "/times?project_id=PROJECT",
};

/** Every question by its name. */
const questions = new Map<string, Question>([
	...views,
	...views.map(([name, question]): [string, Question] => [
		`${name}, page 100`,
		{ ...question, isDeep: true },
	]),
	...Object.entries(asked).map(([name, path]): [string, Question] => [name, { path }]),
	...Object.entries(asked).map(([name, path]): [string, Question] => [
		`${name}, page 100`,
		{ path, isDeep: true },
	]),
	...Object.entries(rest).map(([name, path]): [string, Question] => [name, { path }]),
]);

interface Page {
	items: { id: string }[];
	next_cursor: string | null;
}

/** A server with a filled database behind it. */
export interface Target {
	url: string;
	token: string;
	projectId: string;
}

/**
 * The median time of each question for each target, in milliseconds, one request at a time. The targets take
 * turns, so that what the machine does beside falls on all of them.
 */
export async function measureQueue(
	targets: readonly Target[],
	times: number,
): Promise<Map<string, number[]>> {
	const medians = new Map<string, number[]>();
	for (const [name, question] of questions) {
		const asks = await Promise.all(targets.map((target) => preparedAsk(target, question)));
		const taken = asks.map((): number[] => []);
		for (let run = -warmUps; run < times; run += 1) {
			for (const [place, once] of asks.entries()) {
				const startedAt = performance.now();
				await once();
				if (run >= 0) taken[place]?.push(performance.now() - startedAt);
			}
		}
		medians.set(
			name,
			taken.map((list) => list.sort((one, other) => one - other)[Math.floor(times / 2)] ?? 0),
		);
	}
	return medians;
}

/** More than after how many a connection keeps the plan of a statement. */
const warmUps = 8;

/** The question as it is asked of a target; of a deep page, with the cursor that leads to it. */
async function preparedAsk({ url, token, projectId }: Target, { path, isDeep = false }: Question) {
	const get = async (asked: string) =>
		JSON.parse(String(await ask(`${url}/v1/prompts/queue${asked}`, { token })));
	const { items }: Page = await get("?limit=50");
	const ids = items.map(({ id }) => id);
	const where = path
		.replace("PROJECT", projectId)
		.replace("DAY", new Date(Date.now() - 86_400_000).toISOString())
		.replace("IDSTART", ids[0]?.slice(0, 8) ?? "")
		.replace("IDS", String(ids));
	const cursor = isDeep ? await cursorOfPage(get, where, 100) : null;
	return () => get(cursor === null ? where : `${where}&cursor=${cursor}`);
}

/** Of a list that has fewer pages, the last one. */
async function cursorOfPage(
	get: (path: string) => Promise<Page>,
	path: string,
	number: number,
): Promise<string | null> {
	let cursor: string | null = null;
	for (let page = 1; page < number; page += 1) {
		const { next_cursor }: Page = await get(cursor === null ? path : `${path}&cursor=${cursor}`);
		if (next_cursor === null) break;
		cursor = next_cursor;
	}
	return cursor;
}
