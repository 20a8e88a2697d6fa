import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build, type Plugin } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));
const entryPoints = [
	"local/clerk/main.ts",
	"local/clerk/print-token.ts",
	"scripts/import/main.ts",
	"server/main.ts",
	"server/audit/verify-main.ts",
	"server/backup/run-backup.ts",
	"server/backup/run-restore.ts",
];

/** A bundle lies elsewhere than the files it is made of; each still finds what lies beside it. */
const ownAddresses: Plugin = {
	name: "own-addresses",
	setup({ onLoad }) {
		onLoad({ filter: /\.ts$/ }, async ({ path }) => {
			const contents = await readFile(path, "utf8");
			const address = JSON.stringify(pathToFileURL(path).href);
			return { loader: "ts", contents: contents.replaceAll("import.meta.url", address) };
		});
	},
};

/**
 * Bundles the programs that the tests start again and again: one file is read in half the time of a thousand.
 * `programOf` finds them by the variable that is set here.
 */
export default async function setup(): Promise<void> {
	const outdir = join(root, ".test/programs");
	await build({
		absWorkingDir: root,
		entryPoints,
		outbase: ".",
		outdir,
		outExtension: { ".js": ".mjs" },
		bundle: true,
		platform: "node",
		format: "esm",
		target: "node20",
		// What looks for files of its own beside itself, or is loaded only when it is asked for.
		external: [
			"@ai-sdk/openai-compatible",
			"@electric-sql/pglite",
			"@next/env",
			"@opentelemetry/*",
			"ai",
			"swagger-ui-dist",
		],
		// Some packages are CommonJS and call for Node's own modules.
		banner: {
			js: 'import { createRequire as makeRequire } from "node:module"; const require = makeRequire(import.meta.url);',
		},
		plugins: [ownAddresses],
		logLevel: "warning",
	});
	process.env.TEST_PROGRAMS = outdir;
}
