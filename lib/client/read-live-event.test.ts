import { expect, test } from "vitest";
import { readChange, readPresence } from "./read-live-event";

test("a change is read, and nothing else", () => {
	const change = { event: "deployment.approved", resource_id: "d1", at: "2026-11-22T10:00:00Z" };
	expect(readChange({ ...change, more: 1 })).toEqual(change);
	expect(readChange({ ...change, resource_id: null })).toEqual({ ...change, resource_id: null });
	for (const other of [undefined, null, 7, [], {}, { ...change, event: 1 }, { ...change, resource_id: 1 }]) {
		expect(readChange(other)).toBe(undefined);
	}
});

test("presence is read, and nothing else", () => {
	expect(readPresence({ deployment_id: "d1", user_ids: ["u1"] })).toEqual({
		deploymentId: "d1",
		userIds: ["u1"],
	});
	for (const other of [undefined, {}, { deployment_id: "d1" }, { deployment_id: "d1", user_ids: [1] }]) {
		expect(readPresence(other)).toBe(undefined);
	}
});
