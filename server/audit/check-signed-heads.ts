import { stat } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { statement } from "../db/statement";
import { type ChainEnd, entriesInWords } from "./check-chains";
import type { Findings } from "./findings";
import { type Line, type Place, readLines, startOfFile } from "./read-lines";
import type { Rows } from "./read-rows";
import { isCutOff, isSignedBy, parseSignedLine, type SignedHead } from "./signed-head";
import type { PublicKeys } from "./signing-key";

/** The file of signed heads as it was before the rows were looked at. */
export interface SignedHeads {
	file: string;
	keys: PublicKeys;
	/** Its length in bytes; null when there is no such file. */
	length: number | null;
}

/** Looks how long the file is, before the snapshot: whatever stands in it then, the snapshot must know. */
export async function lengthOfHeads(file: string): Promise<number | null> {
	try {
		return (await stat(file)).size;
	} catch (error) {
		if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
		throw error;
	}
}

interface Numbered extends SignedHead {
	line: number;
}

const linesAtOnce = 500;
const lookAgainMs = 100;

const entriesOf = statement(`
	select asked.line, entry.id, entry.curr_hash
	from jsonb_to_recordset($1::jsonb) as asked(line integer, tenant_id uuid, sequence integer)
	join audit_entries as entry on entry.tenant_id = asked.tenant_id and entry.sequence = asked.sequence
`);

/**
 * Holds every signed head against the entry that it names, and looks that each chain is signed to its end.
 * A server that runs may still be about to sign: it is given `patienceMs` for that.
 */
export async function checkSignedHeads(
	rows: Rows,
	findings: Findings,
	heads: SignedHeads,
	ends: ReadonlyMap<string, ChainEnd>,
	patienceMs: number,
): Promise<{ lines: number; notes: string[] }> {
	const signedUpTo = new Map<string, number>();
	/** The last entry of each tenant that is as it was signed. */
	const soundUpTo = new Map<string, number>();
	const notes: string[] = [];
	let lines = 0;
	let place: Place = startOfFile;
	let begun: Line | null = null;

	async function readOn(until: number): Promise<void> {
		let batch: Numbered[] = [];
		for await (const line of readLines(heads.file, place, until)) {
			begun = line.isWhole ? null : line;
			if (!line.isWhole) break;
			place = { number: line.number + 1, offset: line.next };
			// What a server writes after a line that was cut off begins with an end of line.
			if (line.text === "") continue;
			lines += 1;
			const head = readLine(line);
			if (head === null) continue;
			batch.push(head);
			if (batch.length < linesAtOnce) continue;
			await hold(batch);
			batch = [];
		}
		await hold(batch);
	}

	function readLine({ number, text }: Line): Numbered | null {
		const head = parseSignedLine(text);
		if (head === null && isCutOff(text)) {
			notes.push(
				`Line ${number} of the signed heads was cut off while it was written; nothing depends on it.`,
			);
			return null;
		}
		if (head === null) {
			findings.add({ fault: "bad line", what: "is not a signed head", line: number });
			return null;
		}
		if (!isSignedBy(heads.keys, head)) {
			const what = heads.keys.has(head.key_id)
				? "was changed: its signature does not fit"
				: `is signed with another key (${head.key_id})`;
			findings.add({ fault: "bad line", what, line: number });
			return null;
		}
		signedUpTo.set(head.tenant_id, Math.max(head.sequence, signedUpTo.get(head.tenant_id) ?? 0));
		return { ...head, line: number };
	}

	async function hold(batch: readonly Numbered[]): Promise<void> {
		if (batch.length === 0) return;
		const asked = batch.map(({ line, tenant_id, sequence }) => ({ line, tenant_id, sequence }));
		const found = await rows.query<{ line: number; id: string; curr_hash: string }>(entriesOf, [
			JSON.stringify(asked),
		]);
		const entries = new Map(found.map((entry) => [entry.line, entry]));
		for (const { line, tenant_id, sequence, hash } of batch) {
			const entry = entries.get(line);
			const at = { tenant_id, sequence, line };
			const sound = soundUpTo.get(tenant_id) ?? 0;
			if (entry === undefined) missing(at);
			else if (entry.curr_hash === hash) soundUpTo.set(tenant_id, Math.max(sequence, sound));
			else {
				const others = sequence - sound > 1 ? `, or one of those from ${sound + 1} on` : "";
				const what = `was rewritten${others}: it has another hash than was signed`;
				findings.add({ ...at, fault: "rewritten", what, entry_id: entry.id });
			}
		}
	}

	function missing(at: { tenant_id: string; sequence: number; line: number }): void {
		const end = ends.get(at.tenant_id)?.sequence ?? 0;
		// Past the length that was looked at first, it may be younger than the snapshot.
		if (at.sequence > end && place.offset > (heads.length ?? 0)) return;
		if (end === 0) {
			const what = "was signed, and the log of this tenant is gone";
			findings.add({ ...at, fault: "cut tail", what, sequence: 1 });
		} else if (at.sequence > end) {
			const what = `${entriesInWords(end + 1, at.sequence)} cut off: entry ${at.sequence} was signed`;
			findings.add({ ...at, fault: "cut tail", what, sequence: end + 1 });
		} else findings.add({ ...at, fault: "missing", what: "was signed, and is missing" });
	}

	const unsigned = () =>
		[...ends].filter(([tenant, { sequence }]) => (signedUpTo.get(tenant) ?? 0) < sequence);
	if (heads.length === null) {
		if (ends.size > 0) {
			const what = `there is no file of signed heads at ${heads.file}, so a log that was cut or rewritten would not be noticed`;
			findings.add({ fault: "not signed", what });
		}
		return { lines, notes };
	}
	await readOn(heads.length);
	for (let waited = 0; waited < patienceMs && unsigned().length > 0; waited += lookAgainMs) {
		await sleep(lookAgainMs);
		await readOn(Number.MAX_SAFE_INTEGER);
	}
	for (const [tenant_id, { sequence }] of unsigned()) {
		const first = (signedUpTo.get(tenant_id) ?? 0) + 1;
		const what = `${entriesInWords(first, sequence)} not signed: added by somebody without the key, or the server was killed in the 200 ms before it signs (it does so at its next start)`;
		findings.add({ fault: "not signed", what, tenant_id, sequence: first });
	}
	if (begun !== null) {
		notes.push("The last line of the signed heads was cut off while it was written; nothing depends on it.");
	}
	return { lines, notes };
}
