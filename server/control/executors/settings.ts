import { z } from "zod";
import { optionalText, wholeNumber } from "../../environment-text";
import type { ModelSettings } from "./model";
import type { WebhookSettings } from "./webhook";

/** Who executes actions, as the environment says. */
export type ExecutorSettings =
	| { kind: "none" }
	| ({ kind: "webhook" } & WebhookSettings)
	| ({ kind: "model" } & ModelSettings);

const httpUrl = z
	.string()
	.refine((text) => /^https?:$/.test(URL.parse(text)?.protocol ?? ""), "must be an http or https URL");
const webhookSecret = z
	.string()
	.regex(/^whsec_[A-Za-z0-9+/]{22,}={0,2}$/, "must be whsec_ and the base64 of at least 16 bytes");
const isSet = optionalText.pipe(z.literal("1", "must be 1 or not set").optional());
const timeoutMs = wholeNumber(1, 999_999);
const concurrency = wholeNumber(1, 1_000);

export const executorVariables = {
	COUNTERSIGN_EXECUTOR_WEBHOOK_URL: optionalText.pipe(httpUrl.optional()),
	COUNTERSIGN_EXECUTOR_WEBHOOK_SECRET: optionalText.pipe(webhookSecret.optional()),
	COUNTERSIGN_EXECUTOR_WEBHOOK_TIMEOUT_MS: optionalText.pipe(timeoutMs.default(10_000)),
	COUNTERSIGN_EXECUTOR_WEBHOOK_CONCURRENCY: optionalText.pipe(concurrency.default(16)),
	COUNTERSIGN_EXECUTOR_MODEL_URL: optionalText.pipe(httpUrl.optional()),
	COUNTERSIGN_EXECUTOR_MODEL_API_KEY: optionalText,
	COUNTERSIGN_EXECUTOR_MODEL_NAME: optionalText,
	// The dashboard waits for 30 s.
	COUNTERSIGN_EXECUTOR_MODEL_TIMEOUT_MS: optionalText.pipe(timeoutMs.default(25_000)),
	COUNTERSIGN_EXECUTOR_MODEL_CONCURRENCY: optionalText.pipe(concurrency.default(4)),
	COUNTERSIGN_EXECUTOR_MODEL_STAND_IN: isSet,
	COUNTERSIGN_EXECUTOR_ALLOW_PRIVATE: isSet,
};

const variablesSchema = z.object(executorVariables);
type Variables = z.output<typeof variablesSchema>;

/** Refuses a webhook without its secret, and two executors at once. */
export function refuseHalfExecutors(all: Variables, context: z.core.$RefinementCtx): void {
	if (all.COUNTERSIGN_EXECUTOR_WEBHOOK_URL && !all.COUNTERSIGN_EXECUTOR_WEBHOOK_SECRET) {
		context.addIssue({
			code: "custom",
			path: ["COUNTERSIGN_EXECUTOR_WEBHOOK_SECRET"],
			message:
				"must be set together with COUNTERSIGN_EXECUTOR_WEBHOOK_URL, so that the receiver can check us",
		});
	}
	if (all.COUNTERSIGN_EXECUTOR_WEBHOOK_URL && all.COUNTERSIGN_EXECUTOR_MODEL_URL) {
		context.addIssue({
			code: "custom",
			path: ["COUNTERSIGN_EXECUTOR_MODEL_URL"],
			message:
				"must not be set together with COUNTERSIGN_EXECUTOR_WEBHOOK_URL: one of the two executes actions",
		});
	}
}

export function executorSettings(all: Variables): ExecutorSettings {
	const allowPrivate = all.COUNTERSIGN_EXECUTOR_ALLOW_PRIVATE !== undefined;
	const { COUNTERSIGN_EXECUTOR_WEBHOOK_URL: webhookUrl, COUNTERSIGN_EXECUTOR_MODEL_URL: modelUrl } = all;
	const { COUNTERSIGN_EXECUTOR_WEBHOOK_SECRET: secret } = all;
	if (webhookUrl !== undefined && secret !== undefined) {
		return {
			kind: "webhook",
			url: webhookUrl,
			secret,
			timeoutMs: all.COUNTERSIGN_EXECUTOR_WEBHOOK_TIMEOUT_MS,
			concurrency: all.COUNTERSIGN_EXECUTOR_WEBHOOK_CONCURRENCY,
			allowPrivate,
		};
	}
	if (modelUrl === undefined) return { kind: "none" };
	return {
		kind: "model",
		url: modelUrl,
		apiKey: all.COUNTERSIGN_EXECUTOR_MODEL_API_KEY ?? null,
		defaultModel: all.COUNTERSIGN_EXECUTOR_MODEL_NAME ?? null,
		timeoutMs: all.COUNTERSIGN_EXECUTOR_MODEL_TIMEOUT_MS,
		concurrency: all.COUNTERSIGN_EXECUTOR_MODEL_CONCURRENCY,
		allowPrivate,
		isStandIn: all.COUNTERSIGN_EXECUTOR_MODEL_STAND_IN !== undefined,
	};
}
