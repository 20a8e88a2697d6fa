import { generateKeyPairSync } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createAnchors } from "@/server/audit/anchors";
import { lengthOfHeads } from "@/server/audit/check-signed-heads";
import type { Rows } from "@/server/audit/read-rows";
import { publicKeysOf } from "@/server/audit/signing-key";
import { type AuditReport, verifyAuditLog } from "@/server/audit/verify";
import type { Transaction } from "@/server/db/database";
import { statement } from "@/server/db/statement";
import type { TestApi, TestTenant } from "./api";
import { insertDeployment, insertProject } from "./rows";

class RolledBack extends Error {}

/** The signed heads of a test API in a folder of their own, and the look at its audit log. */
export async function openTestLog(api: TestApi) {
	const folder = await mkdtemp(join(tmpdir(), "countersign-audit-"));
	const file = join(folder, "heads.jsonl");
	const key = generateKeyPairSync("ed25519").privateKey;
	const log = { info: () => undefined, error: () => undefined };
	const anchors = createAnchors({ file, key, clock: api.clock, log });
	api.db.auditHeadListeners.add(anchors.note);

	/** Looks at the log as the transaction sees it. */
	async function verifyIn(rows: Rows): Promise<AuditReport> {
		return verifyAuditLog(rows, { file, keys: publicKeysOf(key), length: await lengthOfHeads(file) });
	}

	return {
		folder,
		file,
		key,
		anchors,
		verifyIn,
		async verify(): Promise<AuditReport> {
			await anchors.flush();
			return api.db.asOwner(verifyIn);
		},
		/** What is found after the work, which is undone again: the owner of the database may write anything. */
		async afterTampering(work: (tx: Transaction) => Promise<unknown>): Promise<AuditReport> {
			await anchors.flush();
			let report: AuditReport | undefined;
			await api.db
				.asOwner(async (tx) => {
					await work(tx);
					report = await verifyIn(tx);
					throw new RolledBack();
				})
				.catch((error: unknown) => {
					if (!(error instanceof RolledBack)) throw error;
				});
			if (report === undefined) throw new Error("Nothing was looked at");
			return report;
		},
		async close() {
			await anchors.close();
			await rm(folder, { recursive: true, force: true });
		},
	};
}

export type TestLog = Awaited<ReturnType<typeof openTestLog>>;

/** Runs SQL as the transaction's role; the values are strings. */
export function run<Row = unknown>(tx: Transaction, sql: string, values: unknown[] = []): Promise<Row[]> {
	return tx.query<Row>(statement(sql), values);
}

/** What keeps a forger honest is not to be the constraints. */
export async function withoutConstraints(tx: Transaction): Promise<void> {
	await run(tx, "alter table audit_entries drop constraint audit_entries_tenant_id_tenants_id_fk");
	await run(tx, "alter table audit_entries drop constraint audit_entries_tenant_id_sequence_pk");
	await run(tx, "alter table audit_entries drop constraint audit_entries_id_unique");
}

/** One of the things that people do, in the tenant; each leaves at least one audit entry. */
export type Deed = "approve" | "reject" | "rollback" | "execute" | "switch" | "project";
export const deeds: readonly Deed[] = ["approve", "reject", "rollback", "execute", "switch", "project"];

export async function perform(api: TestApi, tenant: TestTenant, projectId: string, deed: Deed) {
	const as = tenant.owner;
	if (deed === "project") return api.ask("POST", "/v1/projects", { as, body: { name: "Another" } });
	if (deed === "execute") {
		const body = { project_id: projectId, action_type: "retry" };
		return api.ask("POST", "/v1/control/execute", { as, body });
	}
	if (deed === "switch") {
		await api.ask("POST", "/v1/control/killswitch/enable", { as });
		return api.ask("POST", "/v1/control/killswitch/disable", { as });
	}
	const status = deed === "rollback" ? "regressed" : "ab_passed";
	const id = await insertDeployment(api, tenant.id, { projectId, status });
	const body = deed === "approve" ? undefined : { reason: "Zürich \u2028 🙂 <b>" };
	return api.ask("POST", `/v1/prompts/deployments/${id}/${deed}`, { as, body });
}

/** A tenant whose log holds the deeds in this order, each signed by itself. */
export async function tenantWithLog(api: TestApi, log: TestLog, order: readonly Deed[]): Promise<TestTenant> {
	const tenant = await api.makeTenant();
	const projectId = await insertProject(api, tenant.id);
	for (const deed of order) {
		api.pass(1_000);
		const { status } = await perform(api, tenant, projectId, deed);
		if (status >= 300) throw new Error(`${deed} was answered with ${status}`);
		await log.anchors.flush();
	}
	return tenant;
}
