import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { keepDirectory } from "./keep-directory";

beforeEach(() => {
	vi.useFakeTimers();
});
afterEach(() => {
	vi.useRealTimers();
});

/** Clerk, which names the organization anew each time that it is asked, or does not answer. */
function clerk() {
	const state = { asked: 0, isDown: false, failures: [] as string[] };
	const get = keepDirectory(
		async (organizationId, fallbackName) => {
			state.asked += 1;
			if (state.isDown) throw new Error("no answer");
			return { organizationName: `${fallbackName} ${organizationId} ${state.asked}`, people: {} };
		},
		(cause) => state.failures.push(String(cause)),
	);
	const nameOf = async (organizationId: string) =>
		(await get(organizationId, "Acme"))?.organizationName ?? null;
	return { state, nameOf };
}

test("an organization is asked for once a minute, and once by all that ask together", async () => {
	const { state, nameOf } = clerk();
	expect(await Promise.all([nameOf("a"), nameOf("a")])).toEqual(["Acme a 1", "Acme a 1"]);
	await vi.advanceTimersByTimeAsync(59_000);
	expect(await nameOf("a")).toBe("Acme a 1");
	expect(await nameOf("b")).toBe("Acme b 2");
	expect(state.asked).toBe(2);
});

test("after a minute what is known is handed out at once, and what has changed is there for the next", async () => {
	const { state, nameOf } = clerk();
	await nameOf("a");
	await vi.advanceTimersByTimeAsync(61_000);
	expect(await nameOf("a")).toBe("Acme a 1");
	await vi.advanceTimersByTimeAsync(0);
	expect(await nameOf("a")).toBe("Acme a 2");
	expect(state.asked).toBe(2);
});

test("what was known stays while nobody answers, what was never known is null, and the cause is told", async () => {
	const { state, nameOf } = clerk();
	await nameOf("a");
	state.isDown = true;
	await vi.advanceTimersByTimeAsync(61_000);
	expect(await nameOf("a")).toBe("Acme a 1");
	await vi.advanceTimersByTimeAsync(0);
	expect(await nameOf("a")).toBe("Acme a 1");
	expect(await nameOf("b")).toBeNull();
	expect(state.failures.length).toBeGreaterThan(1);
	state.isDown = false;
	await nameOf("a");
	await vi.advanceTimersByTimeAsync(0);
	expect(await nameOf("a")).toMatch(/^Acme a [4-9]$/);
});
