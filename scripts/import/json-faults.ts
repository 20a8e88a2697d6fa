import type { Fault } from "./fault";

/** Far deeper than any API takes in, far shallower than what JSON.stringify can no longer write. */
const maxDepth = 500;

/**
 * What would not leave as it was read: JSON.parse makes 1e999 infinite and JSON.stringify makes that
 * null, in silence.
 */
export function faultsOfJson(value: unknown, field: string): Fault[] {
	const faults: Fault[] = [];
	const open = [{ value, path: field, depth: 1 }];
	for (let next = open.pop(); next !== undefined; next = open.pop()) {
		if (typeof next.value === "number" && !Number.isFinite(next.value)) {
			faults.push({ field: next.path, message: "is a number that is too large" });
		}
		if (typeof next.value !== "object" || next.value === null) continue;
		if (next.depth > maxDepth) return [...faults, { field, message: "is nested too deeply" }];
		for (const [key, child] of Object.entries(next.value)) {
			open.push({ value: child, path: `${next.path}.${key}`, depth: next.depth + 1 });
		}
	}
	return faults;
}
