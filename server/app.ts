import { Hono } from "hono";
import type { VerifyCaller } from "./auth/caller";
import type { Services } from "./context";
import { statement } from "./db/statement";
import { ApiError } from "./errors/api-error";
import type { Log } from "./log";
import { authenticate } from "./middleware/authenticate";
import { onError } from "./middleware/on-error";
import type { AppEnvironment } from "./middleware/request-context";
import { requestId } from "./middleware/request-id";
import { requestLog } from "./middleware/request-log";
import { safeHeaders } from "./middleware/safe-headers";
import { auditLogEndpoints } from "./routes/audit-log";
import { controlEndpoints } from "./routes/control";
import { deploymentEndpoints } from "./routes/deployments";
import { type Endpoint, mount } from "./routes/endpoint";
import { projectEndpoints } from "./routes/projects";
import { traceEndpoints } from "./routes/traces";

export interface ApiParts extends Services {
	verifyCaller: VerifyCaller;
	log: Log;
}

const probe = statement("select 1");

/** Everything under `/v1`, in one table: what is served, documented and tested is made from it. */
export const endpoints: readonly Endpoint[] = [
	...deploymentEndpoints,
	...projectEndpoints,
	...controlEndpoints,
	...traceEndpoints,
	...auditLogEndpoints,
];

/** The API server as a function of a request; everything it touches is handed in. */
export function createApi({ verifyCaller, log, ...services }: ApiParts): Hono<AppEnvironment> {
	const app = new Hono<AppEnvironment>();
	app.onError(onError);
	app.use(requestId, requestLog(log), safeHeaders);
	app.get("/health", async (c) => {
		await services.db.asOwner((tx) => tx.query(probe, []));
		return c.json({ status: "ok" });
	});
	app.use("/v1/*", authenticate(services.db, services.clock, verifyCaller));
	mount(app, endpoints, services);
	// Not `app.notFound`: what is thrown there goes past the middleware that finishes an answer.
	app.all("*", () => {
		throw new ApiError("not_found", "There is nothing at this path.");
	});
	return app;
}
