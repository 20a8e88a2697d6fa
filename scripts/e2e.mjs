import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { findBrowser } from "./find-browser.mjs";
import { findFreePorts } from "./free-ports.mjs";
import { ensureInstalled, requireNode } from "./install.mjs";

/**
 * Runs the browser tests on a stack of their own: free ports, a database that is thrown away. Arguments
 * are Playwright's: `npm run e2e -- review.spec.ts`.
 */
requireNode();
ensureInstalled();
const [port, apiPort, clerkPort, executorPort] = await findFreePorts(4);
const data = mkdtempSync(join(tmpdir(), "countersign-e2e-"));
const fillRows = fileURLToPath(new URL("../e2e/fill-rows.ts", import.meta.url));
const filled = spawnSync(process.execPath, ["--import", "tsx", fillRows, data], { stdio: "inherit" });
if (filled.status !== 0) process.exit(filled.status ?? 1);
const playwright = fileURLToPath(new URL("../node_modules/@playwright/test/cli.js", import.meta.url));
const child = spawn(process.execPath, [playwright, "test", ...process.argv.slice(2)], {
	stdio: "inherit",
	env: {
		...process.env,
		// The stack of the tests signs in by itself, whatever keys this machine has.
		CLERK_SECRET_KEY: "",
		NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY: "",
		COUNTERSIGN_API_URL: "",
		COUNTERSIGN_ORIGIN: "",
		COUNTERSIGN_BROWSER: await findBrowser(),
		COUNTERSIGN_DATA_DIR: data,
		PORT: String(port),
		API_PORT: String(apiPort),
		CLERK_PORT: String(clerkPort),
		E2E_EXECUTOR_PORT: String(executorPort),
	},
});
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => child.kill(signal));
child.once("close", (code) => {
	rmSync(data, { recursive: true, force: true });
	process.exit(code ?? 1);
});
