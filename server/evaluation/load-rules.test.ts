import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { EnvironmentError } from "../environment";
import { loadEvaluationRules } from "./load-rules";

const folder = mkdtempSync(join(tmpdir(), "countersign-rules-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function written(text: string): string {
	const file = join(folder, "rules.json");
	writeFileSync(file, text);
	return file;
}

test("the rules of a file are read, and without a file there are none", async () => {
	const rule = { id: "11111111-2222-4333-8444-555555555555", name: "Is JSON", type: "is_json" };
	expect(await loadEvaluationRules(written(JSON.stringify([rule])))).toEqual([rule]);
	expect(await loadEvaluationRules(null)).toEqual([]);
});

test.each([
	["a file that is not there", () => join(folder, "none.json"), "ENOENT"],
	["what is not JSON", () => written("rules:"), "JSON"],
	["a rule that is none", () => written('[{"id":"x"}]'), "0.type"],
])(
	"%s stops the start, and the sentence names the variable, the file and what is wrong",
	async (_name, file, reason) => {
		const path = file();
		const loading = loadEvaluationRules(path);
		await expect(loading).rejects.toThrow(EnvironmentError);
		await expect(loading).rejects.toThrow("COUNTERSIGN_EVALUATION_RULES");
		await expect(loading).rejects.toThrow(path);
		await expect(loading).rejects.toThrow(reason);
	},
);
