import type { Executor } from "../executor";

/** Runs nothing, and says so: an action must never look executed because nobody set up who executes it. */
export const noExecutor: Executor = {
	name: "none",
	async execute() {
		return {
			status: "failed",
			result: {
				error:
					"No executor is configured on this server, so nothing was run. Set COUNTERSIGN_EXECUTOR_WEBHOOK_URL or COUNTERSIGN_EXECUTOR_MODEL_URL to run actions.",
				executed: false,
			},
		};
	},
};
