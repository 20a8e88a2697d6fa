import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import canonicalize from "canonicalize";
import { z } from "zod";
import { jsonObjectSchema } from "../../lib/contract/identifiers";

const recordSchema = z.object({
	project: z.string(),
	cluster_signature: z.string(),
	current_prompt: z.string(),
	proposed_prompt: z.string(),
	rationale: z.string(),
	status: z.string(),
	ab_report: jsonObjectSchema.nullish(),
});
export type RealRecord = z.infer<typeof recordSchema>;

/** A line of the file; `record` is null where it could not be read, which the import has said. */
export interface RealLine {
	number: number;
	record: RealRecord | null;
}

/** The records of a file. Of those that are the same to the letter, which the API keeps once, the first. */
export function readRealLines(file: string): RealLine[] {
	const seen = new Set<string>();
	return readFileSync(file, "utf8")
		.replace(/^\ufeff/, "")
		.split("\n")
		.map((text, index) => ({ number: index + 1, text }))
		.filter(({ text }) => text.trim() !== "")
		.map(({ number, text }) => ({ number, record: readRecord(text) }))
		.filter(({ record }) => {
			if (record === null) return true;
			const key = `${record.project}\n${keyOf(record)}`;
			const isFirst = !seen.has(key);
			seen.add(key);
			return isFirst;
		});
}

/** What makes a proposal within its project the one that it is. */
export function keyOf(
	parts: Pick<RealRecord, "cluster_signature" | "current_prompt" | "proposed_prompt" | "ab_report"> & {
		rationale?: string | undefined;
	},
): string {
	const { cluster_signature, current_prompt, proposed_prompt, rationale = "", ab_report = null } = parts;
	const identity = canonicalize([cluster_signature, current_prompt, proposed_prompt, rationale, ab_report]);
	return createHash("sha256")
		.update(identity ?? "")
		.digest("hex");
}

function readRecord(text: string): RealRecord | null {
	try {
		return recordSchema.parse(JSON.parse(text));
	} catch {
		return null;
	}
}
