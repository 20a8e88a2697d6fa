import { QueryClient, QueryObserver } from "@tanstack/react-query";
import { expect, test, vi } from "vitest";
import { failureOf } from "./use-failure";

test("a failure stays while the same question is asked again, and goes with the answer", async () => {
	let answer: () => Promise<string> = () => Promise.reject(new Error("The API cannot be reached."));
	const observer = new QueryObserver(new QueryClient(), {
		queryKey: ["one"],
		queryFn: () => answer(),
		retry: false,
	});
	let kept: Error | null = null;
	const told: (string | null)[] = [];
	const stop = observer.subscribe((read) => {
		kept = read.error ?? kept;
		told.push(failureOf(read, kept)?.message ?? null);
	});
	await vi.waitFor(() => expect(observer.getCurrentResult().isError).toBe(true));
	answer = () => new Promise((resolve) => setTimeout(() => resolve("here"), 20));
	await observer.refetch();
	await vi.waitFor(() => expect(told.at(-1)).toBeNull());
	stop();
	const first = told.findIndex((one) => one !== null);
	expect(told.slice(first, -1).every((one) => one === "The API cannot be reached.")).toBe(true);
	expect(told.slice(first, -1).length).toBeGreaterThan(1);
});

test("another question has not failed because the one before has", () => {
	const kept = new Error("No.");
	expect(failureOf({ data: undefined, error: null, errorUpdateCount: 0 }, kept)).toBeNull();
	expect(failureOf({ data: "old", error: kept, errorUpdateCount: 1 }, kept)).toBeNull();
});
