import { readFile } from "node:fs/promises";
import { EnvironmentError } from "../environment";
import { type EvaluationRule, evaluationRulesSchema } from "./rule";

/** The rules of a file, or none without one. Throws an EnvironmentError that says what is wrong with it. */
export async function loadEvaluationRules(file: string | null): Promise<EvaluationRule[]> {
	if (file === null) return [];
	const parsed = evaluationRulesSchema.safeParse(await readJson(file));
	if (parsed.success) return parsed.data;
	const wrong = parsed.error.issues.map(({ path, message }) => `${path.join(".") || "the file"}: ${message}`);
	throw unusable(file, wrong.join("; "));
}

async function readJson(file: string): Promise<unknown> {
	try {
		return JSON.parse(await readFile(file, "utf8"));
	} catch (error) {
		throw unusable(file, error instanceof Error ? error.message : String(error));
	}
}

function unusable(file: string, reason: string): EnvironmentError {
	return new EnvironmentError(
		`The API server cannot start: COUNTERSIGN_EVALUATION_RULES names ${file}, which is not usable (${reason}).`,
	);
}
