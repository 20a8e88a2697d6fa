import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import nextEnv from "@next/env";
import { openApi } from "./api";
import { importFile } from "./import-file";
import { openTokenSource } from "./owner-token";
import { countsInWords, inOneLine, openProgress, type Progress } from "./progress";
import { openProjects } from "./projects";
import { readImportSettings } from "./settings";
import { CannotStart, Stop } from "./stop";

const root = fileURLToPath(new URL("../..", import.meta.url));
const again = "Run the same command again to go on: nothing is imported twice.";

/** `npm run` goes to the project root; this is where the person stands. */
const whereAsked = process.env.INIT_CWD || process.cwd();

let progress: Progress | null = null;
let place = "";

for (const signal of ["SIGINT", "SIGTERM"] as const) {
	process.once(signal, () => {
		complain(place === "" ? "Stopped before the first record." : `Stopped at ${place}. ${again}`);
		process.exit(signal === "SIGINT" ? 130 : 143);
	});
}

try {
	process.exitCode = await main();
} catch (error) {
	if (!(error instanceof Stop)) throw error;
	complain(error.message);
	process.exitCode = 2;
}

/** The exit code: 0 when everything is there, 1 when something failed, 2 when nothing could begin. */
async function main(): Promise<0 | 1 | 2> {
	const files = await readFiles(process.argv.slice(2));
	nextEnv.loadEnvConfig(root, false, { info: () => undefined, error: console.error });
	const settings = readImportSettings(process.env, root);
	const token = await openTokenSource(settings);
	const api = openApi({ apiUrl: settings.apiUrl, token, onPause: complain });
	const projects = await openProjects(api);
	let hasFailed = false;
	let isUnderWay = false;
	for (const { name, path } of files) {
		progress = openProgress(process.stderr, name);
		const onLine = (line: number) => {
			place = `${name}:${line}`;
		};
		const outcome = await importFile({ name, path, api, projects, progress, onLine });
		isUnderWay ||= outcome.imported + outcome.alreadyThere > 0;
		if (outcome.stopped instanceof CannotStart && !isUnderWay) throw outcome.stopped;
		console.log(inOneLine(`${countsInWords(outcome)} (${name})`));
		if (outcome.stopped !== null) {
			complain(`${outcome.stopped.message} The import stopped at ${name}:${outcome.line}. ${again}`);
			return 1;
		}
		hasFailed ||= outcome.failed > 0;
	}
	return hasFailed ? 1 : 0;
}

/** Looks at every file before the first one is begun. */
async function readFiles(args: string[]): Promise<{ name: string; path: string }[]> {
	const usage = "Name the file to import: npm run import -- deployments.jsonl";
	const names = args.filter((name) => name !== "--");
	if (names.length === 0) throw new CannotStart(usage);
	const files = names.map((name) => ({ name, path: resolve(whereAsked, name) }));
	for (const { name, path } of files) {
		const fault = await faultOfFile(path);
		if (fault !== null) throw new CannotStart(`${name} ${fault}. Name a JSONL file that can be read.`);
	}
	return files;
}

async function faultOfFile(path: string): Promise<string | null> {
	try {
		if ((await stat(path)).isDirectory()) return "is a folder";
		await access(path, constants.R_OK);
		return null;
	} catch (error) {
		const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
		return code === "ENOENT" ? "does not exist" : `cannot be read (${code})`;
	}
}

function complain(sentence: string): void {
	if (progress === null) console.error(inOneLine(sentence));
	else progress.say(sentence);
}
