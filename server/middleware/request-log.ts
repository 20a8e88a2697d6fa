import type { MiddlewareHandler } from "hono";
import type { Log } from "../log";
import type { AppEnvironment } from "./request-context";

/** One line for each request: who, what, how it ended, how long it took. Never a token, never a body. */
export function requestLog(log: Log): MiddlewareHandler<AppEnvironment> {
	return async (c, next) => {
		const startedAt = performance.now();
		await next();
		const caller = c.get("caller") as AppEnvironment["Variables"]["caller"] | undefined;
		const write = c.res.status >= 500 && c.get("logged") !== undefined ? log.error : log.info;
		write("request", {
			request_id: c.get("requestId"),
			method: c.req.method,
			path: c.req.path,
			status: c.res.status,
			duration_ms: Math.round(performance.now() - startedAt),
			...(caller === undefined ? {} : { actor_id: caller.actor.id, tenant_id: caller.tenantId }),
			...(c.get("logged") === undefined ? {} : { cause: c.get("logged") }),
		});
	};
}
