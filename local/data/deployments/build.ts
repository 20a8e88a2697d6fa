import { createHash } from "node:crypto";
import { readPrompt } from "../prompts";
import type { SampleDeployment } from "../types";
import type { DeploymentBook, DeploymentSpec, Edit } from "./spec";

function indexOfOnly(text: string, find: string): number {
	const at = text.indexOf(find);
	if (find === "" || at < 0) throw new Error(`Not in the prompt: ${JSON.stringify(find)}`);
	if (text.indexOf(find, at + 1) >= 0) throw new Error(`More than once: ${JSON.stringify(find)}`);
	return at;
}

function replaceOnly(text: string, find: string, replace: string): string {
	const at = indexOfOnly(text, find);
	return text.slice(0, at) + replace + text.slice(at + find.length);
}

/** Where the one line that contains `find` starts, and where the next one does. */
function lineOf(text: string, find: string): { start: number; end: number } {
	const at = indexOfOnly(text, find);
	const end = text.indexOf("\n", at);
	if (end < 0) throw new Error(`The last line has no end: ${JSON.stringify(find)}`);
	return { start: text.lastIndexOf("\n", at) + 1, end: end + 1 };
}

/** Applies edits in order. Throws where a piece of text is missing or ambiguous. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
	return edits.reduce((current, edit) => {
		if ("find" in edit) return replaceOnly(current, edit.find, edit.replace);
		if ("line" in edit) {
			const { start, end } = lineOf(current, edit.line);
			return `${current.slice(0, start)}${edit.rewrite}\n${current.slice(end)}`;
		}
		const { start } = lineOf(current, "cut" in edit ? edit.cut : edit.move);
		const end = edit.until ? lineOf(current, edit.until).start : current.indexOf("\n", start) + 1;
		if (end <= start) throw new Error(`Ends before it starts: ${JSON.stringify(edit.until)}`);
		const rest = current.slice(0, start) + current.slice(end);
		if ("cut" in edit) return rest;
		const moved = current.slice(start, end);
		const to = lineOf(rest, edit.before).start;
		return rest.slice(0, to) + moved + rest.slice(to);
	}, text);
}

/** The same cluster of one project has the same signature in every run. */
export function clusterSignature(projectKey: string, error: string): string {
	return `sha256:${createHash("sha256").update(`${projectKey}\n${error}`).digest("hex")}`;
}

function currentPrompt(spec: DeploymentSpec, projectKey: string, built: readonly SampleDeployment[]): string {
	if ("prompt" in spec.from) return readPrompt(projectKey, spec.from.prompt);
	const { after } = spec.from;
	const predecessor = built.find((deployment) => deployment.key === after);
	if (!predecessor) throw new Error(`${spec.key} follows ${after}, which is not in front of it`);
	return predecessor.proposedPrompt;
}

function proposedPrompt(spec: DeploymentSpec, projectKey: string, current: string): string {
	if ("file" in spec.to) return readPrompt(projectKey, spec.to.file);
	const edited = applyEdits(current, spec.to.edits);
	return spec.to.crlf ? edited.replaceAll("\n", "\r\n") : edited;
}

function lastStamp(spec: DeploymentSpec): number {
	const stamps = [
		spec.createdHoursAgo,
		spec.shippedHoursAgo,
		spec.regressedHoursAgo,
		spec.rolledBackHoursAgo,
		spec.rejectedHoursAgo,
	];
	return Math.min(...stamps.filter((hours) => hours !== undefined));
}

/** Turns one project's book into whole deployments, in the order of the book. */
export function buildDeployments({
	projectKey,
	organizationId,
	deployments,
}: DeploymentBook): SampleDeployment[] {
	const built: SampleDeployment[] = [];
	for (const spec of deployments) {
		const { from: _from, to: _to, cluster, ...stamps } = spec;
		try {
			const current = currentPrompt(spec, projectKey, built);
			built.push({
				...stamps,
				projectKey,
				organizationId,
				clusterError: cluster,
				clusterSignature: clusterSignature(projectKey, cluster),
				currentPrompt: current,
				proposedPrompt: proposedPrompt(spec, projectKey, current),
				updatedHoursAgo: spec.updatedHoursAgo ?? lastStamp(spec),
			});
		} catch (error) {
			throw new Error(`Sample deployment ${spec.key}: ${String(error)}`, { cause: error });
		}
	}
	return built;
}
