import { generateKeyPairSync } from "node:crypto";
import { appendFile, mkdir, mkdtemp, readFile, rm, stat, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openTestApi, type TestApi } from "@/test/api";
import { openTestLog, type TestLog, tenantWithLog } from "@/test/audit-log";
import type { Log } from "../log";
import { type Anchors, createAnchors } from "./anchors";
import { loadSigningKey } from "./load-signing-key";
import { isSignedBy, parseSignedLine, type SignedHead } from "./signed-head";
import { publicKeysOf, readPublicKeys, readSigningKey } from "./signing-key";

const key = generateKeyPairSync("ed25519").privateKey;
const clock = () => new Date("2026-11-22T10:00:00.000Z");
const tenantIds = Array.from({ length: 5 }, (_, n) => `00000000-0000-4000-8000-00000000000${n}`);
const [tenantId = ""] = tenantIds;
const hashOf = (sequence: number) => sequence.toString(16).padStart(64, "0");

let folder: string;
let file: string;
let logged: { level: string; event: string; fields?: Record<string, unknown> }[];
let log: Log;
const open: Anchors[] = [];
beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), "countersign-anchors-"));
	file = join(folder, "audit", "heads.jsonl");
	logged = [];
	log = {
		info: (event, fields) => logged.push({ level: "info", event, fields }),
		error: (event, fields) => logged.push({ level: "error", event, fields }),
	};
});
afterEach(async () => {
	for (const anchors of open.splice(0)) await anchors.close();
	await rm(folder, { recursive: true, force: true });
});

function start(): Anchors {
	const anchors = createAnchors({ file, key, clock, log });
	open.push(anchors);
	return anchors;
}

const head = (sequence: number, tenant = tenantId) => ({
	tenantId: tenant,
	sequence,
	hash: hashOf(sequence),
});

async function lines(): Promise<SignedHead[]> {
	const all = (await readFile(file, "utf8")).split("\n");
	expect(all.pop()).toBe("");
	return all.map((text) => {
		const line = parseSignedLine(text);
		if (line === null) throw new Error(`Not a signed head: ${text}`);
		expect(isSignedBy(publicKeysOf(key), line)).toBe(true);
		return line;
	});
}

describe("a head that is noted", () => {
	test("is signed and in the file within 200 ms, without anything more to do", async () => {
		const anchors = start();
		anchors.note(head(1));
		await anchors.flush();
		for (let sequence = 2; sequence < 12; sequence += 1) {
			const begin = performance.now();
			anchors.note(head(sequence));
			// What is slow is this machine, not the server: the timer is what is looked at.
			while ((await lines()).at(-1)?.sequence !== sequence) {
				if (performance.now() - begin > 2_000) expect.unreachable();
				await sleep(5);
			}
		}
		expect((await lines())[0]).toEqual({
			v: 1,
			tenant_id: tenantId,
			sequence: 1,
			hash: hashOf(1),
			at: "2026-11-22T10:00:00.000Z",
			key_id: [...publicKeysOf(key).keys()][0],
			signature: expect.stringMatching(/^[A-Za-z0-9+/]{86}==$/),
		});
	});

	test("stands for all before it: the newest of each tenant is signed, in whatever order they are told", async () => {
		const anchors = start();
		for (const tenant of tenantIds) for (const sequence of [1, 3, 2]) anchors.note(head(sequence, tenant));
		await anchors.flush();
		anchors.note(head(2));
		await anchors.flush();
		expect((await lines()).map(({ tenant_id, sequence }) => [tenant_id, sequence])).toEqual(
			tenantIds.map((tenant) => [tenant, 3]),
		);
	});

	test("is never torn by another: many at once, of two servers with one file", async () => {
		const servers = [start(), start()];
		for (let sequence = 1; sequence <= 200; sequence += 1) {
			for (const [number, anchors] of servers.entries()) {
				for (const tenant of tenantIds) anchors.note(head(2 * sequence + number, tenant));
				void anchors.flush();
			}
			if (sequence % 10 === 0) await sleep(1);
		}
		for (const anchors of servers) await anchors.close();
		const all = await lines();
		expect(all.length).toBeGreaterThan(20);
		for (const tenant of tenantIds) {
			const own = all.filter(({ tenant_id }) => tenant_id === tenant).map(({ sequence }) => sequence);
			expect(Math.max(...own)).toBe(401);
		}
	});

	test("is written by close, and none is after it", async () => {
		const anchors = start();
		anchors.note(head(1));
		await anchors.close();
		anchors.note(head(2));
		await sleep(250);
		expect((await lines()).map(({ sequence }) => sequence)).toEqual([1]);
	});
});

