import type { Clock } from "../../clock";
import { loadEvaluationRules } from "../../evaluation/load-rules";
import type { Executor } from "../executor";
import { noExecutor } from "./none";
import type { ExecutorSettings } from "./settings";
import { webhookExecutor } from "./webhook";

/** Makes the executor that the environment names. Throws an EnvironmentError where its rules are not usable. */
export async function createExecutor(
	settings: ExecutorSettings,
	evaluationRulesFile: string | null,
	clock: Clock,
): Promise<Executor> {
	const rules = await loadEvaluationRules(evaluationRulesFile);
	if (settings.kind === "none") return noExecutor;
	if (settings.kind === "webhook") return webhookExecutor(settings, clock, rules);
	// Loaded by those who use it: the AI SDK takes as long to load as the rest of the server.
	const { modelExecutor } = await import("./model");
	return modelExecutor(settings, clock, rules);
}
