import { statement } from "../db/statement";
import { chainHash, firstPrevHash } from "./chain";
import type { Findings } from "./findings";
import { type Rows, readRows } from "./read-rows";
import { parseStoredJson } from "./stored-json";

interface EntryRow {
	tenant_id: string;
	sequence: number;
	id: string;
	event: string;
	actor_type: "user" | "api_key" | "system";
	actor_id: string;
	resource_id: string | null;
	metadata: string;
	created_ms: string;
	prev_hash: string;
	curr_hash: string;
}

/** The last entry that was found of a tenant: sequence 0 when there is none. */
export interface ChainEnd {
	sequence: number;
	hash: string;
}

// The moment as a number: `to_char` has no years before Christ and no infinity, and would hide such a change.
const allEntries = `
	select tenant_id, sequence, id, event, actor_type, actor_id, resource_id, metadata::text as metadata,
		(extract(epoch from created_at) * 1000)::text as created_ms, prev_hash, curr_hash
	from audit_entries order by tenant_id, sequence, id
`;

const allHeads = statement(`
	select tenant_id, heads.sequence, heads.hash
	from (select id as tenant_id from tenants) as known full join audit_heads as heads using (tenant_id)
	order by tenant_id
`);

const whereHash = statement(
	"select sequence from audit_entries where tenant_id = $1 and curr_hash = $2 limit 1",
);

/** Walks every tenant's chain and holds its end against `audit_heads`; returns the end of each. */
export async function checkChains(
	rows: Rows,
	findings: Findings,
): Promise<{ entries: number; ends: Map<string, ChainEnd> }> {
	const ends = new Map<string, ChainEnd>();
	let entries = 0;
	let walk = startWalk(rows, findings, "");
	for await (const row of readRows<EntryRow>(rows, "entries_to_verify", allEntries)) {
		if (row.tenant_id !== walk.tenantId) walk = startWalk(rows, findings, row.tenant_id);
		await walk.step(row);
		ends.set(row.tenant_id, walk.end());
		entries += 1;
	}
	await checkHeads(rows, findings, ends);
	return { entries, ends };
}

function startWalk(rows: Rows, findings: Findings, tenantId: string) {
	let last: ChainEnd & { isSound: boolean } = { sequence: 0, hash: firstPrevHash, isSound: true };
	/** After the first broken link the ones behind it are broken too, and say nothing more. */
	let isBroken = false;

	async function step(row: EntryRow): Promise<void> {
		const { sequence, id } = row;
		const place = { tenant_id: tenantId, sequence, entry_id: id };
		const expected = last.sequence + 1;
		if (sequence < expected) {
			const what =
				sequence < 1 ? "stands before the first entry" : "stands where another entry stands already";
			findings.add({ ...place, fault: "added", what });
			return;
		}
		if (sequence > expected) {
			const what = `${entriesInWords(expected, sequence - 1)} missing`;
			findings.add({ ...place, fault: "missing", what, sequence: expected, entry_id: null });
		}
		const isSound = isOwnHash(row);
		if (!isSound) {
			findings.add({
				...place,
				fault: "changed",
				what: "was changed: its hash does not follow from what it says",
			});
		} else if (sequence === expected && last.isSound && row.prev_hash !== last.hash && !isBroken) {
			isBroken = true;
			await explainBrokenLink(row);
		}
		last = { sequence, hash: row.curr_hash, isSound };
	}

	async function explainBrokenLink({ sequence, id, prev_hash }: EntryRow): Promise<void> {
		const [before] =
			prev_hash === firstPrevHash
				? [{ sequence: 0 }]
				: await rows.query<{ sequence: number }>(whereHash, [tenantId, prev_hash]);
		const place = { tenant_id: tenantId, sequence, entry_id: id };
		if (before === undefined) {
			const what = `does not follow from entry ${sequence - 1}: one between them was taken out, or that one was rewritten`;
			findings.add({ ...place, fault: "missing", what });
		} else if (before.sequence >= sequence) {
			const what = `is out of its place: it follows entry ${before.sequence}, which stands behind it`;
			findings.add({ ...place, fault: "swapped", what });
		} else {
			const first = before.sequence + 1;
			const what = `${entriesInWords(first, sequence - 1)} added: entry ${sequence} follows entry ${before.sequence}`;
			findings.add({ ...place, fault: "added", what, sequence: first, entry_id: null });
		}
	}

	return { tenantId, step, end: () => ({ sequence: last.sequence, hash: last.hash }) };
}

function isOwnHash(row: EntryRow): boolean {
	try {
		const metadata = parseStoredJson(row.metadata);
		if (metadata === null) return false;
		// An infinite moment has no ISO spelling and throws.
		const created_at = new Date(Number(row.created_ms)).toISOString();
		const { id, event, actor_type, actor_id, resource_id, prev_hash } = row;
		const entry = { id, event, actor_type, actor_id, resource_id, metadata, created_at };
		return chainHash(prev_hash, entry) === row.curr_hash;
	} catch {
		return false;
	}
}

async function checkHeads(
	rows: Rows,
	findings: Findings,
	ends: ReadonlyMap<string, ChainEnd>,
): Promise<void> {
	const heads = await rows.query<{ tenant_id: string; sequence: number | null; hash: string | null }>(
		allHeads,
		[],
	);
	const withHead = new Set<string>();
	for (const { tenant_id, sequence, hash } of heads) {
		const end = ends.get(tenant_id) ?? { sequence: 0, hash: firstPrevHash };
		if (sequence === null) continue;
		withHead.add(tenant_id);
		if (sequence > end.sequence) {
			const what = `${entriesInWords(end.sequence + 1, sequence)} cut off: audit_heads says that the log ends with entry ${sequence}`;
			findings.add({ fault: "cut tail", what, tenant_id, sequence: end.sequence + 1 });
		} else if (sequence < end.sequence) {
			const what = `${entriesInWords(sequence + 1, end.sequence)} added: audit_heads says that the log ends with entry ${sequence}`;
			findings.add({ fault: "added", what, tenant_id, sequence: sequence + 1 });
		} else if (hash !== end.hash) {
			const what = "has another hash than audit_heads says of the last entry";
			findings.add({ fault: "changed", what, tenant_id, sequence });
		}
	}
	const tenants = new Set([...ends.keys(), ...heads.map(({ tenant_id }) => tenant_id)]);
	for (const tenant_id of tenants) {
		if (withHead.has(tenant_id)) continue;
		const { sequence } = ends.get(tenant_id) ?? { sequence: 0 };
		const what = "the tenant's row in audit_heads is gone";
		findings.add({ fault: "missing", what, tenant_id, sequence: sequence + 1 });
	}
}

/** `entry 3 is` or `entries 3 to 5 are`; the word behind it says what. */
export function entriesInWords(first: number, last: number): string {
	return first === last ? `entry ${first} is` : `entries ${first} to ${last} are`;
}
