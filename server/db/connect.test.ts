import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { afterEach, beforeEach, expect, test } from "vitest";
import { ensureTenant } from "../tenants/ensure";
import { tenantIdOf } from "../tenants/tenant-id";
import { connect } from "./connect";
import { LockedError } from "./lock";
import { tenants } from "./schema";

let dataDir: string;
beforeEach(async () => {
	dataDir = await mkdtemp(join(tmpdir(), "countersign-data-"));
});
afterEach(() => rm(dataDir, { recursive: true, force: true }));

test("what was stored is there when the database is opened again, and only one may have it open", async () => {
	const moment = new Date("2026-11-22T10:00:00.123Z");
	const settings = { dataDir: join(dataDir, "a", "folder"), postgres: null };
	const first = await connect(settings);
	await first.db.asOwner((tx) => ensureTenant(tx, () => moment, "org_a"));
	await first.db.asOwner((tx) => ensureTenant(tx, () => new Date(), "org_a"));
	await expect(connect(settings)).rejects.toThrow(LockedError);
	await first.close();
	const second = await connect(settings);
	await second.orm.execute(sql`set time zone 'America/New_York'`);
	expect(await second.orm.select().from(tenants)).toEqual([
		{ id: tenantIdOf("org_a"), organizationId: "org_a", createdAt: moment },
	]);
	await second.close();
}, 60_000);

test("the id of a tenant is the same in every process, for ever", () => {
	expect(tenantIdOf("org_sampleAcme")).toBe("0dd75810-a8d9-527b-923f-bf0a01fdb339");
});
