import { expect, test } from "vitest";
import { reasonOnBanner } from "./reason-on-banner";

test.each([
	["Retries pile up", "Retries pile up."],
	["All stop.", "All stop."],
	["All stop. ", "All stop."],
	["Why?!", "Why?!"],
	["He said “stop.”", "He said “stop.”"],
])("%j ends its sentence once: %j", (text, said) => {
	expect(reasonOnBanner(text)).toBe(said);
});

test("a reason that is cut ends with the mark of that and nothing more", () => {
	const said = reasonOnBanner("long ".repeat(100));
	expect([said.length, said.endsWith("…")]).toEqual([300, true]);
});
