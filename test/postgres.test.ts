import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { connect } from "node:net";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { createDatabase, dropDatabase, startPostgres } from "./postgres";

const root = fileURLToPath(new URL("..", import.meta.url));

let server: Awaited<ReturnType<typeof startPostgres>>;

async function startOurs(options?: Parameters<typeof startPostgres>[0]): Promise<typeof server> {
	vi.stubEnv("TEST_DATABASE_URL", "");
	return await startPostgres(options).finally(() => vi.unstubAllEnvs());
}

beforeAll(async () => {
	server = await startOurs();
});
afterAll(() => server.stop());
afterEach(() => {
	vi.unstubAllEnvs();
});

async function query(url: string, text: string): Promise<unknown[]> {
	const client = new pg.Client(url);
	await client.connect();
	try {
		const { rows } = await client.query<unknown[]>({ text, rowMode: "array" });
		return rows.flat();
	} finally {
		await client.end();
	}
}

/** Connects and stays; tells when it has been disconnected. */
async function stay(url: string): Promise<{ disconnected: Promise<void> }> {
	const client = new pg.Client(url);
	client.on("error", () => undefined);
	const disconnected = new Promise<void>((resolve) => client.once("end", resolve));
	await client.connect();
	return { disconnected };
}

/** The folder a server of ours keeps everything in. */
async function findFolder(url: string): Promise<string> {
	const [dataDirectory] = await query(url, "show data_directory");
	return dirname(String(dataDirectory));
}

function isListening(url: string): Promise<boolean> {
	return new Promise((resolve) => {
		const socket = connect({ host: "127.0.0.1", port: Number(new URL(url).port) });
		socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
		socket.once("connect", () => socket.destroy());
	});
}

describe("startPostgres", () => {
	test("starts a PostgreSQL 15 or later that speaks UTF-8 and UTC", async () => {
		expect(Number.parseInt(server.version, 10)).toBeGreaterThanOrEqual(15);
		expect(
			await query(
				server.url,
				`select current_setting(name) from unnest(array['server_encoding', 'timezone', 'fsync', 'synchronous_commit']) name`,
			),
		).toEqual(["UTF8", "UTC", "off", "on"]);
	});

	test("lets nobody in without the password", async () => {
		const url = new URL(server.url);
		url.password = "guessed";
		await expect(query(url.href, "select 1")).rejects.toThrow(/password authentication failed/);
	});

	test("leaves neither a listener nor a folder after stop, and may be stopped twice", async () => {
		const { url, stop } = await startOurs({ isDurable: true });
		const folder = await findFolder(url);
		expect(await query(url, "show fsync")).toEqual(["on"]);
		expect(existsSync(folder)).toBe(true);
		const { disconnected } = await stay(url);
		await stop();
		expect(await isListening(url)).toBe(false);
		expect(existsSync(folder)).toBe(false);
		await disconnected;
		await stop();
	});

	test.skipIf(!existsSync("/usr/lib/postgresql"))("runs what Debian has installed", async () => {
		const { url, version, source, stop } = await startOurs({ source: "system" });
		const template = await createDatabase(url);
		const copy = await createDatabase(url, { template: template.name });
		await copy.drop();
		await stop();
		expect(source).toBe("system");
		expect(Number.parseInt(version, 10)).toBeGreaterThanOrEqual(15);
	});

	test("uses the server of TEST_DATABASE_URL and does not stop it", async () => {
		vi.stubEnv("TEST_DATABASE_URL", server.url);
		const given = await startPostgres();
		expect(given).toMatchObject({ url: server.url, version: server.version, source: "environment" });
		await given.stop();
		expect(await isListening(server.url)).toBe(true);
	});

	test("names TEST_DATABASE_URL when nothing answers there", async () => {
		vi.stubEnv("TEST_DATABASE_URL", "postgres://somebody@127.0.0.1:1/nothing");
		await expect(startPostgres()).rejects.toThrow(/TEST_DATABASE_URL is of no use: .*ECONNREFUSED/);
	});

	test.each([
		["is killed", "setInterval(() => undefined, 1000)"],
		["exits without stopping it", "process.exit(0)"],
		["has nothing more to do", ""],
	])("ends when the process that started it %s", { timeout: 60_000 }, async (_, afterwards) => {
		const code = `
			import { startPostgres } from "./test/postgres.ts";
			import pg from "pg";
			const { url } = await startPostgres();
			const client = new pg.Client(url);
			await client.connect();
			const { rows } = await client.query("show data_directory");
			await client.end();
			await new Promise((resolve) => process.stdout.write(url + "\\n" + rows[0].data_directory + "\\n", resolve));
			${afterwards}
		`;
		const parent = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", code], {
			cwd: root,
			env: { NODE_ENV: "test", PATH: process.env.PATH, TMPDIR: process.env.TMPDIR },
			stdio: ["ignore", "pipe", "inherit"],
		});
		const said = await new Promise<string>((resolve) => {
			let out = "";
			parent.stdout.on("data", (chunk) => {
				out += chunk;
				if (out.split("\n").length > 2) resolve(out);
			});
			parent.once("exit", () => resolve(out));
		});
		const [url = "", dataDirectory = ""] = said.split("\n");
		expect(dataDirectory).toContain("countersign-postgres-");
		parent.kill("SIGKILL");
		await vi.waitFor(
			async () => {
				expect(await isListening(url)).toBe(false);
				expect(existsSync(dirname(dataDirectory))).toBe(false);
			},
			{ timeout: 10_000, interval: 50 },
		);
	});
});

describe("createDatabase", () => {
	test("copies one template for many at the same time, each a database of its own", async () => {
		const template = await createDatabase(server.url);
		await query(template.url, "create table thing as select 'given' as name");
		const copies = await Promise.all(
			Array.from({ length: 6 }, () => createDatabase(server.url, { template: template.name })),
		);
		expect(new Set(copies.map(({ name }) => name)).size).toBe(6);
		const [first, second] = copies;
		await query(first?.url ?? "", "insert into thing values ('added')");
		expect(await query(first?.url ?? "", "select name from thing order by name")).toEqual(["added", "given"]);
		expect(await query(second?.url ?? "", "select name from thing")).toEqual(["given"]);
		await Promise.all([template, ...copies].map(({ drop }) => drop()));
	});

	test("waits for a session that is just leaving the template", async () => {
		const template = await createDatabase(server.url);
		const last = new pg.Client(template.url);
		await last.connect();
		const copying = createDatabase(server.url, { template: template.name });
		setTimeout(() => last.end(), 300);
		const copy = await copying;
		await Promise.all([copy.drop(), template.drop()]);
	});

	test("drops a database that somebody is still connected to", async () => {
		const { url, name, drop } = await createDatabase(server.url);
		const { disconnected } = await stay(url);
		await drop();
		await disconnected;
		expect(
			await query(server.url, `select count(*)::int from pg_database where datname = '${name}'`),
		).toEqual([0]);
	});

	test("drops nothing that it did not name", async () => {
		await expect(dropDatabase(server.url, "postgres")).rejects.toThrow(/not a database of the tests/);
	});
});
