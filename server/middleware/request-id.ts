import { randomUUID } from "node:crypto";
import type { MiddlewareHandler } from "hono";
import type { AppEnvironment } from "./request-context";

const saneId = /^[\w.:-]{1,100}$/;

/** Gives every request an id, the caller's own where it is sane, and answers it as a header. */
export const requestId: MiddlewareHandler<AppEnvironment> = async (c, next) => {
	const given = c.req.header("X-Request-Id");
	const id = given !== undefined && saneId.test(given) ? given : randomUUID();
	c.set("requestId", id);
	await next();
	c.res.headers.set("X-Request-Id", id);
};
