import { afterEach, expect, test, vi } from "vitest";
import { newDraft, withValue } from "./draft";
import { keepDraft, readKeptDraft } from "./kept-draft";

const place = { projectId: "p1", traceId: "t1" };

function keepInMemory(): Map<string, string> {
	const kept = new Map<string, string>();
	vi.stubGlobal("sessionStorage", {
		getItem: (key: string) => kept.get(key) ?? null,
		setItem: (key: string, text: string) => void kept.set(key, text),
		removeItem: (key: string) => void kept.delete(key),
	});
	return kept;
}
afterEach(() => vi.unstubAllGlobals());

test("what was typed for an action outlives the page, at its own place only, until it is forgotten", () => {
	keepInMemory();
	const typed = withValue(newDraft("t1"), "attempts", "2");
	keepDraft(place, typed);
	expect(readKeptDraft(place)).toEqual(typed);
	expect(readKeptDraft({ projectId: "p1" })).toBeNull();
	keepDraft(place, null);
	expect(readKeptDraft(place)).toBeNull();
});

test.each(["{", "null", "[]", "{}", '{"type":"escalate"}'])("what cannot be read is no draft: %s", (text) => {
	const kept = keepInMemory();
	keepDraft(place, newDraft(""));
	for (const name of kept.keys()) kept.set(name, text);
	expect(readKeptDraft(place)).toBeNull();
});

test("a draft whose fields are no texts is none", () => {
	const kept = keepInMemory();
	const broken = { ...newDraft(""), forms: { retry: { values: { attempts: 2 }, rest: {} } } };
	keepDraft(place, newDraft(""));
	for (const name of kept.keys()) kept.set(name, JSON.stringify(broken));
	expect(readKeptDraft(place)).toBeNull();
});

test("a browser that keeps nothing has no draft, and nothing fails", () => {
	keepDraft(place, newDraft("t1"));
	expect(readKeptDraft(place)).toBeNull();
});
