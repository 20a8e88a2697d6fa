import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { createPresence, type Presence } from "./presence";

const keepMs = 30_000;

/** Processes that hear each other at once, on one clock that a test moves. */
function makeProcesses(count: number) {
	let now = 0;
	const presences: Presence[] = [];
	const lines: string[] = [];
	for (let place = 0; place < count; place += 1) {
		const send = (_key: string, line: string) => {
			lines.push(line);
			for (const [other, presence] of presences.entries()) {
				if (other !== place) presence.hear(line, String(place));
			}
		};
		presences.push(createPresence({ clock: () => new Date(now), keepMs, send }));
	}
	/** Somebody looks by one of the processes; `seen` is what was said last. */
	function look(place: number, deploymentId: string, userId: string | null) {
		const said: (readonly string[])[] = [];
		const leave = presences[place]?.look({ deploymentId, userId, hear: (ids) => said.push(ids) });
		return {
			said,
			seen: () => said.at(-1),
			leave: (lingerMs = 0) => leave?.({ lingerMs }),
		};
	}
	return {
		look,
		lines,
		beat: (place: number) => presences[place]?.beat(),
		hear: (place: number, line: string) => presences[place]?.hear(line, "elsewhere"),
		pass: (milliseconds: number) => {
			now += milliseconds;
		},
	};
}

describe("of who looks at a deployment", () => {
	test("each is told once, oneself too, and who only reads is told and does not count", () => {
		const { look } = makeProcesses(1);
		const id = randomUUID();
		const ada = look(0, id, "user_ada");
		const adaToo = look(0, id, "user_ada");
		const reader = look(0, id, null);
		const bob = look(0, id, "user_bob");
		for (const { seen } of [ada, adaToo, reader, bob]) expect(seen()).toEqual(["user_ada", "user_bob"]);
		expect(ada.said).toEqual([["user_ada"], ["user_ada", "user_bob"]]);
	});

	test("who leaves is gone at once, with the last of the tabs", () => {
		const { look } = makeProcesses(1);
		const id = randomUUID();
		const reader = look(0, id, null);
		const [first, second] = [look(0, id, "user_ada"), look(0, id, "user_ada")];
		first.leave();
		expect(reader.seen()).toEqual(["user_ada"]);
		second.leave();
		expect(reader.seen()).toEqual([]);
	});

	test("who comes again in time was never gone", async () => {
		const { look } = makeProcesses(1);
		const id = randomUUID();
		const reader = look(0, id, null);
		look(0, id, "user_ada").leave(5);
		const again = look(0, id, "user_ada");
		await new Promise((resolve) => setTimeout(resolve, 15));
		expect(reader.said).toEqual([[], ["user_ada"]]);
		again.leave(5);
		await new Promise((resolve) => setTimeout(resolve, 15));
		expect(reader.seen()).toEqual([]);
	});

	test("nobody is told of another deployment", () => {
		const { look } = makeProcesses(1);
		const reader = look(0, randomUUID(), null);
		look(0, randomUUID(), "user_ada");
		expect(reader.said).toEqual([[]]);
	});
});

describe("between processes", () => {
	test("who was there before is known at once, and who leaves is gone at once", () => {
		const { look } = makeProcesses(3);
		const id = randomUUID();
		const ada = look(0, id, "user_ada");
		const bob = look(1, id, "user_bob");
		const reader = look(2, id, null);
		for (const { seen } of [ada, bob, reader]) expect(seen()).toEqual(["user_ada", "user_bob"]);
		bob.leave();
		for (const { seen } of [ada, reader]) expect(seen()).toEqual(["user_ada"]);
	});

	test("who is said again stays; who is not said for 30 s is forgotten", () => {
		const { look, beat, pass } = makeProcesses(2);
		const id = randomUUID();
		look(0, id, "user_ada");
		const reader = look(1, id, null);
		pass(keepMs - 1);
		beat(0);
		pass(keepMs - 1);
		beat(1);
		expect(reader.seen()).toEqual(["user_ada"]);
		pass(1);
		beat(1);
		expect(reader.seen()).toEqual([]);
	});

	test("nothing is said of what nobody looks at any more", () => {
		const { look, lines, beat } = makeProcesses(2);
		const ada = look(0, randomUUID(), "user_ada");
		ada.leave();
		lines.length = 0;
		beat(0);
		expect(lines).toEqual([]);
	});

	test.each([
		"",
		"{",
		"[]",
		'["here"]',
		'["here","not an id",[]]',
		'["gone","00000000-0000-4000-8000-000000000000"]',
	])("a line like %j says nothing", (line) => {
		const { look, hear } = makeProcesses(1);
		const reader = look(0, "00000000-0000-4000-8000-000000000000", null);
		hear(0, line);
		expect(reader.said).toEqual([[]]);
	});
});
