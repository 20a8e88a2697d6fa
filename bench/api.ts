import { generateKeyPairSync } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { SignJWT } from "jose";
import pg from "pg";
import { connect } from "../server/db/connect";
import { startChild } from "../test/child";
import { createDatabase, startPostgres } from "../test/postgres";
import { decideByDriver } from "./decide-by-driver";
import { type FilledTenant, fill } from "./fill";
import { ask, inTurns, medianOf, rateOf } from "./load";

/**
 * What the API costs on large databases: `npm run bench:api`. Read the ratios, not the rates: everything of
 * one run is measured on the same machine, by the same loop, against the same PostgreSQL (with fsync).
 */
const many = Number(process.env.BENCH_ROWS ?? 1_000_000);
const few = 10_000;
const onPglite = Number(process.env.BENCH_PGLITE_ROWS ?? 100_000);
const tenants = 20;
const connections = 16;
const pagesOfRun = 400;
const decisionsOfRun = 2_000;
const runs = 3;
const decisionRuns = 5;
const issuer = "https://clerk.bench.test";
const party = "http://localhost:3000";

const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });

async function tokenOf({ organizationId }: FilledTenant): Promise<string> {
	const seconds = Math.floor(Date.now() / 1000);
	return new SignJWT({
		v: 2,
		iss: issuer,
		azp: party,
		sub: "user_bench",
		sts: "active",
		iat: seconds,
		exp: seconds + 3_600,
		o: { id: organizationId, slg: "bench", rol: "owner" },
	})
		.setProtectedHeader({ alg: "RS256", typ: "JWT" })
		.sign(privateKey);
}

/** Starts the API server on a database and runs the measurement against it. */
async function withServer<T>(variables: Record<string, string>, measure: (url: string) => Promise<T>) {
	const child = startChild("server/main.ts", [], {
		API_PORT: "0",
		CLERK_ISSUER: issuer,
		CLERK_JWT_KEY: publicKey.export({ type: "spki", format: "pem" }).toString().replaceAll("\n", ""),
		CLERK_AUTHORIZED_PARTIES: party,
		COUNTERSIGN_TRUST_TOKEN_ROLES: "1",
		COUNTERSIGN_WRITES_PER_MINUTE: "0",
		DATABASE_POOL_SIZE: String(connections),
		...variables,
	});
	await child.says('"event":"listening"');
	const line = child
		.stdout()
		.split("\n")
		.find((text) => text.includes('"event":"listening"'));
	try {
		return await measure((JSON.parse(line ?? "{}") as { url: string }).url);
	} finally {
		child.process.kill("SIGTERM");
		await child.ended;
	}
}

const lists = {
	"first page": "?fields=summary",
	"page 200": "?fields=summary&offset=9950",
	"filtered, first page": "?fields=summary&status=ab_passed",
	"one project": "?fields=summary&project_id=PROJECT",
	"first page with prompts": "?",
	"page 200 with prompts": "?offset=9950",
};
type ListName = keyof typeof lists;

/** Pages a second of each list, the tenants taking turns. */
async function measureLists(url: string, filled: FilledTenant[], names: readonly ListName[]) {
	const tokens = await Promise.all(filled.map(tokenOf));
	const rates = new Map<ListName, number>();
	for (const name of names) {
		const page = (index: number) => {
			const turn = index % filled.length;
			const query = lists[name].replace("PROJECT", filled[turn]?.projectIds[0] ?? "");
			return ask(`${url}/v1/prompts/deployments${query}`, { token: tokens[turn] ?? "" });
		};
		await rateOf(100, 8, page);
		rates.set(name, await medianOf(runs, () => rateOf(pagesOfRun, 8, page)));
	}
	return rates;
}

/** By a connection of its own: on a million rows it takes longer than the server lets a statement run. */
async function vacuum(connectionString: string): Promise<void> {
	const client = new pg.Client({ connectionString });
	await client.connect();
	await client.query("vacuum analyze");
	await client.end();
}

interface Wanted {
	tenant: number;
	id: string;
}

