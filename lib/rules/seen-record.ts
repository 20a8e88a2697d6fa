import { statusLabel } from "./lifecycle";

/**
 * What a decision rests on besides the texts and the report: the parts of a record whose change makes it
 * another decision. The rolling metric and `updated_at` are not among them: they move by themselves while
 * somebody reads, and a rollback at night must not be refused for that.
 */
export interface SeenState {
	status: string;
	shipped_at: string | null;
	rolled_back_at: string | null;
	approved_by: string | null;
	rejection_reason: string;
}

interface StateOfRecord {
	status: string;
	shipped_at?: string | null | undefined;
	rolled_back_at?: string | null | undefined;
	approved_by?: string | null | undefined;
	rejection_reason?: string | null | undefined;
}

/** Of a record in any of the forms in which an API may send it. */
export function seenStateOf(record: StateOfRecord): SeenState {
	return {
		status: record.status,
		shipped_at: record.shipped_at ?? null,
		rolled_back_at: record.rolled_back_at ?? null,
		approved_by: record.approved_by ?? null,
		rejection_reason: record.rejection_reason ?? "",
	};
}

/** What has changed since a record was seen, as sentences for the person; empty where nothing has. */
export function changesSince(seen: SeenState, now: SeenState): string[] {
	const changes: string[] = [];
	if (seen.status !== now.status) {
		changes.push(`It was ${word(seen.status)} and is now ${word(now.status)}.`);
	}
	if (seen.shipped_at !== now.shipped_at) {
		changes.push(now.shipped_at === null ? "It no longer says when it was shipped." : "It has been shipped.");
	}
	if (seen.rolled_back_at !== now.rolled_back_at) {
		changes.push(
			now.rolled_back_at === null ? "It no longer says when it was rolled back." : "It has been rolled back.",
		);
	}
	if (seen.approved_by !== now.approved_by && seen.approved_by !== null) {
		changes.push("Who has approved it is another one.");
	}
	if (seen.rejection_reason !== now.rejection_reason && seen.rejection_reason !== "") {
		changes.push("Its rejection reason is another one.");
	}
	const isOther = (Object.keys(seen) as (keyof SeenState)[]).some((key) => seen[key] !== now[key]);
	// Whatever it is that has changed, the record is not the one that was seen.
	if (isOther && changes.length === 0) changes.push("What it says of its decision has changed.");
	return changes;
}

function word(status: string): string {
	return `“${statusLabel(status)}”`;
}
