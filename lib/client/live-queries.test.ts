import { environmentManager, isServer, QueryClient, QueryObserver } from "@tanstack/react-query";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createRefresher, mayHaveChanged, restartTimers } from "./live-queries";

const id = "00000000-0000-4000-8000-000000000001";
const change = (event: string, resource_id: string | null = id) => ({ event, resource_id, at: "" });

const keys: Record<string, readonly unknown[]> = {
	detail: ["deployments", "detail", id],
	"another's detail": ["deployments", "detail", "x"],
	decisions: ["deployments", "decisions", id],
	regressed: ["deployments", "regressed"],
	"review queue": ["deployments", "review-queue"],
	live: ["deployments", "live", "p1"],
	queue: ["deployments", "queue", "list", {}],
	prompts: ["deployments", "prompts", id],
	earlier: ["deployments", "earlier", {}],
	actions: ["control", "actions", null],
	parked: ["control", "parked"],
	"kill switch": ["control", "kill-switch"],
	traces: ["traces", "list"],
	projects: ["projects"],
	audit: ["audit-log"],
	something: ["something"],
};

describe("a change has reads begun anew", () => {
	test.each<[string, string[]]>([
		["deployment.approved", ["detail", "decisions", "regressed", "review queue", "live", "audit"]],
		["control_action.executed", ["actions", "parked", "traces", "audit"]],
		["kill_switch.enabled", ["kill switch", "audit"]],
		["project.changed", ["projects", "audit"]],
		["api_key.created", ["audit"]],
	])("%s", (event, names) => {
		const touched = Object.keys(keys).filter((name) => mayHaveChanged(keys[name] ?? [], change(event)));
		expect(touched).toEqual(names);
	});

	test("and one that is not known here all of them but what looks after itself", () => {
		for (const event of ["weather.changed", "", "constructor"]) {
			const left = Object.keys(keys).filter((name) => !mayHaveChanged(keys[name] ?? [], change(event)));
			expect(left).toEqual(["queue", "prompts", "earlier"]);
		}
	});
});

describe("reads on screen", () => {
	let queryClient: QueryClient;
	let ends: (() => void)[];
	beforeEach(() => {
		vi.useFakeTimers();
		// Where there is no window nothing is polled.
		environmentManager.setIsServer(() => false);
		queryClient = new QueryClient();
		ends = [];
	});
	afterEach(() => {
		for (const end of ends) end();
		queryClient.clear();
		environmentManager.setIsServer(() => isServer);
		vi.useRealTimers();
	});

	/** A read on screen that counts, and takes its time. */
	async function show(queryKey: readonly unknown[], takesMs = 0, refetchInterval?: () => number) {
		const read = { count: 0 };
		const observer = new QueryObserver(queryClient, {
			queryKey,
			queryFn: async () => {
				read.count += 1;
				await new Promise((resolve) => setTimeout(resolve, takesMs));
				return read.count;
			},
			...(refetchInterval === undefined ? {} : { refetchInterval, refetchIntervalInBackground: true }),
		});
		ends.push(observer.subscribe(() => undefined));
		await vi.advanceTimersByTimeAsync(takesMs);
		return read;
	}

	test("are read at once for the first change, and a few times a second for however many follow", async () => {
		const refresh = createRefresher(queryClient);
		const detail = await show(["deployments", "detail", id]);
		const other = await show(["deployments", "detail", "x"]);
		refresh(change("deployment.approved"));
		await vi.advanceTimersByTimeAsync(0);
		expect(detail.count).toBe(2);
		for (let count = 0; count < 100; count += 1) {
			refresh(change("deployment.approved"));
			await vi.advanceTimersByTimeAsync(10);
		}
		expect(detail.count).toBeLessThan(8);
		await vi.advanceTimersByTimeAsync(1_000);
		const settled = detail.count;
		await vi.advanceTimersByTimeAsync(10_000);
		expect([detail.count, other.count]).toEqual([settled, 1]);
	});

	test("are begun anew where one is on its way, but not again and again: an answer comes", async () => {
		const refresh = createRefresher(queryClient);
		const key = ["control", "kill-switch"];
		const slow = await show(key, 600);
		void queryClient.invalidateQueries({ queryKey: key });
		await vi.advanceTimersByTimeAsync(100);
		expect(slow.count).toBe(2);
		for (let count = 0; count < 10; count += 1) {
			refresh(change("kill_switch.enabled"));
			await vi.advanceTimersByTimeAsync(70);
		}
		expect(slow.count).toBe(4);
		expect(queryClient.getQueryData(key)).toBe(3);
		await vi.advanceTimersByTimeAsync(2_000);
		expect(queryClient.getQueryData(key)).toBe(slow.count);
	});

	test("are all read for a reset, but the queue, which hears of it itself", async () => {
		const refresh = createRefresher(queryClient);
		const [queue, audit] = [await show(["deployments", "queue"]), await show(["audit-log"])];
		refresh("reset");
		await vi.advanceTimersByTimeAsync(0);
		expect([queue.count, audit.count]).toEqual([1, 2]);
	});

	test("look at their timers when they are told to, and not before", async () => {
		let intervalMs = 60_000;
		const read = await show(["audit-log"], 0, () => intervalMs);
		intervalMs = 5_000;
		await vi.advanceTimersByTimeAsync(10_000);
		expect(read.count).toBe(1);
		restartTimers(queryClient);
		await vi.advanceTimersByTimeAsync(5_000);
		expect(read.count).toBe(2);
	});
});
