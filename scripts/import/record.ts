import { z } from "zod";
import { newDeploymentSchema } from "../../lib/contract/deployment";
import { jsonObjectSchema } from "../../lib/contract/identifiers";
import { newProjectSchema } from "../../lib/contract/project";
import type { Fault } from "./fault";
import { faultsOfJson } from "./json-faults";

/** A record that can be sent: the name of its project, and the rest of what the API takes, as it stood. */
export interface DeploymentRecord {
	project: string;
	deployment: Record<string, unknown>;
}

export type ReadRecord = { record: DeploymentRecord } | { faults: Fault[] };

const required = [
	"project",
	"cluster_signature",
	"current_prompt",
	"proposed_prompt",
	"rationale",
	"status",
] as const;

const frameSchema = z.object({
	project: newProjectSchema.shape.name,
	source: jsonObjectSchema.optional(),
});

/** Stands where the id of the project will be: it is known only once the record is found to be whole. */
const someProjectId = "00000000-0000-4000-8000-000000000000";
const soundFields = {
	project_id: someProjectId,
	cluster_signature: "c",
	current_prompt: "",
	proposed_prompt: "p",
};

/** Reads one line of a file of deployments, or says everything that is wrong with it. */
export function readRecord(text: string): ReadRecord {
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch {
		return { faults: [{ field: "record", message: "is not valid JSON" }] };
	}
	if (!isObject(value)) {
		return { faults: [{ field: "record", message: `must be a JSON object, not ${kindOf(value)}` }] };
	}
	// Not a schema's copy, which would drop a key named __proto__: the API is to see it and refuse.
	const { project, source, ...deployment } = value;
	const faults = [
		...missingFields({ ...deployment, project }),
		...faultsOf(frameSchema.safeParse({ project, source }), { project, source }),
		...deploymentFaults(deployment),
		...faultsOfJson(deployment.ab_report, "ab_report"),
	];
	if (faults.length > 0) return { faults: withoutRepeats(faults) };
	// The schema has seen that it is text.
	return { record: { project: String(project), deployment } };
}

/**
 * A schema says what is wrong between fields only once each field is right by itself; asking about the
 * two fields that depend on each other apart says all of it at once.
 */
function deploymentFaults(deployment: Record<string, unknown>): Fault[] {
	const { status, ab_report } = deployment;
	const whole = { ...deployment, project_id: someProjectId };
	const pair = { ...soundFields, status, ab_report };
	return [
		...("project_id" in deployment ? [{ field: "project_id", message: "is not known here" }] : []),
		...faultsOf(newDeploymentSchema.safeParse(whole), whole),
		...faultsOf(newDeploymentSchema.safeParse(pair), pair),
	];
}

/** Fields that the API could do without, but that this format promises, included. */
function missingFields(record: Record<string, unknown>): Fault[] {
	return required
		.filter((field) => record[field] === undefined)
		.map((field) => ({ field, message: "is missing" }));
}

function faultsOf(result: z.ZodSafeParseResult<unknown>, value: Record<string, unknown>): Fault[] {
	if (result.success) return [];
	return result.error.issues.flatMap((issue) => {
		if (issue.code === "unrecognized_keys") {
			return issue.keys.map((field) => ({ field, message: "is not known here" }));
		}
		const field = issue.path.map(String).join(".");
		return [{ field, message: messageOf(issue, valueAt(value, issue.path)) }];
	});
}

function messageOf(issue: z.core.$ZodIssue, value: unknown): string {
	if (issue.code === "invalid_type") {
		if (value === undefined) return "is missing";
		return `must be ${typeWords[issue.expected] ?? issue.expected}, not ${kindOf(value)}`;
	}
	if (issue.code === "invalid_value") return `must be ${alternatives(issue.values.map(String))}`;
	return issue.message;
}

const typeWords: Partial<Record<string, string>> = { string: "text", record: "a JSON object" };

function alternatives(words: string[]): string {
	return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} or ${words.at(-1)}`;
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
	return path.reduce<unknown>((at, key) => (isObject(at) ? at[String(key)] : undefined), value);
}

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}

function kindOf(value: unknown): string {
	if (value === null) return "null";
	if (Array.isArray(value)) return "a list";
	if (typeof value === "string") return "text";
	if (typeof value === "object") return "a JSON object";
	return `a ${typeof value}`;
}

/** Each fault once; of a field that is missing nothing else. */
function withoutRepeats(faults: Fault[]): Fault[] {
	const missing = new Set(faults.filter(isMissing).map(({ field }) => field));
	const kept = new Map<string, Fault>();
	for (const fault of faults) {
		if (isMissing(fault) || !missing.has(fault.field)) kept.set(`${fault.field}: ${fault.message}`, fault);
	}
	return [...kept.values()];
}

function isMissing({ message }: Fault): boolean {
	return message === "is missing";
}
