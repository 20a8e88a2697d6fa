import { and, eq } from "drizzle-orm";
import type { Database } from "../db/connect";
import { deployments } from "../db/schema";
import { notFound } from "../errors/api-error";
import type { DeploymentRow } from "./answer";

/** Loads a deployment of the tenant, or throws not_found: the same for another tenant's and for none. */
export async function loadDeployment(db: Database, tenantId: string, id: string): Promise<DeploymentRow> {
	const [row] = await db
		.select()
		.from(deployments)
		.where(and(eq(deployments.tenantId, tenantId), eq(deployments.id, id)));
	if (row === undefined) throw notFound("deployment");
	return row;
}
