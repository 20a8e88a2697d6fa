import { afterEach, beforeEach, expect, vi } from "vitest";

/** A test that expects noise mocks the method itself; noise that nobody expected fails the test. */
beforeEach(() => {
	for (const method of ["error", "warn"] as const) {
		vi.spyOn(console, method).mockImplementation((...said: unknown[]) => {
			noise.push(`console.${method}: ${said.map(String).join(" ")}`);
		});
	}
});

const noise: string[] = [];

afterEach(() => {
	const heard = noise.splice(0);
	vi.restoreAllMocks();
	expect(heard).toEqual([]);
});
