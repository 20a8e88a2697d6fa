import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { deploymentStatuses } from "@/lib/contract/deployment-status";
import { openTestApi, type TestApi, type TestTenant } from "@/test/api";
import { insertDeployment, insertProject, insertTrace } from "@/test/rows";
import type { Transaction } from "./database";
import { tenantRole } from "./database";
import { sqlStateOf } from "./query-error";
import { statement } from "./statement";

let api: TestApi;
let mine: TestTenant;
let theirs: TestTenant;
beforeAll(async () => {
	api = await openTestApi();
	[mine, theirs] = [await fullTenant(), await fullTenant()];
});
afterAll(() => api.close());

/** A tenant with a row in every table that a request can fill. */
async function fullTenant(): Promise<TestTenant> {
	const tenant = await api.makeTenant();
	const projectId = await insertProject(api, tenant.id);
	await insertTrace(api, tenant.id, projectId);
	const id = await insertDeployment(api, tenant.id, { projectId });
	const headers = { "Idempotency-Key": randomUUID() };
	for (const [path, body] of [
		[`/v1/prompts/deployments/${id}/approve`, undefined],
		["/v1/control/execute", { project_id: projectId, action_type: "retry" }],
		["/v1/control/killswitch/enable", undefined],
	] as const) {
		const answer = await api.ask("POST", path, { as: tenant.owner, body, headers });
		expect(answer.status).toBeLessThan(300);
	}
	return tenant;
}

async function rows<Row>(tx: Transaction, text: string): Promise<Row[]> {
	return tx.query<Row>(statement(text), []);
}

/** Every table that holds rows of tenants, as the database itself lists them. */
function tenantTables(): Promise<{ name: string; column: string; isProtected: boolean }[]> {
	return api.db.asOwner((tx) =>
		rows(
			tx,
			`select c.relname as name, a.attname as column, c.relrowsecurity and exists (
				select from pg_policies p where p.tablename = c.relname and p.roles = array['${tenantRole}'::name]
			) as "isProtected"
			from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
			where n.nspname = 'public' and c.relkind = 'r'
				and (a.attname = 'tenant_id' or (c.relname = 'tenants' and a.attname = 'id'))
			order by c.relname`,
		),
	);
}

describe("row-level security", () => {
	test("is on for every table with rows of tenants", async () => {
		const tables = await tenantTables();
		expect(tables.length).toBeGreaterThanOrEqual(14);
		expect(tables.filter(({ isProtected }) => !isProtected)).toEqual([]);
	});

	test("leaves a query that forgot the tenant with the rows of its own tenant", async () => {
		let seen = 0;
		for (const { name, column } of await tenantTables()) {
			const found = await api.db.inTenant(mine.id, (tx) =>
				rows<{ tenant: string }>(tx, `select ${column} as tenant from ${name}`),
			);
			expect([name, [...new Set(found.map(({ tenant }) => tenant))]]).toEqual([
				name,
				found.length === 0 ? [] : [mine.id],
			]);
			seen += found.length;
		}
		expect(seen).toBeGreaterThan(10);
	});

	test("shows nothing to a transaction that names no tenant, or one that is none", async () => {
		for (const setting of ["", `select set_config('countersign.tenant_id', '${randomUUID()}', true)`]) {
			await api.db.asOwner(async (tx) => {
				await rows(tx, `set local role ${tenantRole}`);
				if (setting !== "") await rows(tx, setting);
				for (const { name } of await protectedTables(tx)) {
					expect([name, (await rows(tx, `select 1 from ${name}`)).length]).toEqual([name, 0]);
				}
			});
		}
	});

	test("holds in the search, which looks past it: a word that both tenants have finds the own row alone", async () => {
		const search = (pattern: string, first = "null", last = "null") =>
			`select found as id from countersign_search_deployments('${pattern}', ${first}, ${last}, 100) as found`;
		const own = await api.db.inTenant(mine.id, (tx) => rows<{ id: string }>(tx, search("%CLUSTER%")));
		expect(own).toHaveLength(1);
		const foreign = await api.db.inTenant(theirs.id, (tx) => rows<{ id: string }>(tx, search("%CLUSTER%")));
		expect(foreign).toHaveLength(1);
		expect(foreign).not.toEqual(own);
		const named = search("%nowhere%", `'${foreign[0]?.id}'`, `'${foreign[0]?.id}'`);
		expect(await api.db.inTenant(theirs.id, (tx) => rows(tx, named))).toEqual(foreign);
		expect(await api.db.inTenant(mine.id, (tx) => rows(tx, named))).toEqual([]);
		for (const query of [`q=${foreign[0]?.id}`, "q=cluster"]) {
			const { body } = await api.ask("GET", `/v1/prompts/queue?${query}`, { as: mine.owner });
			expect(body.items.map(({ id }: { id: string }) => id)).not.toContain(foreign[0]?.id);
		}
		const nobodys = await api.db.asOwner(async (tx) => {
			await rows(tx, `set local role ${tenantRole}`);
			return rows(tx, search("%cluster%"));
		});
		expect(nobodys).toEqual([]);
	});

	test("ends with its transaction: the next one on the connection is nobody's", async () => {
		await api.db.inTenant(mine.id, async () => undefined);
		const [left] = await api.db.asOwner((tx) =>
			rows<{ role: string; tenant: string | null }>(
				tx,
				"select current_user::text as role, nullif(current_setting('countersign.tenant_id', true), '') as tenant",
			),
		);
		expect(left?.role).not.toBe(tenantRole);
		expect(left?.tenant).toBeNull();
	});

	test("changes no row of another tenant, and takes in none for it", async () => {
		const changed = await api.db.inTenant(mine.id, (tx) =>
			rows(tx, `update deployments set rationale = 'x' where tenant_id = '${theirs.id}' returning id`),
		);
		expect(changed).toEqual([]);
		const forged = api.db.inTenant(mine.id, (tx) =>
			rows(
				tx,
				`insert into projects (id, tenant_id, name, slug, created_at, updated_at)
				values ('${randomUUID()}', '${theirs.id}', 'x', 'x', now(), now())`,
			),
		);
		expect(await refusalOf(forged)).toBe("42501");
	});

	test("belongs to a role that cannot go round it and owns nothing", async () => {
		const [role] = await api.db.asOwner((tx) =>
			rows(
				tx,
				`select rolsuper, rolbypassrls, rolcreaterole, rolcanlogin,
					(select count(*)::integer from pg_class where relowner = pg_roles.oid) as owned
				from pg_roles where rolname = '${tenantRole}'`,
			),
		);
		expect(role).toEqual({
			rolsuper: false,
			rolbypassrls: false,
			rolcreaterole: false,
			rolcanlogin: false,
			owned: 0,
		});
	});
});

