import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { startChild } from "./child";

const folder = mkdtempSync(join(tmpdir(), "countersign-stack-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch {
		return false;
	}
}

async function until(condition: () => boolean): Promise<void> {
	const deadline = Date.now() + 10_000;
	while (!condition()) {
		if (Date.now() > deadline) throw new Error("waited ten seconds in vain");
		await new Promise((resolve) => setTimeout(resolve, 50));
	}
}

function runStart(environment: Record<string, string>): Promise<{ code: number | null; output: string }> {
	return new Promise((resolve) => {
		const child = spawn(process.execPath, ["scripts/start.mjs"], {
			env: { ...process.env, COUNTERSIGN_DATA_DIR: folder, ...environment },
		});
		let output = "";
		for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += chunk));
		child.once("close", (code) => resolve({ code, output }));
	});
}

describe("npm start", () => {
	test("says in one sentence which port is taken and what to do, and starts nothing", async () => {
		const blocker = createServer();
		await new Promise<void>((resolve) => blocker.listen(0, "127.0.0.1", resolve));
		const address = blocker.address();
		const port = typeof address === "object" && address !== null ? address.port : 0;
		const { code, output } = await runStart({ PORT: String(port) });
		blocker.close();
		expect(output).toContain(`Port ${port} is taken. Stop what uses it, or choose another one: PORT=`);
		expect(output).not.toContain("Building");
		expect(code).toBe(1);
	});

	test("says which Node.js it needs when it is started on another one", async () => {
		const pretend = `Object.defineProperty(process, "versions", { value: { node: "18.20.0" } }); import("./scripts/start.mjs")`;
		const child = spawn(process.execPath, ["--input-type=module", "-e", pretend]);
		let output = "";
		child.stderr.on("data", (chunk) => (output += chunk));
		const code = await new Promise((resolve) => child.once("close", resolve));
		expect(output.trim()).toBe(
			"Countersign needs Node.js 20.19, 22.12 or 24 and later; this is 18.20.0. Install one of them and run the command again.",
		);
		expect(code).toBe(1);
	});

	test("says which of Clerk's two keys is missing", async () => {
		const { code, output } = await runStart({ CLERK_SECRET_KEY: "sk_test_x" });
		expect(output).toContain("NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY is missing");
		expect(code).toBe(1);
	});
});

describe("startChild", () => {
	const options = (code: string) => ({
		name: "Test program",
		command: ["--import", "./local/stack/exit-with-parent.mjs", "-e", code],
		cwd: process.cwd(),
		environment: process.env,
		logFolder: folder,
	});

	test("stops a program that does not want to, and keeps its output", async () => {
		const unexpected: string[] = [];
		const child = startChild({
			...options(
				'process.on("SIGINT", () => {}); console.log("pid", process.pid); setInterval(() => {}, 1000)',
			),
			onUnexpectedExit: (sentence) => unexpected.push(sentence),
		});
		const log = () => {
			try {
				return readFileSync(join(folder, "test-program.log"), "utf8");
			} catch {
				return "";
			}
		};
		await until(() => /pid \d+/.test(log()));
		const pid = Number(/pid (\d+)/.exec(log())?.[1]);
		expect(isAlive(pid)).toBe(true);
		await child.stop();
		expect(isAlive(pid)).toBe(false);
		expect(unexpected).toEqual([]);
	});

	test("reports a program that ends by itself, with its last words", async () => {
		const sentence = await new Promise<string>((resolve) => {
			startChild({ ...options('console.error("no room left"); process.exit(3)'), onUnexpectedExit: resolve });
		});
		expect(sentence).toContain("ended by itself (exit code 3)");
		expect(sentence).toContain("no room left");
	});

	test("a killed parent leaves no child behind", async () => {
		const script = join(folder, "parent.ts");
		writeFileSync(
			script,
			`import { startChild } from ${JSON.stringify(join(process.cwd(), "local/stack/child.ts"))};
			startChild({
				name: "orphan", cwd: process.cwd(), environment: process.env, logFolder: ${JSON.stringify(folder)},
				command: ["--import", "./local/stack/exit-with-parent.mjs", "-e",
					"console.log('pid', process.pid); setInterval(() => {}, 1000)"],
				onUnexpectedExit: () => {},
			});`,
		);
		const parent = spawn(process.execPath, ["--import", "tsx", script], { cwd: process.cwd() });
		const log = () => {
			try {
				return readFileSync(join(folder, "orphan.log"), "utf8");
			} catch {
				return "";
			}
		};
		await until(() => /pid \d+/.test(log()));
		const pid = Number(/pid (\d+)/.exec(log())?.[1]);
		parent.kill("SIGKILL");
		await until(() => !isAlive(pid));
		expect(isAlive(pid)).toBe(false);
	});
});
