import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { openTestApi, type TestApi } from "@/test/api";
import { openTestLog, perform, run, type TestLog, tenantWithLog } from "@/test/audit-log";
import { insertProject } from "@/test/rows";
import { verifyProgram } from "./verify-program";

let api: TestApi;
let log: TestLog;
let url: string;
beforeAll(async () => {
	api = await openTestApi();
	log = await openTestLog(api);
	const [row] = await api.db.asOwner((tx) => run<{ name: string }>(tx, "select current_database() as name"));
	const address = new URL(inject("postgres")?.adminUrl ?? "");
	address.pathname = `/${row?.name}`;
	url = address.href;
});
afterAll(async () => {
	await log.close();
	await api.close();
});

async function verify(args: string[] = []) {
	const said: string[] = [];
	const say = (text: string) => said.push(text);
	const pem = log.key.export({ type: "pkcs8", format: "pem" }).toString();
	const variables = {
		DATABASE_URL: url,
		COUNTERSIGN_AUDIT_KEY: pem,
		COUNTERSIGN_AUDIT_HEADS: log.file,
		COUNTERSIGN_DATA_DIR: log.folder,
	};
	return { code: await verifyProgram({ args, variables, say, complain: say }), said: said.join("") };
}

test("a log that is being written to is whole at every moment", async () => {
	const tenants = await Promise.all([1, 2, 3].map(() => tenantWithLog(api, log, ["project"])));
	let isOver = false;
	let written = 0;
	const writers = tenants.map(async (tenant) => {
		const projectId = await insertProject(api, tenant.id);
		while (!isOver) {
			await perform(api, tenant, projectId, "switch");
			written += 1;
		}
	});
	const before = written;
	for (let look = 0; look < 10; look += 1) expect(await verify()).toMatchObject({ code: 0 });
	isOver = true;
	await Promise.all(writers);
	expect(written - before).toBeGreaterThan(10);
	expect((await log.verify()).whole).toBe(true);
});

test("a change is found, and a look changes nothing, not even by a migration", async () => {
	const tenant = await tenantWithLog(api, log, ["approve", "reject"]);
	await api.orm.execute(sql`alter table drizzle.__drizzle_migrations rename to not_now`);
	expect(await verify()).toMatchObject({ code: 0 });
	await api.orm.execute(
		sql`update audit_entries set actor_id = 'user_b' where tenant_id = ${tenant.id} and sequence = 1`,
	);
	const { code, said } = await verify();
	expect([code, said]).toEqual([1, expect.stringContaining(`tenant ${tenant.id}, first bad entry: entry 1`)]);
	await api.orm.execute(sql`alter table drizzle.not_now rename to __drizzle_migrations`);
});

test("a database without our tables is told apart from a whole log", async () => {
	await api.orm.execute(sql`alter table audit_heads rename to not_ours`);
	expect(await verify()).toEqual({
		code: 2,
		said: "The database is not one of this version of Countersign: start the API once, which brings it up to date.\n",
	});
	await api.orm.execute(sql`alter table not_ours rename to audit_heads`);
});
