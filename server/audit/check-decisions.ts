import { uuidSchema } from "@/lib/contract/identifiers";
import { theOnlyRow } from "../affected-rows";
import { statement } from "../db/statement";
import { decisionEvents } from "./decision-events";
import type { Findings } from "./findings";
import { type Rows, readRows } from "./read-rows";

interface Mismatch {
	tenant_id: string;
	sequence: number | null;
	entry_id: string | null;
	decision_id: string | null;
	named_id: string | null;
	differs: string;
}

const words = decisionEvents.map(([event, decision]) => `('${event}', '${decision}')`).join(", ");
const events = decisionEvents.map(([event]) => `'${event}'`).join(", ");

/**
 * Every decision beside the entry that names it, as far as the two do not agree. Decisions on one subject
 * are taken one after the other, so their order is the order of their entries.
 */
const mismatches = `
	with told as (
		select tenant_id, sequence, id, event, actor_type, actor_id, resource_id, created_at, metadata,
			metadata->>'decision_id' as named_id
		from audit_entries where metadata->>'decision_id' is not null or event in (${events})
	), words (event, decision) as (values ${words}), beside as (
		select coalesce(told.tenant_id, made.tenant_id) as tenant_id, told.sequence, told.id as entry_id,
			made.id as decision_id, told.named_id,
			case when told.id is null or made.id is null then '' else concat_ws(', ',
				case when made.actor_type is distinct from told.actor_type
					or made.actor_id is distinct from told.actor_id then 'who' end,
				case when made.subject_kind is distinct from split_part(told.event, '.', 1)
					or made.subject_id::text is distinct from told.resource_id then 'on what' end,
				case when made.created_at is distinct from told.created_at then 'when' end,
				case when made.decision is distinct from words.decision then 'what' end,
				case when made.from_status is distinct from told.metadata->>'from_status'
					or made.to_status is distinct from told.metadata->>'to_status' then 'the states' end,
				case when made.reason is distinct from told.metadata->>'reason' then 'why' end,
				case when made.content_hash is distinct from told.metadata->>'content_hash' then 'the content' end,
				case when made.sequence < lag(made.sequence) over (
					partition by made.tenant_id, made.subject_kind, made.subject_id order by told.sequence
				) then 'the order' end,
				case when row_number() over (
					partition by told.tenant_id, told.named_id order by told.sequence
				) > 1 then 'how often' end
			) end as differs
		from told
		full join decisions as made on made.tenant_id = told.tenant_id and made.id::text = told.named_id
		left join words on words.event = told.event
	)
	select tenant_id, sequence, entry_id, decision_id, named_id, differs from beside
	where entry_id is null or decision_id is null or differs <> ''
	order by tenant_id, sequence, decision_id
`;

const countDecisions = statement("select count(*)::integer as count from decisions");

/** Holds every decision against the one entry that tells of it, and the reverse; returns how many there are. */
export async function checkDecisions(rows: Rows, findings: Findings): Promise<number> {
	for await (const mismatch of readRows<Mismatch>(rows, "decisions_to_verify", mismatches)) {
		const { tenant_id, sequence, entry_id, decision_id } = mismatch;
		const fault = entry_id === null || decision_id === null ? "missing" : "changed";
		findings.add({ fault, what: inWords(mismatch), tenant_id, sequence, entry_id });
	}
	return theOnlyRow(await rows.query<{ count: number }>(countDecisions, []), "The count of decisions").count;
}

function inWords({ entry_id, decision_id, named_id, differs }: Mismatch): string {
	if (entry_id === null) return `no entry tells of decision ${decision_id}`;
	if (decision_id !== null) return `the entry and decision ${decision_id} do not agree on ${differs}`;
	if (named_id === null) return "the entry tells of a decision and does not name it";
	// Somebody else may have written it, so it is repeated only when it is an id.
	const name = uuidSchema.safeParse(named_id).success ? ` ${named_id}` : "";
	return `the decision${name} that the entry tells of is missing`;
}
