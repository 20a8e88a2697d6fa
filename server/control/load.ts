import { and, eq } from "drizzle-orm";
import type { Transaction } from "../db/database";
import { controlActions } from "../db/schema";
import { notFound } from "../errors/api-error";
import type { ControlActionRow } from "./answer";

/** Loads a control action of the tenant, or throws not_found: the same for another tenant's and for none. */
export async function loadControlAction(
	tx: Transaction,
	tenantId: string,
	id: string,
): Promise<ControlActionRow> {
	return found(await byId(tx, tenantId, id));
}

/** The same, with the row locked until the transaction ends: what is judged here is what is changed. */
export async function lockControlAction(
	tx: Transaction,
	tenantId: string,
	id: string,
): Promise<ControlActionRow> {
	return found(await byId(tx, tenantId, id).for("update"));
}

function byId(tx: Transaction, tenantId: string, id: string) {
	return tx.orm
		.select()
		.from(controlActions)
		.where(and(eq(controlActions.tenantId, tenantId), eq(controlActions.id, id)));
}

function found([row]: ControlActionRow[]): ControlActionRow {
	if (row === undefined) throw notFound("control action");
	return row;
}
