import type { MiddlewareHandler } from "hono";
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { ApiError } from "../errors/api-error";
import type { AppEnvironment } from "./request-context";

const windowSeconds = 60;

/**
 * Lets each caller (a person or a key, in one tenant) change something so many times a minute, counted from
 * the first of them, and refuses the rest with 429 before their body is read. Reads are not counted.
 *
 * The count is kept in the memory of this process: with several server processes a caller has the limit in
 * each of them, and a restart begins anew. It keeps a script that runs wild from the others, no more.
 */
export function limitWrites(writesPerMinute: number): MiddlewareHandler<AppEnvironment> {
	const limiter = new RateLimiterMemory({ points: writesPerMinute, duration: windowSeconds });
	return async (c, next) => {
		if (c.req.method === "GET" || c.req.method === "HEAD") return next();
		const { tenantId, actor } = c.get("caller");
		const { isWithin, used } = await consume(limiter, `${tenantId} ${actor.type} ${actor.id}`);
		const resetSeconds = Math.max(1, Math.ceil(used.msBeforeNext / 1_000));
		const headers = {
			"X-RateLimit-Limit": String(writesPerMinute),
			"X-RateLimit-Remaining": String(used.remainingPoints),
			"X-RateLimit-Reset": String(resetSeconds),
		};
		if (!isWithin) {
			throw new ApiError(
				"rate_limited",
				`You may change something ${writesPerMinute.toLocaleString("en")} times a minute: wait ${resetSeconds} s and try again.`,
				{ headers: { ...headers, "Retry-After": String(resetSeconds) } },
			);
		}
		await next();
		for (const [name, value] of Object.entries(headers)) c.res.headers.set(name, value);
	};
}

/** The limiter rejects with the same object that it resolves with. */
async function consume(
	limiter: RateLimiterMemory,
	key: string,
): Promise<{ isWithin: boolean; used: RateLimiterRes }> {
	try {
		return { isWithin: true, used: await limiter.consume(key) };
	} catch (error) {
		if (!(error instanceof RateLimiterRes)) throw error;
		return { isWithin: false, used: error };
	}
}
