import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import { type ErrorBody, errorBodySchema } from "../../lib/contract/error";
import type { TokenSource } from "./owner-token";
import { CannotStart, Stop } from "./stop";

/** What the API answered: the row, or why there is none. */
export type Answer<T> = { ok: true; data: T } | { ok: false; error: ErrorBody & { code: string } };

/** The API as the import uses it. Waits and tries again where that can help; throws `Stop` where not. */
export interface Api {
	get<T>(path: string, reply: z.ZodType<T>): Promise<Answer<T>>;
	post<T>(path: string, body: unknown, reply: z.ZodType<T>): Promise<Answer<T>>;
}

interface ApiOptions {
	apiUrl: string;
	token: TokenSource;
	/** Told before every pause, in words. */
	onPause: (sentence: string) => void;
}

const pausesMs = [500, 1_000, 2_000, 4_000];
const timeoutMs = 30_000;
const longestWaitSeconds = 600;
const mostWaits = 20;

/**
 * Repeating a request is safe here: a proposal that arrived before its answer was lost is refused as
 * already there, and so is a project.
 */
export function openApi({ apiUrl, token, onPause }: ApiOptions): Api {
	let hasAnswered = false;

	async function send<T>(method: string, path: string, body: unknown, reply: z.ZodType<T>) {
		let failures = 0;
		let waits = 0;
		let hasRenewed = false;
		for (;;) {
			const response = await attempt(method, path, body);
			if (response instanceof Response && response.status === 401 && !hasRenewed && token.renew()) {
				hasRenewed = true;
				continue;
			}
			const waitMs = response instanceof Response ? askedWaitMs(response) : null;
			if (response instanceof Response && response.status === 429) {
				waits += 1;
				if (waits > mostWaits) throw new Stop(`The API at ${apiUrl} keeps asking to wait.`);
				await waitFor(waitMs ?? 1_000 * waits, "The API asks to wait");
				continue;
			}
			const isTrouble = typeof response === "string" || response.status === 408 || response.status >= 500;
			if (!isTrouble) return understand(response, path, reply);
			const trouble = response instanceof Response ? await troubleOf(response) : response;
			const isNobodyThere = !hasAnswered && typeof response === "string";
			const pauseMs = isNobodyThere ? undefined : pausesMs[failures];
			if (pauseMs === undefined) throw unreachable(trouble);
			failures += 1;
			await waitFor(Math.max(pauseMs, waitMs ?? 0), trouble);
		}
	}

	/** The answer, or in words why there is none. */
	async function attempt(method: string, path: string, body: unknown): Promise<Response | string> {
		const authorization = `Bearer ${await token.get()}`;
		try {
			const response = await fetch(`${apiUrl}${path}`, {
				method,
				headers: {
					accept: "application/json",
					authorization,
					...(body === undefined ? {} : { "content-type": "application/json" }),
				},
				...(body === undefined ? {} : { body: JSON.stringify(body) }),
				redirect: "manual",
				signal: AbortSignal.timeout(timeoutMs),
			});
			// Read to its end here, so that a connection lost in the middle of an answer counts as lost.
			const text = await response.text();
			const { status, headers } = response;
			return new Response(bodyless.has(status) ? null : text, { status, headers });
		} catch (error) {
			return reasonOf(error);
		}
	}

	async function understand<T>(response: Response, path: string, reply: z.ZodType<T>): Promise<Answer<T>> {
		const { status } = response;
		const value: unknown = await response.json().catch(() => undefined);
		if (status === 401 || status === 403) throw refusedToken(errorBodySchema.safeParse(value).data);
		if (response.ok) {
			const parsed = reply.safeParse(value);
			if (!parsed.success) throw notOurApi(`answers ${path} in a form that is not the API's`);
			hasAnswered = true;
			return { ok: true, data: parsed.data };
		}
		if (status === 404 || status === 405 || status < 400) {
			throw notOurApi(`answers ${path} with status ${status}`);
		}
		// Something between here and the API may refuse in words of its own.
		const error = errorBodySchema.safeParse(value).data ?? {
			error: `The API answered with status ${status}`,
		};
		return { ok: false, error: { ...error, code: error.code ?? `http_${status}` } };
	}

	async function waitFor(milliseconds: number, why: string): Promise<void> {
		const seconds = Math.max(1, Math.round(milliseconds / 1_000));
		if (milliseconds > longestWaitSeconds * 1_000) {
			throw new Stop(`The API at ${apiUrl} asks to wait for ${seconds} s, which is too long to wait here.`);
		}
		onPause(`${why}; the next try is in ${seconds} s`);
		await pause(milliseconds);
	}

	function unreachable(trouble: string): Stop {
		const sentence = `The API at ${apiUrl} does not answer (${trouble})`;
		if (hasAnswered) return new Stop(`${sentence}.`);
		return new CannotStart(
			`${sentence}. Start it with \`npm start\`, or set API_PORT or COUNTERSIGN_API_URL to where it is.`,
		);
	}

	function refusedToken(error: ErrorBody | undefined): Stop {
		return new CannotStart(
			`The API at ${apiUrl} refused the token${error ? ` (${error.error.replace(/\.$/, "")})` : ""}. ${token.advice}`,
		);
	}

	function notOurApi(what: string): Stop {
		return new CannotStart(
			`${apiUrl} ${what}: set COUNTERSIGN_API_URL to an API that takes in new deployments (our own does).`,
		);
	}

	return {
		get: (path, reply) => send("GET", path, undefined, reply),
		post: (path, body, reply) => send("POST", path, body, reply),
	};
}

/** A Response may not be made with a body for these. */
const bodyless = new Set([101, 204, 205, 304]);

function askedWaitMs(response: Response): number | null {
	const text = response.headers.get("retry-after");
	if (text === null) return null;
	const seconds = Number(text);
	const milliseconds = Number.isNaN(seconds) ? Date.parse(text) - Date.now() : seconds * 1_000;
	return Number.isNaN(milliseconds) ? null : Math.max(0, milliseconds);
}

async function troubleOf(response: Response): Promise<string> {
	const error = errorBodySchema.safeParse(await response.json().catch(() => undefined)).data;
	const words = error === undefined ? "" : `: ${error.error.replace(/\.$/, "")}`;
	return `status ${response.status}${words}`;
}

function reasonOf(error: unknown): string {
	if (!(error instanceof Error)) return String(error);
	if (error.name === "TimeoutError") return `no answer within ${timeoutMs / 1_000} s`;
	const cause = error.cause instanceof Error ? error.cause : error;
	// Where several addresses were tried, there is a code only.
	const words = cause.message || ("code" in cause ? String(cause.code) : cause.name);
	return `the connection failed: ${words}`;
}

/** The rows whose ids the import needs. */
export const idSchema = z.looseObject({ id: z.string() });
