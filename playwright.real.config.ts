import { join } from "node:path";
import { defineConfig } from "@playwright/test";
import { readRunSettings } from "./e2e/real/run-settings";
import { browserArguments, findBrowser } from "./scripts/find-browser.mjs";

const { origin, folder } = readRunSettings();
const storageState = join(folder, "signed-in.json");

/** `npm run test:real` starts the stack and this; nothing that it writes lands in the repository. */
export default defineConfig({
	testDir: "e2e/real",
	outputDir: join(folder, "results"),
	reporter: [["list"], ["json", { outputFile: join(folder, "results.json") }]],
	fullyParallel: true,
	workers: 2,
	timeout: 90_000,
	expect: { timeout: 30_000 },
	use: {
		baseURL: origin,
		launchOptions: { executablePath: await findBrowser(), args: browserArguments() },
		viewport: { width: 1440, height: 900 },
	},
	projects: [
		{ name: "sign-in", testMatch: "sign-in.setup.ts" },
		{ name: "records", testMatch: "records.spec.ts", dependencies: ["sign-in"], use: { storageState } },
	],
});