describe("a disk that fails", () => {
	test("is said once, seen in isHealthy, and tried again until all is there", async () => {
		// A folder that is a file cannot take one.
		await writeFile(join(folder, "audit"), "");
		const anchors = start();
		for (const sequence of [1, 2]) {
			anchors.note(head(sequence));
			await anchors.flush();
			expect(anchors.isHealthy()).toBe(false);
		}
		expect(logged).toEqual([
			{ level: "error", event: "audit_heads_not_written", fields: { file, error: expect.anything() } },
		]);
		await rm(join(folder, "audit"));
		const begin = Date.now();
		while (!anchors.isHealthy() && Date.now() - begin < 5_000) await sleep(20);
		expect((await lines()).map(({ sequence }) => sequence)).toEqual([2]);
		expect(logged.at(-1)).toMatchObject({ level: "info", event: "audit_heads_are_written_again" });
	});

	test("does not keep a server from starting, nor from stopping", async () => {
		await mkdir(file, { recursive: true });
		const api = await openTestApi();
		const tenant = await api.makeTenant();
		await api.ask("POST", "/v1/projects", { as: tenant.owner, body: { name: "A" } });
		const anchors = start();
		await anchors.anchorAll(api.db);
		expect(anchors.isHealthy()).toBe(false);
		await anchors.close();
		await api.close();
	});
});

describe("after a kill", () => {
	let api: TestApi;
	let testLog: TestLog;
	beforeAll(async () => {
		api = await openTestApi();
		testLog = await openTestLog(api);
	});
	afterAll(async () => {
		await testLog.close();
		await api.close();
	});

	test("what was not signed is found, and signed at the next start; what was signed is not signed again", async () => {
		const tenant = await tenantWithLog(api, testLog, ["approve", "reject"]);
		const quiet = await tenantWithLog(api, testLog, ["project"]);
		// Told to nobody, as by a server that ended right after the commit.
		api.db.auditHeadListeners.clear();
		await api.ask("POST", "/v1/control/killswitch/enable", { as: tenant.owner });
		expect((await testLog.verify()).problems).toMatchObject([
			{ tenant_id: tenant.id, sequence: 3, fault: "not signed" },
		]);
		const next = createAnchors({ file: testLog.file, key: testLog.key, clock, log });
		await next.anchorAll(api.db);
		expect(await testLog.verify()).toMatchObject({ whole: true, checked: { signed_heads: 4 } });
		await next.anchorAll(api.db);
		await next.close();
		const written = (await readFile(testLog.file, "utf8")).trim().split("\n").map(parseSignedLine);
		expect(written.map((line) => [line?.tenant_id, line?.sequence])).toEqual([
			[tenant.id, 1],
			[tenant.id, 2],
			[quiet.id, 1],
			[tenant.id, 3],
		]);
		expect(logged.filter(({ level }) => level === "error")).toEqual([]);
	});

	test("a line that was cut off is a note, and costs no other line", async () => {
		const before = await readFile(testLog.file, "utf8");
		const torn = before.slice(0, before.indexOf("\n") - 40);
		await appendFile(testLog.file, torn);
		expect(await testLog.verify()).toMatchObject({
			whole: true,
			notes: ["The last line of the signed heads was cut off while it was written; nothing depends on it."],
			checked: { signed_heads: 4 },
		});
		api.db.auditHeadListeners.add(testLog.anchors.note);
		await tenantWithLog(api, testLog, ["project"]);
		expect(await testLog.verify()).toMatchObject({
			whole: true,
			notes: ["Line 5 of the signed heads was cut off while it was written; nothing depends on it."],
		});
		await writeFile(testLog.file, before);
	});

	test("a log that is shorter than what was signed, or another one, is said at the start", async () => {
		const short = await tenantWithLog(api, testLog, []);
		const anchors = createAnchors({ file: testLog.file, key: testLog.key, clock, log });
		anchors.note({ tenantId: short.id, sequence: 7, hash: hashOf(7) });
		await anchors.flush();
		await api.ask("POST", "/v1/projects", { as: short.owner, body: { name: "A" } });
		await anchors.anchorAll(api.db);
		await anchors.close();
		expect(logged).toContainEqual({
			level: "error",
			event: "audit_log_is_not_what_was_signed",
			fields: { tenant_id: short.id, sequence: 1, signed_sequence: 7 },
		});
	});
});

