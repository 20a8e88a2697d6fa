import { readdirSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

const root = fileURLToPath(new URL(".", import.meta.url)).replace(/\/$/, "");

const notTests = ["**/node_modules/**", "e2e/**", ".next/**", ".data/**", ".test/**"];

const pureTests = ["lib/contract/**/*.test.ts", "lib/rules/**/*.test.ts", "components/**/*.test.{ts,tsx}"];

/** Whatever opens a test database has to hold on both: found by what it imports, so that none is forgotten. */
function testsWithDatabase(): string[] {
	const files = ["server", "local", "scripts"].flatMap((folder) =>
		readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).map((file) => join(folder, file)),
	);
	const opensDatabase = (file: string) =>
		/from "@\/test\/(?:api|database|server-process)"/.test(readFileSync(join(root, file), "utf8"));
	return files.filter((file) => file.endsWith(".test.ts") && opensDatabase(file));
}

/** Begins with what takes longest: begun last, one such file keeps a single core busy at the end. */
class LongestFirst extends BaseSequencer {
	override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
		const isLong = ({ moduleId }: TestSpecification) => /server\/(crash|many-servers)\./.test(moduleId);
		const sorted = await super.sort(files);
		return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
	}
}

export default defineConfig({
	resolve: {
		alias: {
			"@": root,
			// The marker throws wherever React's server build is not in force, and a unit test is such a place.
			"server-only": fileURLToPath(new URL("node_modules/server-only/empty.js", import.meta.url)),
		},
	},
	test: {
		exclude: notTests,
		setupFiles: ["test/noise-fails.ts"],
		sequence: { sequencer: LongestFirst },
		// Vitest leaves a core to itself, and half of two is a lot.
		maxWorkers: Math.max(2, availableParallelism()),
		// PGlite is compiled anew for each test file; done thoroughly, that costs more than its faster code gives back.
		execArgv: ["--liftoff-only"],
		testTimeout: 20_000,
		hookTimeout: 60_000,
		globalSetup: ["test/global-bundles.ts"],
		projects: [
			{
				extends: true,
				test: {
					name: "pure",
					include: pureTests,
					exclude: notTests,
					// Here and below files share a process: to load the server anew for each takes longer than most tests.
					isolate: false,
				},
			},
			{
				extends: true,
				test: {
					name: "pglite",
					isolate: false,
					include: ["**/*.test.ts"],
					exclude: [...notTests, ...pureTests, "**/*.postgres.test.ts"],
					globalSetup: ["test/global-keys.ts", "test/migrated-database.ts"],
					provide: { postgres: null },
				},
			},
			{
				extends: true,
				test: {
					name: "postgresql",
					isolate: false,
					include: testsWithDatabase(),
					globalSetup: ["test/global-keys.ts", "test/migrated-database.ts", "test/global-postgres.ts"],
				},
			},
		],
	},
});
