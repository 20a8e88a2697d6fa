import type { Transaction } from "../db/database";
import { statement } from "../db/statement";
import { notFound } from "../errors/api-error";
import { type DeploymentRow, type DeploymentSummaryRow, deploymentColumns, summaryColumns } from "./row";

const from = "from deployments deployment where tenant_id = $1 and id = $2";
const read = statement(`select ${deploymentColumns} ${from}`);
const readSummary = statement(`select ${summaryColumns} ${from}`);
const lock = statement(`${read.text} for update`);
const look = statement("select 1 from deployments where tenant_id = $1 and id = $2");
const lookIn = statement("select 1 from deployments where tenant_id = $1 and project_id = $2 and id = $3");

/** Loads a deployment of the tenant, or throws not_found: the same for another tenant's and for none. */
export function loadDeployment(tx: Transaction, tenantId: string, id: string): Promise<DeploymentRow> {
	return load(tx, read, tenantId, id);
}

/** The same without its prompts, which are not read. */
export function loadDeploymentSummary(
	tx: Transaction,
	tenantId: string,
	id: string,
): Promise<DeploymentSummaryRow> {
	return load(tx, readSummary, tenantId, id);
}

/** The same, with the row locked until the transaction ends: what is judged here is what is changed. */
export function lockDeployment(tx: Transaction, tenantId: string, id: string): Promise<DeploymentRow> {
	return load(tx, lock, tenantId, id);
}

/** Throws not_found unless the tenant has this deployment. Its prompts are not read. */
export async function requireDeployment(tx: Transaction, tenantId: string, id: string): Promise<void> {
	const found = await tx.query(look, [tenantId, id]);
	if (found.length === 0) throw notFound("deployment");
}

/**
 * Throws not_found unless this project of the tenant has this deployment: the same for another project's,
 * another tenant's and for none. The prompts are not read.
 */
export async function requireDeploymentIn(
	tx: Transaction,
	{ tenantId, projectId, id }: { tenantId: string; projectId: string; id: string },
): Promise<void> {
	const found = await tx.query(lookIn, [tenantId, projectId, id]);
	if (found.length === 0) throw notFound("deployment");
}

async function load<Row extends DeploymentSummaryRow>(
	tx: Transaction,
	how: typeof read,
	tenantId: string,
	id: string,
): Promise<Row> {
	const [row] = await tx.query<Row>(how, [tenantId, id]);
	if (row === undefined) throw notFound("deployment");
	return row;
}