describe("a request's transaction may not", () => {
	test.each([
		"update audit_entries set event = 'x'",
		"delete from audit_entries",
		"update decisions set reason = 'x'",
		"delete from decisions",
		"delete from deployments",
		"update deployment_totals set total = 0",
		"update deployment_texts set text = 'x'",
		"insert into deployment_totals select tenant_id, project_id, 'x', 1 from deployment_totals",
		"truncate deployments",
		"select * from settings",
		"drop policy own_tenant on deployments",
		"alter table deployments disable row level security",
	])("%s", async (text) => {
		expect(await refusalOf(api.db.inTenant(mine.id, (tx) => rows(tx, text)))).toBe("42501");
	});
});

test("the kept totals are those of the rows, after whatever was done to them", async () => {
	const tenant = await api.makeTenant();
	const projectIds = [await insertProject(api, tenant.id), await insertProject(api, tenant.id)];
	const step = fc.record({
		projectId: fc.constantFrom(...projectIds),
		status: fc.constantFrom(...deploymentStatuses),
		kind: fc.constantFrom("add", "move", "remove"),
	});
	await fc.assert(
		fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
			for (const { projectId, status, kind } of steps) {
				if (kind === "add") await insertDeployment(api, tenant.id, { projectId, status });
				const where = `where project_id = '${projectId}'`;
				if (kind === "move") await owner(`update deployments set status = '${status}' ${where}`);
				if (kind === "remove") await owner(`delete from deployments ${where} and status = '${status}'`);
			}
			const counted = "select project_id, status, count(*)::integer as total from deployments";
			const kept = "select project_id, status, total::integer as total from deployment_totals";
			const of = `where tenant_id = '${tenant.id}'`;
			expect(await owner(`${kept} ${of} and total <> 0 order by 1, 2`)).toEqual(
				await owner(`${counted} ${of} group by 1, 2 order by 1, 2`),
			);
		}),
		{ numRuns: 25 },
	);
});

function owner(text: string) {
	return api.db.asOwner((tx) => rows(tx, text));
}

/** The names of the tables, looked up by a role that may see the catalog but no row. */
function protectedTables(tx: Transaction) {
	return rows<{ name: string }>(
		tx,
		"select tablename as name from pg_tables where schemaname = 'public' and rowsecurity",
	);
}

async function refusalOf(work: Promise<unknown>): Promise<string | null> {
	return work.then(
		() => null,
		(error: unknown) => sqlStateOf(error),
	);
}
