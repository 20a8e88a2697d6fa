import { readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { type BuildOptions, build, type Metafile } from "esbuild";
import { alternativeNames } from "./viewers";

const folder = fileURLToPath(new URL(".", import.meta.url));

/** One page: its script, what that script needs at once, and its style sheets. Paths from the server's root. */
export interface PageFiles {
	script: string;
	imports: string[];
	styles: string[];
}

const shared: BuildOptions = {
	bundle: true,
	minify: true,
	legalComments: "none",
	target: "es2022",
	define: { "process.env.NODE_ENV": '"production"' },
	loader: { ".ttf": "file" },
	absWorkingDir: folder,
	logLevel: "warning",
};

/** Bundles every alternative as a production page of its own into `outdir`, and returns what each consists of. */
export async function bundlePages(outdir: string): Promise<Map<string, PageFiles>> {
	const pages = [...alternativeNames, "bare-react"];
	const files = new Map<string, PageFiles>();
	for (const page of pages) {
		// A build for each: with all in one, what two viewers share would be cut into more files than either has.
		const { metafile } = await build({
			...shared,
			entryPoints: [join(folder, "pages", `${page}.tsx`)],
			outdir: join(outdir, "pages", page),
			format: "esm",
			jsx: "automatic",
			splitting: true,
			metafile: true,
		});
		files.set(page, filesOf(metafile, `pages/${page}.tsx`, outdir));
	}
	await build({
		...shared,
		entryPoints: {
			monaco: "monaco-editor/editor/editor.worker",
			"pierre-diffs": "@pierre/diffs/worker/worker.js",
		},
		outdir: join(outdir, "workers"),
		format: "esm",
		splitting: true,
	});
	return files;
}

function filesOf(metafile: Metafile, entryPoint: string, outdir: string): PageFiles {
	const path = (output: string) => `/${relative(outdir, join(folder, output))}`;
	const [script, output] =
		Object.entries(metafile.outputs).find(([, { entryPoint: from }]) => from === entryPoint) ?? [];
	if (script === undefined || output === undefined) throw new Error(`${entryPoint} was not bundled.`);
	const imports = new Set<string>();
	const collect = (of: Metafile["outputs"][string]) => {
		for (const { path: imported, kind } of of.imports) {
			const chunk = metafile.outputs[imported];
			if (kind !== "import-statement" || chunk === undefined || imports.has(imported)) continue;
			imports.add(imported);
			collect(chunk);
		}
	};
	collect(output);
	return {
		script: path(script),
		imports: [...imports].map(path),
		styles: output.cssBundle === undefined ? [] : [path(output.cssBundle)],
	};
}

/** The stopwatch as one script that can run ahead of a page. */
export async function bundleClock(outdir: string): Promise<string> {
	const outfile = join(outdir, "clock.js");
	await build({ ...shared, entryPoints: [join(folder, "clock.ts")], outfile, format: "iife" });
	return readFile(outfile, "utf8");
}
