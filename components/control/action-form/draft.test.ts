import { expect, test } from "vitest";
import { isSound, newDraft, readDraft, toForm, toJson, withValue } from "./draft";

test("form and JSON say the same, both ways, and what has no field stays in the request", () => {
	const typed = withValue(newDraft(""), "attempts", "2");
	expect(readDraft(typed)).toEqual({ payload: { attempts: 2 }, errors: {}, error: null });
	const asJson = toJson(typed);
	expect([asJson.mode, JSON.parse(asJson.jsonText)]).toEqual(["json", { attempts: 2 }]);
	const back = toForm({ ...asJson, jsonText: '{"attempts": 4, "reason": "again"}' });
	expect(back.mode).toBe("form");
	expect(readDraft(back).payload).toEqual({ attempts: 4, reason: "again" });
	expect(readDraft(withValue(back, "attempts", "")).payload).toEqual({ reason: "again" });
});

test("JSON that no form can show stays JSON, with the reason, and can still be sent", () => {
	const asJson = { ...toJson(newDraft("")), jsonText: '{"attempts": "two"}' };
	const still = toForm(asJson);
	expect([still.mode, still.jsonText]).toEqual(["json", asJson.jsonText]);
	expect(still.objection).toMatch(/attempts has to be a whole number/);
	expect(isSound(readDraft(still))).toBe(true);
	const broken = toForm({ ...asJson, jsonText: "{" });
	expect([broken.mode, broken.objection?.includes("not JSON")]).toEqual(["json", true]);
	expect(isSound(readDraft(broken))).toBe(false);
});

test("each type keeps what was typed for it", () => {
	const retry = withValue(newDraft(""), "attempts", "2");
	const model = withValue({ ...retry, type: "fallback_model" }, "model", "atlas");
	expect(readDraft(model).payload).toEqual({ model: "atlas" });
	expect(readDraft({ ...model, type: "retry" }).payload).toEqual({ attempts: 2 });
});

test("what the executor would refuse is not sound in the form, nor is what the API would not take in", () => {
	expect(isSound(readDraft(withValue(newDraft(""), "attempts", "9")))).toBe(false);
	const long = withValue(
		{ ...newDraft(""), type: "prompt_modification" },
		"system_prompt",
		"é".repeat(40_000),
	);
	expect(readDraft(long).error).toMatch(/at most 60,000/);
	expect(isSound(readDraft(newDraft("")))).toBe(true);
});
