import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { startChild } from "@/test/child";
import { putDatabase } from "@/test/data-dir";
import type { Connection } from "../db/database";
import { openPglite } from "../db/pglite";
import { statement } from "../db/statement";
import { ensureTenant } from "../tenants/ensure";
import { createAnchors } from "./anchors";
import { appendAuditEntry } from "./append";
import { loadSigningKey } from "./load-signing-key";
import { verifyProgram } from "./verify-program";

const clock = () => new Date("2026-11-22T10:00:00.000Z");
const silent = { info: () => undefined, error: () => undefined };

// Every look opens a database of its own, which takes seconds where others use the machine too.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let folder: string;
let dataDir: string;
beforeAll(async () => {
	folder = await mkdtemp(join(tmpdir(), "countersign-verify-"));
	dataDir = join(folder, "data");
	await putDatabase(dataDir);
	const connection = await openPglite(dataDir);
	await fill(connection, await loadSigningKey(dataDir));
	await connection.close();
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Three entries of one tenant, signed. */
async function fill({ db }: Connection, key: KeyObject): Promise<void> {
	const anchors = createAnchors({ file: join(dataDir, "audit", "heads.jsonl"), key, clock, log: silent });
	db.auditHeadListeners.add(anchors.note);
	const tenantId = await db.asOwner((tx) => ensureTenant(tx, clock, "org_audit"));
	for (const name of ["A", "B", "C"]) {
		await db.inTenant(tenantId, (tx) =>
			appendAuditEntry(tx, {
				tenantId,
				event: "project.created",
				actor: { type: "user", id: "user_a" },
				resourceId: null,
				metadata: { name },
				at: clock(),
			}),
		);
	}
	await anchors.close();
}

/** A copy of the data folder for a test that changes it. */
async function copy(): Promise<string> {
	const place = await mkdtemp(join(folder, "copy-"));
	await cp(dataDir, place, { recursive: true });
	return place;
}

async function change(place: string, sql: string): Promise<void> {
	const connection = await openPglite(place);
	await connection.db.asOwner((tx) => tx.query(statement(sql), []));
	await connection.close();
}

async function verify(args: string[] = [], env: Record<string, string> = {}) {
	let out = "";
	let err = "";
	const code = await verifyProgram({
		args,
		variables: { COUNTERSIGN_DATA_DIR: dataDir, ...env },
		say: (text) => {
			out += text;
		},
		complain: (text) => {
			err += text;
		},
	});
	return { code, out, err };
}

async function asProcess(args: string[], place: string) {
	const child = startChild("server/audit/verify-main.ts", args, { COUNTERSIGN_DATA_DIR: place });
	const code = await child.ended;
	return { code, out: child.stdout(), err: child.stderr() };
}

describe("npm run audit:verify", () => {
	test("says that a whole log is whole, and exits with 0", async () => {
		expect(await asProcess([], dataDir)).toEqual({
			code: 0,
			out: "Checked 3 audit entries, 1 tenant, 0 decisions and 1 signed head.\nThe audit log is whole.\n",
			err: "",
		});
		const { code, out } = await verify(["--json"]);
		expect([code, JSON.parse(out)]).toMatchObject([0, { whole: true, checked: { entries: 3 } }]);
	});

	test("names the first bad entry, and exits with 1", async () => {
		const place = await copy();
		await change(place, "update audit_entries set actor_id = 'user_b' where sequence = 2");
		const { code, out, err } = await asProcess([], place);
		expect([code, err]).toEqual([1, ""]);
		expect(out).toMatch(/\n {2}tenant [0-9a-f-]{36}, first bad entry: entry 2 \([0-9a-f-]{36}\)\n/);
		expect(out).toContain("changed: was changed: its hash does not follow from what it says");
		expect(out).not.toContain("user_b");
		const json = await verify(["--json"], { COUNTERSIGN_DATA_DIR: place });
		expect([json.code, JSON.parse(json.out)]).toMatchObject([
			1,
			{ whole: false, problems: [{ sequence: 2 }] },
		]);
	});

	test("takes the public key and the heads from where it is told", async () => {
		const [heads, key] = [join(folder, "other.jsonl"), join(folder, "other.pem")];
		await cp(join(dataDir, "audit", "heads.jsonl"), heads);
		await cp(join(dataDir, "audit", "public-key.pem"), key);
		const place = await copy();
		await rm(join(place, "audit"), { recursive: true });
		const env = { COUNTERSIGN_DATA_DIR: place };
		expect(await verify(["--heads", heads, "--public-key", key], env)).toMatchObject({ code: 0 });
		expect(await verify(["--public-key", key], { ...env, COUNTERSIGN_AUDIT_HEADS: heads })).toMatchObject({
			code: 0,
		});
		const other = generateKeyPairSync("ed25519").publicKey.export({ type: "spki", format: "pem" }).toString();
		await writeFile(key, other);
		const wrong = await verify(["--heads", heads, "--public-key", key], env);
		expect([wrong.code, wrong.out]).toEqual([1, expect.stringContaining("is signed with another key")]);
		await writeFile(key, other + (await readFile(join(dataDir, "audit", "public-key.pem"), "utf8")));
		expect(await verify(["--heads", heads, "--public-key", key], env)).toMatchObject({ code: 0 });
	});

	test("lets no key that lies beside the heads count when the environment names one", async () => {
		const pem = await readFile(join(dataDir, "audit", "signing-key.pem"), "utf8");
		expect(await verify([], { COUNTERSIGN_AUDIT_KEY: pem })).toMatchObject({ code: 0 });
		const other = generateKeyPairSync("ed25519").privateKey.export({ type: "pkcs8", format: "pem" });
		expect(await verify([], { COUNTERSIGN_AUDIT_KEY: other.toString() })).toMatchObject({ code: 1 });
	});

	test("misses the signed heads when they are gone, unless it is told to leave them out", async () => {
		const place = await copy();
		await rm(join(place, "audit"), { recursive: true });
		const env = { COUNTERSIGN_DATA_DIR: place };
		const missed = await verify([], env);
		expect([missed.code, missed.out]).toEqual([
			1,
			expect.stringContaining("there is no file of signed heads"),
		]);
		expect(await verify(["--without-heads"], env)).toMatchObject({
			code: 0,
			out: "Checked 3 audit entries, 1 tenant, 0 decisions and no signed heads (--without-heads).\nThe audit log is whole.\n",
		});
	});

	test("says in a sentence why it could not look, and exits with 2", async () => {
		const empty = await mkdtemp(join(folder, "empty-"));
		const key = join(folder, "no-key.pem");
		await writeFile(key, "x");
		const cases: [string[], Record<string, string>, string][] = [
			[["--headz"], {}, "Usage: npm run audit:verify -- "],
			[["more"], {}, "Usage: npm run audit:verify -- "],
			[["--heads", join(folder, "absent")], {}, "There is no file "],
			[["--heads", folder], {}, `${folder} is not a file.`],
			[["--public-key", key], {}, "is not a file of Ed25519 public keys in PEM."],
			[
				["--public-key", join(folder, "absent")],
				{},
				"cannot be read: name the right file with --public-key.",
			],
			[[], { COUNTERSIGN_DATA_DIR: empty }, `There is no database in ${empty}: check COUNTERSIGN_DATA_DIR.`],
			[[], { DATABASE_URL: "mysql://x" }, "DATABASE_URL must be a postgresql:// URL"],
			[[], { COUNTERSIGN_AUDIT_KEY: "x" }, "COUNTERSIGN_AUDIT_KEY must be an Ed25519 private key in PEM"],
			[
				["--without-heads"],
				{ DATABASE_URL: "postgresql://user:word@127.0.0.1:1/none" },
				"The database at 127.0.0.1:1/none cannot be reached (ECONNREFUSED)",
			],
		];
		for (const [args, env, sentence] of cases) {
			const { code, out, err } = await verify(args, env);
			expect([code, out, err]).toEqual([2, "", expect.stringContaining(sentence)]);
			expect(err.trim().split("\n")).toHaveLength(1);
			expect(err).not.toContain("word");
		}
	});

	test("says that the server has to be stopped first, and exits with 2", async () => {
		const connection = await openPglite(dataDir);
		const { code, err } = await asProcess([], dataDir);
		await connection.close();
		expect([code, err]).toEqual([2, expect.stringContaining("is open in another process")]);
		expect(err).toContain("stop that one");
	});
});
