import { type Api, idSchema } from "./api";
import type { Fault } from "./fault";
import { readLines } from "./lines";
import type { Counts, Progress } from "./progress";
import type { Projects } from "./projects";
import { type DeploymentRecord, readRecord } from "./record";
import { Stop } from "./stop";

/** What our API takes as one body. */
const bodyMaxBytes = 4 * 1024 * 1024;

/** How far an import came; `stopped` when it did not reach the end. */
export interface Outcome extends Counts {
	/** The last line that was begun. */
	line: number;
	stopped: Stop | null;
}

interface ImportParts {
	/** As the person named it: messages begin with it. */
	name: string;
	path: string;
	api: Api;
	projects: Projects;
	progress: Progress;
	/** Told of every line that is begun. */
	onLine: (line: number) => void;
}

/** Sends the records of one file in their order, each after the one before it was answered. */
export async function importFile({
	name,
	path,
	api,
	projects,
	progress,
	onLine,
}: ImportParts): Promise<Outcome> {
	const outcome: Outcome = { imported: 0, alreadyThere: 0, failed: 0, line: 0, stopped: null };
	try {
		for await (const { number, content } of readLines(path)) {
			if ("text" in content && content.text.trim() === "") continue;
			outcome.line = number;
			onLine(number);
			const result =
				"text" in content
					? await importRecord(content.text, api, projects)
					: [{ field: "record", message: content.fault }];
			if (result === "imported") outcome.imported += 1;
			else if (result === "already there") outcome.alreadyThere += 1;
			else {
				outcome.failed += 1;
				progress.say(`${name}:${number}: ${result.map(faultInWords).join("; ")}`);
			}
			progress.show(number, outcome);
		}
	} catch (error) {
		outcome.stopped = stopOf(error);
	}
	progress.clear();
	return outcome;
}

async function importRecord(
	text: string,
	api: Api,
	projects: Projects,
): Promise<"imported" | "already there" | Fault[]> {
	const read = readRecord(text);
	if ("faults" in read) return read.faults;
	return send(read.record, api, projects);
}

async function send({ project, deployment }: DeploymentRecord, api: Api, projects: Projects) {
	const found = await projects.idOf(project);
	if (!found.ok) return faultsOf(found.error, (path) => (path === "name" ? "project" : path), "project");
	const body = { project_id: found.id, ...deployment };
	if (Buffer.byteLength(JSON.stringify(body)) > bodyMaxBytes) {
		return [
			{
				field: "record",
				message: `is longer than the ${bodyMaxBytes.toLocaleString("en")} bytes the API takes`,
			},
		];
	}
	const answer = await api.post("/v1/prompts/deployments", body, idSchema);
	if (answer.ok) return "imported" as const;
	if (answer.error.code === "deployment_exists") return "already there" as const;
	return faultsOf(answer.error, (path) => (path === "project_id" ? "project" : path), "record");
}

function faultsOf(
	error: { error: string; fields?: { path: string; message: string }[] | undefined },
	fieldOf: (path: string) => string,
	whole: string,
): Fault[] {
	if (!error.fields?.length) return [{ field: whole, message: error.error }];
	return error.fields.map(({ path, message }) => ({ field: fieldOf(path) || whole, message }));
}

function faultInWords({ field, message }: Fault): string {
	return `${field}: ${message.replace(/\.$/, "")}`;
}

function stopOf(error: unknown): Stop {
	if (error instanceof Stop) return error;
	if (error instanceof Error && "syscall" in error) {
		return new Stop(`The file could not be read on (${error.message}).`);
	}
	throw error;
}
