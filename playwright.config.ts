import { defineConfig, devices } from "@playwright/test";
import { browserArguments } from "./scripts/find-browser.mjs";

/** The ports and the folder come from `scripts/e2e.mjs`, which looks for free ones. */
const port = Number(process.env.PORT ?? 3100);
const executorPort = Number(process.env.E2E_EXECUTOR_PORT ?? port + 3);
const origin = `http://localhost:${port}`;

export default defineConfig({
	testDir: "e2e",
	testIgnore: "real/**",
	outputDir: ".test/results",
	fullyParallel: true,
	workers: 2,
	timeout: 60_000,
	expect: { timeout: 10_000 },
	forbidOnly: Boolean(process.env.CI),
	reporter: [["list"], ["json", { outputFile: ".test/e2e.json" }]],
	use: {
		baseURL: origin,
		screenshot: "only-on-failure",
		launchOptions: {
			...(process.env.COUNTERSIGN_BROWSER ? { executablePath: process.env.COUNTERSIGN_BROWSER } : {}),
			args: browserArguments(),
		},
	},
	projects: [
		{ name: "sign-in", testMatch: "sign-in.setup.ts" },
		{
			name: "desktop",
			testMatch: "*.spec.ts",
			dependencies: ["sign-in"],
			use: { ...devices["Desktop Chrome"], viewport: { width: 1440, height: 900 } },
		},
	],
	webServer: [
		{
			command: "node --import tsx e2e/stand-ins/executor.ts",
			url: `http://127.0.0.1:${executorPort}/health`,
			env: { E2E_EXECUTOR_PORT: String(executorPort) },
		},
		{
			command: "node scripts/start.mjs",
			url: `${origin}/sign-in`,
			timeout: 300_000,
			gracefulShutdown: { signal: "SIGTERM", timeout: 20_000 },
			env: {
				PORT: String(port),
				API_PORT: process.env.API_PORT ?? String(port + 1),
				CLERK_PORT: process.env.CLERK_PORT ?? String(port + 2),
				COUNTERSIGN_DATA_DIR: process.env.COUNTERSIGN_DATA_DIR ?? ".test/data",
				COUNTERSIGN_EXECUTOR_ALLOW_PRIVATE: "1",
				COUNTERSIGN_EXECUTOR_WEBHOOK_URL: `http://127.0.0.1:${executorPort}/run`,
				COUNTERSIGN_EXECUTOR_WEBHOOK_SECRET: "whsec_ZTJlLW9ubHktc2VjcmV0LWZvci10ZXN0cw==",
			},
		},
	],
});
