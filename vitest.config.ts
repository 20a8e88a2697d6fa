import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

export default defineConfig({
	resolve: {
		alias: {
			"@": fileURLToPath(new URL(".", import.meta.url)).replace(/\/$/, ""),
			// The marker throws wherever React's server build is not in force, and a unit test is such a place.
			"server-only": fileURLToPath(new URL("node_modules/server-only/empty.js", import.meta.url)),
		},
	},
	test: {
		include: ["**/*.test.ts", "**/*.test.tsx"],
		exclude: ["**/node_modules/**", "e2e/**", ".next/**", ".data/**", ".test/**"],
		globalSetup: ["test/migrated-database.ts"],
		setupFiles: ["test/noise-fails.ts"],
		testTimeout: 20_000,
		hookTimeout: 30_000,
	},
});
