import { QueryClient } from "@tanstack/react-query";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { refreshOnAnswer } from "./refresh-on-answer";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function watched() {
	const queryClient = new QueryClient({ defaultOptions: { queries: { retry: false } } });
	const refresh = vi.fn();
	const end = refreshOnAnswer(queryClient, refresh);
	const read = (answer: () => Promise<string>) =>
		queryClient.fetchQuery({ queryKey: ["read"], queryFn: answer }).catch(() => undefined);
	return { queryClient, refresh, end, read };
}
const answers = async () => "rows";
const fails = () => Promise.reject(new Error("The API cannot be reached."));

test("a read that fails and what the page itself has put there ask for nothing, an answer does", async () => {
	const { queryClient, refresh, read } = watched();
	await read(fails);
	queryClient.setQueryData(["read"], "of the page");
	expect(refresh).not.toHaveBeenCalled();
	await read(answers);
	expect(refresh).toHaveBeenCalledTimes(1);
});

test("while the server does not find back it is asked less and less, and not at all once it is ended", async () => {
	const { refresh, end, read } = watched();
	const asked: number[] = [];
	for (let second = 0; second < 300; second += 1) {
		const before = refresh.mock.calls.length;
		await read(answers);
		if (refresh.mock.calls.length > before) asked.push(second);
		vi.advanceTimersByTime(1_000);
	}
	expect(asked).toEqual([0, 4, 12, 28, 60, 120, 180, 240]);
	end();
	await read(answers);
	expect(refresh).toHaveBeenCalledTimes(asked.length);
});
