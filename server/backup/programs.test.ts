import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { seedSampleData } from "@/local/data/seed";
import { startChild } from "@/test/child";
import { putDatabase } from "@/test/data-dir";
import { createDatabase, startPostgres } from "@/test/postgres";
import { systemClock } from "../clock";
import { connect } from "../db/connect";
import { statement } from "../db/statement";
import { ensureTenant } from "../tenants/ensure";

let folder: string;
let dataDir: string;
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), "countersign-backup-"));
	dataDir = join(folder, "data");
	await putDatabase(dataDir);
	const connection = await connect({ dataDir, postgres: null });
	await seedSampleData(connection.db, systemClock);
	await connection.close();
}, 60_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

async function run(program: "backup" | "restore", args: string[], env: Record<string, string> = {}) {
	const child = startChild(`server/backup/run-${program}.ts`, args, {
		COUNTERSIGN_DATA_DIR: dataDir,
		DATABASE_URL: "",
		...env,
	});
	return { code: await child.ended, stdout: child.stdout(), stderr: child.stderr() };
}

test("a backup goes into the data folder by itself, and from there into an empty one", async () => {
	const made = await run("backup", []);
	expect(made).toMatchObject({ code: 0, stderr: "" });
	const [name = "", ...more] = await readdir(join(dataDir, "backups"));
	expect(more).toEqual([]);
	expect(name).toMatch(/^countersign-\d{8}T\d{6}Z\.jsonl\.gz$/);
	const file = join(dataDir, "backups", name);
	expect((await stat(file)).mode & 0o777).toBe(0o600);
	expect(made.stdout).toMatch(/^ {2}deployments +\d+$/m);
	expect(made.stdout).toMatch(/^Wrote \/.*\.jsonl\.gz \([\d,]+ bytes\) from .* in [\d.]+ s\.$/m);
	expect(await readdir(join(dataDir, "database.lock"))).toEqual([]);

	const empty = { COUNTERSIGN_DATA_DIR: join(folder, "restored") };
	await putDatabase(empty.COUNTERSIGN_DATA_DIR);
	const restored = await run("restore", [file], empty);
	expect(restored).toMatchObject({ code: 0, stderr: "" });
	expect(restored.stdout).toMatch(/^Restored the backup of .* into .* in [\d.]+ s\.$/m);
	expect(tableLines(restored.stdout)).toEqual(tableLines(made.stdout));
	const again = await run("restore", [file], empty);
	expect(again).toMatchObject({ code: 1, stdout: "" });
	expect(again.stderr).toMatch(/^The database is not empty .*\.\n$/);
}, 120_000);

function tableLines(text: string): string[] {
	return text.split("\n").filter((line) => line.startsWith("  "));
}

test("a file that is named is taken from where the person stands, and one that is there stays", async () => {
	const env = { INIT_CWD: folder };
	expect(await run("backup", ["mine.jsonl.gz"], env)).toMatchObject({ code: 0, stderr: "" });
	const before = await readFile(join(folder, "mine.jsonl.gz"));
	const again = await run("backup", ["mine.jsonl.gz"], env);
	expect([again.code, again.stderr]).toEqual([
		1,
		`${join(folder, "mine.jsonl.gz")} is there already, and a backup never takes the place of another file.\n`,
	]);
	expect(await readFile(join(folder, "mine.jsonl.gz"))).toEqual(before);
}, 120_000);

test("a broken file is refused with 1, before a database is made for it", async () => {
	const file = join(folder, "broken.jsonl.gz");
	await writeFile(file, "nothing of the kind");
	const target = join(folder, "never");
	const { code, stdout, stderr } = await run("restore", [file], { COUNTERSIGN_DATA_DIR: target });
	expect([code, stdout, stderr]).toEqual([
		1,
		"",
		`${file} cannot be restored: it is damaged, or not a gzip file.\n`,
	]);
	await expect(stat(target)).rejects.toThrow("ENOENT");
}, 60_000);

test("a folder without a database has no backup made of it", async () => {
	const { code, stderr } = await run("backup", [], { COUNTERSIGN_DATA_DIR: join(folder, "wrong") });
	expect([code, stderr]).toEqual([
		1,
		`There is no database in ${join(folder, "wrong")}: check COUNTERSIGN_DATA_DIR.\n`,
	]);
	await expect(stat(join(folder, "wrong"))).rejects.toThrow("ENOENT");
}, 60_000);

test("a database that a server has open is left to it, with 2", async () => {
	const open = join(folder, "open");
	const connection = await connect({ dataDir: open, postgres: null });
	await connection.db.asOwner((tx) => ensureTenant(tx, systemClock, "org_a"));
	const { code, stdout, stderr } = await run("backup", [], { COUNTERSIGN_DATA_DIR: open });
	await connection.close();
	expect([code, stdout]).toEqual([2, ""]);
	expect(stderr).toMatch(
		new RegExp(
			`^The database in .* is open in another process \\(pid ${process.pid}\\): stop that one.*\\n$`,
		),
	);
}, 120_000);

test.each<["backup" | "restore", string[], Record<string, string>, string]>([
	["backup", ["a", "b"], {}, "Usage: npm run db:backup -- [file]"],
	["backup", ["--help"], {}, "Usage: npm run db:backup -- [file]"],
	["restore", [], {}, "Usage: npm run db:restore -- <file>"],
	["restore", ["a", "b"], {}, "Usage: npm run db:restore -- <file>"],
	[
		"backup",
		[],
		{ DATABASE_URL: "mysql://a.test" },
		"The database cannot be opened: DATABASE_URL must be a postgresql:// URL.",
	],
	[
		"backup",
		[],
		{ DATABASE_URL: "postgresql://a:canary@127.0.0.1:1/b" },
		"The database at 127.0.0.1:1/b cannot be reached (ECONNREFUSED): check DATABASE_URL and that the server is running.",
	],
])(
	"%s %j says in one sentence what is wrong with the call, with 2",
	async (program, args, env, sentence) => {
		expect(await run(program, args, env)).toEqual({ code: 2, stdout: "", stderr: `${sentence}\n` });
	},
	60_000,
);

test("told to stop while it waits for a lock, it ends within seconds, with 1, and leaves nothing behind", async () => {
	const postgres = await startPostgres();
	const { url, drop } = await createDatabase(postgres.url);
	const connection = await connect({ dataDir, postgres: { url, poolSize: 1 } });
	const file = join(folder, "stopped", "backup.jsonl.gz");
	let child: ReturnType<typeof startChild> | undefined;
	await connection.db.asOwner(async (tx) => {
		await tx.query(statement("lock table tenants in access exclusive mode"), []);
		child = startChild("server/backup/run-backup.ts", [file], { DATABASE_URL: url });
		const waiting = statement("select count(*)::int as waiting from pg_locks where not granted");
		await vi.waitFor(async () => expect(await tx.query(waiting, [])).toEqual([{ waiting: 1 }]), {
			timeout: 30_000,
			interval: 100,
		});
		child.process.kill("SIGTERM");
		expect(await child.ended).toBe(1);
	});
	expect([child?.stdout(), child?.stderr()]).toEqual(["", "Stopped; nothing was changed.\n"]);
	expect(await readdir(join(folder, "stopped"))).toEqual([]);
	await connection.close();
	await drop();
	await postgres.stop();
}, 90_000);
