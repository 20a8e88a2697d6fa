import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestApi, type TestApi } from "@/test/api";
import { run } from "@/test/audit-log";
import { parseStoredJson } from "./stored-json";

let api: TestApi;
beforeAll(async () => {
	api = await openTestApi();
});
afterAll(() => api.close());

test("what JavaScript has written is read back from jsonb as it was", async () => {
	const text = fc.string({ unit: "grapheme" }).filter((one) => !one.includes("\0"));
	const value = fc.oneof(fc.double({ noDefaultInfinity: true, noNaN: true }), fc.integer(), text);
	await api.db.asOwner((tx) =>
		fc.assert(
			fc.asyncProperty(fc.dictionary(text, fc.oneof(value, fc.array(value))), async (written) => {
				const said = JSON.stringify(written);
				const [row] = await run<{ stored: string }>(tx, "select $1::jsonb::text as stored", [said]);
				expect(parseStoredJson(row?.stored ?? "")).toEqual(JSON.parse(said));
			}),
			{ numRuns: 300 },
		),
	);
});

test.each(["1.0", "0.10", "12345678901234567890", "0.1000000000000000055", "100000000000000000000001", "-0"])(
	"a number that JavaScript would have written otherwise is no value: %s",
	(number) => {
		expect(parseStoredJson(`{"a": ["1.0", {"b\\"": ${number}}]}`)).toBeNull();
	},
);
