import { generateKeyPairSync } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SignJWT } from "jose";
import pg from "pg";
import { connect } from "../server/db/connect";
import { type Child, startChild } from "../test/child";
import { createDatabase, startPostgres } from "../test/postgres";
import { type FilledTenant, fill } from "./fill";
import { measureQueue, type Target } from "./queue-questions";

/**
 * What the queue costs a tenant with 1,000,000 deployments, against one with 1,000: median times through HTTP,
 * on one PostgreSQL (with fsync), both asked in turns. Read the ratios.
 */
const many = Number(process.env.BENCH_ROWS ?? 1_000_000);
const few = 1_000;
const times = Number(process.env.BENCH_TIMES ?? 21);
const issuer = "https://clerk.bench.test";
const party = "http://localhost:3000";
const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });

function tokenOf(organizationId: string): Promise<string> {
	const seconds = Math.floor(Date.now() / 1000);
	const organization = { id: organizationId, slg: "bench", rol: "owner" };
	const claims = { v: 2, iss: issuer, azp: party, sub: "user_bench", sts: "active", o: organization };
	return new SignJWT({ ...claims, iat: seconds, exp: seconds + 36_000 })
		.setProtectedHeader({ alg: "RS256", typ: "JWT" })
		.sign(privateKey);
}

/** A database with one tenant that has so many deployments. */
async function filledDatabase(adminUrl: string, dataDir: string, rows: number) {
	const { url } = await createDatabase(adminUrl);
	const connection = await connect({ dataDir, postgres: { url, poolSize: 2 } });
	const startedAt = performance.now();
	const [tenant] = await fill(connection, { tenants: 1, rows });
	await connection.close();
	if (tenant === undefined) throw new Error("A tenant was to be filled");
	const client = new pg.Client({ connectionString: url });
	await client.connect();
	await client.query("vacuum analyze");
	await client.end();
	const seconds = ((performance.now() - startedAt) / 1000).toFixed(0);
	process.stdout.write(`filled ${rows} rows in ${seconds} s\n`);
	return { url, tenant };
}

/** Starts a server of ours on a database. */
async function serve(
	{ url, tenant }: { url: string; tenant: FilledTenant },
	dataDir: string,
): Promise<{ child: Child; target: Target }> {
	const child = startChild("server/main.ts", [], {
		API_PORT: "0",
		CLERK_ISSUER: issuer,
		CLERK_JWT_KEY: publicKey.export({ type: "spki", format: "pem" }).toString().replaceAll("\n", ""),
		CLERK_AUTHORIZED_PARTIES: party,
		COUNTERSIGN_TRUST_TOKEN_ROLES: "1",
		COUNTERSIGN_DATA_DIR: dataDir,
		DATABASE_URL: url,
	});
	const listens = '"event":"listening"';
	await child.says(listens);
	const lines = child.stdout().split("\n");
	const said: { url: string } = JSON.parse(lines.find((line) => line.includes(listens)) ?? "{}");
	const [projectId = ""] = tenant.projectIds;
	return { child, target: { url: said.url, token: await tokenOf(tenant.organizationId), projectId } };
}

const server = await startPostgres({ isDurable: true });
const dataDir = await mkdtemp(join(tmpdir(), "countersign-bench-"));
const children: Child[] = [];
try {
	process.stdout.write(`PostgreSQL ${server.version} (${server.source})\n`);
	const targets = [];
	for (const rows of [few, many]) {
		const folder = join(dataDir, String(rows));
		const served = await serve(await filledDatabase(server.url, folder, rows), folder);
		children.push(served.child);
		targets.push(served.target);
	}
	const medians = await measureQueue(targets, times);
	process.stdout.write(`\nMedian of ${times}, in ms: ${few} rows, ${many} rows, ratio\n`);
	for (const [name, [small = 0, large = 0]] of medians) {
		const figures = [small.toFixed(1), large.toFixed(1), `${(large / small).toFixed(2)} ×`];
		process.stdout.write(`  ${name.padEnd(34)}${figures.map((text) => text.padStart(10)).join("")}\n`);
	}
} finally {
	for (const child of children) {
		child.process.kill("SIGTERM");
		await child.ended;
	}
	await server.stop();
	await rm(dataDir, { recursive: true, force: true });
}
