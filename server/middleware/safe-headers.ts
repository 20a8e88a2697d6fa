import type { MiddlewareHandler } from "hono";
import type { AppEnvironment } from "./request-context";

/** Answers are for one caller and are never anything but JSON. */
export const safeHeaders: MiddlewareHandler<AppEnvironment> = async (c, next) => {
	await next();
	c.res.headers.set("Cache-Control", "private, no-store");
	c.res.headers.set("X-Content-Type-Options", "nosniff");
};