describe("the file of signed heads", () => {
	let api: TestApi;
	let testLog: TestLog;
	let original: string;
	beforeAll(async () => {
		api = await openTestApi();
		testLog = await openTestLog(api);
		await tenantWithLog(api, testLog, ["approve", "reject", "project"]);
		original = await readFile(testLog.file, "utf8");
	});
	afterAll(async () => {
		await testLog.close();
		await api.close();
	});
	afterEach(() => writeFile(testLog.file, original));

	test("shows every single-byte change of it", async () => {
		const bytes = Buffer.from(original);
		const missed: string[] = [];
		const end = original.indexOf("\n");
		for (let position = 0; position <= end; position += 1) {
			const changed = Buffer.from(bytes);
			changed[position] = changed[position] === 0x30 ? 0x31 : 0x30;
			await writeFile(testLog.file, changed);
			const { whole, problems } = await testLog.verify();
			if (whole || !problems.some(({ fault, line }) => fault === "bad line" && line === 1)) {
				missed.push(String(changed.subarray(position, position + 10)));
			}
		}
		expect(missed).toEqual([]);
	}, 60_000);

	test.each([
		["not JSON", "hello\n"],
		["without a signature", '{"v":1,"tenant_id":"00000000-0000-4000-8000-000000000000","sequence":1}\n'],
		["of endless length", `${"x".repeat(300_000)}\n`],
	])("shows a line that is %s, with its number", async (_, line) => {
		const [first = "", ...rest] = original.split("\n");
		await writeFile(testLog.file, `${first}\n${line}${rest.join("\n")}`);
		expect((await testLog.verify()).problems).toMatchObject([{ fault: "bad line", line: 2 }]);
	});

	test("shows a line of a tenant that is not there, and one of another key", async () => {
		const stranger = createAnchors({ file: testLog.file, key: testLog.key, clock, log });
		stranger.note(head(4));
		await stranger.close();
		expect((await testLog.verify()).problems).toMatchObject([
			{ fault: "cut tail", tenant_id: tenantId, line: 4 },
		]);
		await writeFile(testLog.file, original);
		const other = createAnchors({ file: testLog.file, key, clock, log });
		other.note(head(4));
		await other.close();
		expect((await testLog.verify()).problems).toMatchObject([{ fault: "bad line", line: 4 }]);
	});

	test("is missed when it is cut, and when it is gone", async () => {
		await truncate(testLog.file, original.lastIndexOf("\n", original.length - 2) + 1);
		expect((await testLog.verify()).problems).toMatchObject([{ fault: "not signed", sequence: 3 }]);
		await rm(testLog.file);
		expect((await testLog.verify()).problems).toMatchObject([{ fault: "not signed", tenant_id: null }]);
	});
});

describe("the signing key", () => {
	test("is made once, for its owner alone, also when ten servers start together", async () => {
		const keys = await Promise.all(Array.from({ length: 10 }, () => loadSigningKey(folder)));
		const pems = new Set(keys.map((one) => one.export({ type: "pkcs8", format: "pem" })));
		expect(pems.size).toBe(1);
		const privateFile = join(folder, "audit", "signing-key.pem");
		expect(await readFile(privateFile, "utf8")).toBe([...pems][0]);
		if (process.platform !== "win32") expect((await stat(privateFile)).mode & 0o777).toBe(0o600);
		const published = readPublicKeys(await readFile(join(folder, "audit", "public-key.pem"), "utf8"));
		const [first] = keys;
		if (first === undefined) return expect.unreachable();
		expect([...(published ?? [])].map(([id]) => id)).toEqual([...publicKeysOf(first).keys()]);
	});

	test("is never overwritten, and a start without the right one says what to do", async () => {
		const privateFile = join(folder, "audit", "signing-key.pem");
		await mkdir(join(folder, "audit"));
		await writeFile(privateFile, "nonsense");
		await expect(loadSigningKey(folder)).rejects.toThrow(
			`The key in ${privateFile} is not an Ed25519 private key in PEM: put the right one back, or set COUNTERSIGN_AUDIT_KEY.`,
		);
		expect(await readFile(privateFile, "utf8")).toBe("nonsense");
		await writeFile(join(folder, "plain"), "");
		await expect(loadSigningKey(join(folder, "plain"))).rejects.toThrow(/ENOTDIR|EEXIST/);
	});

	test("is read from a variable with its line breaks, without them and as \\n; another kind is refused", () => {
		const pem = key.export({ type: "pkcs8", format: "pem" }).toString();
		for (const spelling of [pem, pem.replaceAll("\n", "\\n"), pem.replaceAll("\n", "")]) {
			expect(readSigningKey(spelling)?.equals(key)).toBe(true);
		}
		const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
		expect(readSigningKey(rsa.export({ type: "pkcs8", format: "pem" }).toString())).toBeNull();
		expect(readSigningKey("x")).toBeNull();
		expect(readPublicKeys(pem)).toBeNull();
	});
});
