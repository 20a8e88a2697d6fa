import { context, metrics, propagation, SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";
import type { Context, MiddlewareHandler } from "hono";
import { matchedRoutes } from "hono/route";
import type { AppEnvironment } from "./request-context";

const scope = "countersign-api";
const knownMethods = new Set([
	"GET",
	"HEAD",
	"POST",
	"PUT",
	"PATCH",
	"DELETE",
	"OPTIONS",
	"TRACE",
	"CONNECT",
]);
/** Those that the semantic conventions recommend, in seconds. */
const bucketsSeconds = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];

/**
 * One span and one measurement for each request, by the semantic conventions for HTTP. They say the pattern of
 * the route and never the path, the query, a header or a body: what goes to a collector is not ours any more.
 *
 * While `server/telemetry.ts` has started nothing, all of this goes nowhere. Made after that start, because a
 * meter that is asked for earlier stays silent for ever.
 */
export function telemetry(): MiddlewareHandler<AppEnvironment> {
	const tracer = trace.getTracer(scope);
	const duration = metrics.getMeter(scope).createHistogram("http.server.request.duration", {
		description: "Duration of HTTP server requests.",
		unit: "s",
		advice: { explicitBucketBoundaries: bucketsSeconds },
	});
	return async (c, next) => {
		const startedAt = performance.now();
		const method = knownMethods.has(c.req.method) ? c.req.method : "_OTHER";
		const traceparent = c.req.header("traceparent");
		const parent = propagation.extract(context.active(), traceparent === undefined ? {} : { traceparent });
		const span = tracer.startSpan(method, { kind: SpanKind.SERVER }, parent);
		try {
			await context.with(trace.setSpan(parent, span), next);
		} finally {
			const { status } = c.res;
			const route = routeOf(c);
			const attributes = {
				"http.request.method": method,
				"url.scheme": "http",
				"http.response.status_code": status,
				...(route === undefined ? {} : { "http.route": route }),
				...(status < 500 ? {} : { "error.type": String(status) }),
			};
			if (route !== undefined) span.updateName(`${method} ${route}`);
			span.setAttributes({ ...attributes, "countersign.request_id": c.get("requestId") });
			if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
			span.end();
			duration.record((performance.now() - startedAt) / 1_000, attributes);
		}
	};
}

/** The pattern that the path matches, also when middleware has refused the request on its way there. */
function routeOf(c: Context<AppEnvironment>): string | undefined {
	return matchedRoutes(c).find(({ path }) => !path.includes("*"))?.path;
}
