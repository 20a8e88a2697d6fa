import { describe, expect, test } from "vitest";
import { createFeed, type News, type Resume } from "./feed";
import type { Reading } from "./read-changes";

/** A log in memory that counts how often it is read, and can be made to wait or to fail. */
function makeLog(length: number, changesMax = 500) {
	const log = {
		length,
		reads: 0,
		gate: Promise.resolve() as Promise<unknown>,
		async read(after: number): Promise<Reading> {
			log.reads += 1;
			const head = log.length;
			const count = Math.max(0, head - after);
			await log.gate;
			if (count > changesMax) return { head, changes: null };
			const changes = Array.from({ length: count }, (_, index) => {
				const sequence = after + index + 1;
				return { sequence, event: "project.changed", frame: String(sequence) };
			});
			return { head, changes };
		},
	};
	return log;
}

/** A feed over the log, and what somebody hears of it: `hello 3`, `4`, `reset 9`. */
function makeFeed(log: ReturnType<typeof makeLog>) {
	const errors: unknown[] = [];
	const feed = createFeed({ read: log.read, onError: (error) => errors.push(error) });
	const write = (count: number) => {
		log.length += count;
		feed.note(log.length);
	};
	async function listen(resume: Resume | null) {
		const heard: string[] = [];
		const leave = await feed.listen(resume, (news) => heard.push(...inWords(news)));
		return { heard, leave };
	}
	return { feed, errors, write, listen };
}

function inWords(news: News): string[] {
	if (news.kind === "changes") return news.changes.map(({ sequence }) => String(sequence));
	return [`${news.kind} ${news.sequence}`];
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

describe("who listens", () => {
	test("is told where the log ends and then each change once, in order", async () => {
		const { write, listen } = makeFeed(makeLog(3));
		const { heard, leave } = await listen(null);
		write(1);
		write(2);
		await settle();
		expect(heard).toEqual(["hello 3", "4", "5", "6"]);
		leave();
		write(1);
		await settle();
		expect(heard).toHaveLength(4);
	});

	test.each<[string, Resume, string[]]>([
		["what was missed", 2, ["hello 2", "3", "4", "5"]],
		["nothing of the past where nothing was missed", 5, ["hello 5"]],
		["a reset where too much was missed", 1, ["reset 5"]],
		["a reset after an id beyond the end", 6, ["reset 5"]],
		["a reset after what is no id", "unknown", ["reset 5"]],
	])("and comes back is told %s", async (_what, resume, told) => {
		const { listen, write } = makeFeed(makeLog(5, 3));
		const { heard } = await listen(resume);
		write(1);
		await settle();
		expect(heard).toEqual([...told, "6"]);
	});

	test("misses nothing and hears nothing twice of what happens while the past is read", async () => {
		const log = makeLog(10);
		const { feed, write, listen } = makeFeed(log);
		await listen(null);
		let open: () => void = () => undefined;
		log.gate = new Promise<void>((resolve) => {
			open = resolve;
		});
		const late = listen(7);
		await settle();
		write(2);
		log.length += 1;
		open();
		const { heard } = await late;
		feed.note(log.length);
		await settle();
		expect(heard).toEqual(["hello 7", "8", "9", "10", "11", "12", "13"]);
	});

	test("is caught up with by everybody when it knows more than this process has heard of", async () => {
		const log = makeLog(4);
		const { listen } = makeFeed(log);
		const early = await listen(null);
		log.length = 6;
		const ahead = await listen(6);
		await settle();
		expect([early.heard, ahead.heard]).toEqual([["hello 4", "5", "6"], ["hello 6"]]);
	});

	test("is told to begin anew when more happens at once than is told", async () => {
		const { write, listen } = makeFeed(makeLog(0, 3));
		const { heard } = await listen(null);
		write(4);
		await settle();
		write(1);
		await settle();
		expect(heard).toEqual(["hello 0", "reset 4", "5"]);
	});
});

describe("the log is read", () => {
	test("as often for a hundred who listen as for one: once for a burst, and once for what came meanwhile", async () => {
		const log = makeLog(0);
		const { write, listen } = makeFeed(log);
		const all = await Promise.all(Array.from({ length: 100 }, () => listen(null)));
		expect(log.reads).toBe(1);
		for (let count = 0; count < 50; count += 1) write(1);
		await settle();
		expect(log.reads).toBe(3);
		const whole = Array.from({ length: 50 }, (_, index) => String(index + 1));
		for (const { heard } of all) expect(heard).toEqual(["hello 0", ...whole]);
	});

	test("once for a head that is said and is not there", async () => {
		const log = makeLog(2);
		const { feed, listen } = makeFeed(log);
		await listen(null);
		feed.note(9);
		await settle();
		expect(log.reads).toBe(2);
	});

	test("not at all after the end", async () => {
		const log = makeLog(2);
		const { feed, write, listen } = makeFeed(log);
		await listen(null);
		feed.close();
		write(1);
		await settle();
		expect(log.reads).toBe(1);
	});

	test("again when that failed: nobody misses a change for it, and who comes meanwhile is refused", async () => {
		const log = makeLog(1);
		const { feed, errors, write, listen } = makeFeed(log);
		const { heard } = await listen(null);
		const broken = Promise.reject(new Error("away"));
		broken.catch(() => undefined);
		log.gate = broken;
		write(1);
		await expect(listen(0)).rejects.toThrow("away");
		expect(errors).toHaveLength(1);
		log.gate = Promise.resolve();
		feed.note(log.length);
		await settle();
		expect(heard).toEqual(["hello 1", "2"]);
		feed.close();
	});
});
