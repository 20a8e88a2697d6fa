import { Hono } from "hono";
import type { VerifyCaller } from "./auth/caller";
import type { Services } from "./context";
import { ApiError } from "./errors/api-error";
import type { Log } from "./log";
import { authenticate } from "./middleware/authenticate";
import { limitWrites } from "./middleware/limit-writes";
import { onError } from "./middleware/on-error";
import type { AppEnvironment } from "./middleware/request-context";
import { requestId } from "./middleware/request-id";
import { requestLog } from "./middleware/request-log";
import { safeHeaders } from "./middleware/safe-headers";
import { telemetry } from "./middleware/telemetry";
import { mountOpenApi } from "./openapi/mount";
import { mountOperations, type Readiness } from "./operations/mount";
import { apiKeyEndpoints } from "./routes/api-keys";
import { auditLogEndpoints } from "./routes/audit-log";
import { controlEndpoints } from "./routes/control";
import { deploymentEndpoints } from "./routes/deployments";
import { type Endpoint, mount } from "./routes/endpoint";
import { eventEndpoints } from "./routes/events";
import { failureEndpoints } from "./routes/failures";
import { projectEndpoints } from "./routes/projects";
import { queueEndpoints } from "./routes/queue";
import { traceEndpoints } from "./routes/traces";

export interface ApiParts extends Services {
	verifyCaller: VerifyCaller;
	log: Log;
	/** What else `/ready` asks, besides the database. */
	readiness: Readiness;
	/** Of one caller; 0 is without a limit. */
	writesPerMinute: number;
}

/** Everything under `/v1`, in one table: what is served, documented and tested is made from it. */
export const endpoints: readonly Endpoint[] = [
	...deploymentEndpoints,
	...queueEndpoints,
	...projectEndpoints,
	...controlEndpoints,
	...traceEndpoints,
	...failureEndpoints,
	...auditLogEndpoints,
	...eventEndpoints,
	...apiKeyEndpoints,
];

/** The API server as a function of a request; everything it touches is handed in. */
export function createApi(parts: ApiParts): Hono<AppEnvironment> {
	const { verifyCaller, log, readiness, writesPerMinute, ...services } = parts;
	const app = new Hono<AppEnvironment>();
	app.onError(onError);
	app.use(requestId, telemetry(), requestLog(log), safeHeaders);
	mountOperations(app, services.db, readiness);
	app.use("/v1/*", authenticate(services.db, services.clock, verifyCaller));
	if (writesPerMinute > 0) app.use("/v1/*", limitWrites(writesPerMinute));
	mount(app, endpoints, services);
	mountOpenApi(app, endpoints);
	// Not `app.notFound`: what is thrown there goes past the middleware that finishes an answer.
	app.all("*", () => {
		throw new ApiError("not_found", "There is nothing at this path.");
	});
	return app;
}