/** The ids of deployments that can be approved, the tenants taking turns. */
async function approvable(pool: pg.Pool, filled: FilledTenant[], count: number): Promise<Wanted[]> {
	const perTenant = Math.ceil(count / filled.length);
	const lanes: string[][] = [];
	for (const { tenantId } of filled) {
		const { rows } = await pool.query<{ id: string }>(
			"select id from deployments where tenant_id = $1 and status = 'ab_passed' limit $2",
			[tenantId, perTenant],
		);
		lanes.push(rows.map(({ id }) => id));
	}
	return Array.from({ length: count }, (_, index) => ({
		tenant: index % filled.length,
		id: lanes[index % filled.length]?.[Math.floor(index / filled.length)] ?? "",
	}));
}

function report(title: string, rows: [string, number][], base: number): void {
	process.stdout.write(`\n${title}\n`);
	for (const [name, rate] of rows) {
		process.stdout.write(
			`  ${name.padEnd(34)} ${rate.toFixed(0).padStart(6)}/s   cost ${(base / rate).toFixed(2)} ×\n`,
		);
	}
}

const server = await startPostgres({ isDurable: true });
const dataDir = await mkdtemp(join(tmpdir(), "countersign-bench-"));
try {
	process.stdout.write(`PostgreSQL ${server.version} (${server.source}), ${connections} connections\n`);
	const databases = [];
	for (const rows of [few, many]) {
		const { url } = await createDatabase(server.url);
		const connection = await connect({ dataDir, postgres: { url, poolSize: 2 } });
		const startedAt = performance.now();
		const filled = await fill(connection, { tenants, rows });
		await connection.close();
		await vacuum(url);
		const seconds = ((performance.now() - startedAt) / 1000).toFixed(0);
		process.stdout.write(`filled ${rows} rows in ${seconds} s\n`);
		databases.push({ rows, url, filled });
	}
	const [small, large] = databases;
	if (small === undefined || large === undefined) throw new Error("Two databases were to be made");

	const all = Object.keys(lists) as ListName[];
	const shallow = all.filter((name) => !name.startsWith("page 200"));
	const environment = { COUNTERSIGN_DATA_DIR: dataDir };
	const ofSmall = await withServer({ ...environment, DATABASE_URL: small.url }, (url) =>
		measureLists(url, small.filled, shallow),
	);
	const ofLarge = await withServer({ ...environment, DATABASE_URL: large.url }, (url) =>
		measureLists(url, large.filled, all),
	);
	const base = ofLarge.get("first page") ?? 0;
	report(`Lists, ${many} rows, 20 tenants; cost against their first page`, [...ofLarge], base);
	report(`The same, ${few} rows; cost against the same`, [...ofSmall], base);

	const pool = new pg.Pool({ connectionString: large.url, max: connections });
	// What went wrong is told by the request; a pool that is left behind must not hide it.
	pool.on("error", () => undefined);
	const rates = await withServer({ ...environment, DATABASE_URL: large.url }, async (url) => {
		const tokens = await Promise.all(large.filled.map(tokenOf));
		const byDriver = ({ tenant, id }: Wanted) =>
			decideByDriver(pool, large.filled[tenant]?.tenantId ?? "", id);
		const byHttp = ({ tenant, id }: Wanted) =>
			ask(`${url}/v1/prompts/deployments/${id}/approve`, { method: "POST", token: tokens[tenant] ?? "" });
		return inTurns(decisionRuns, [byDriver, byHttp], async (decide) => {
			const wanted = await approvable(pool, large.filled, decisionsOfRun);
			// What the filling and the run before have left to be written to disk is no part of this run.
			await pool.query("checkpoint");
			return rateOf(decisionsOfRun, connections, (index) => decide(wanted[index] as Wanted));
		});
	});
	const [driver = 0, http = 0] = rates;
	await pool.end();
	report(
		`Decisions, ${many} rows; the same SQL by the driver alone, and through HTTP`,
		[
			["driver alone", driver],
			["through HTTP", http],
		],
		driver,
	);

	const embedded = await connect({ dataDir, postgres: null });
	const filled = await fill(embedded, { tenants, rows: onPglite });
	await embedded.orm.execute(sql`vacuum analyze`);
	await embedded.close();
	const ofPglite = await withServer(environment, (url) => measureLists(url, filled, shallow));
	report(`PGlite, ${onPglite} rows`, [...ofPglite], ofPglite.get("first page") ?? 0);
} finally {
	await server.stop();
	await rm(dataDir, { recursive: true, force: true });
}
