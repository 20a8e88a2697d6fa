/** What can be wrong with the log, in one word or two. */
type Fault =
	| "changed"
	| "missing"
	| "added"
	| "swapped"
	| "cut tail"
	| "rewritten"
	| "not signed"
	| "bad line";

/** One thing that is wrong, and where. */
export interface Problem {
	fault: Fault;
	/** A sentence for a person, without the place. */
	what: string;
	tenant_id: string | null;
	/** The place in the tenant's chain, and the entry that stands there, where there is one. */
	sequence: number | null;
	entry_id: string | null;
	/** The line of the file of signed heads that shows it. */
	line: number | null;
}

export interface Findings {
	add(problem: Partial<Problem> & Pick<Problem, "fault" | "what">): void;
	/** By tenant and place, so that a tenant's first is its first bad entry; and how many were left out. */
	result(): { problems: Problem[]; unlisted: number };
}

/** More than these of one tenant and fault would hide the rest, and fill the memory where all is lost. */
const listed = 5;

/** Collects what is wrong. */
export function createFindings(): Findings {
	const problems: Problem[] = [];
	const counts = new Map<string, number>();
	let unlisted = 0;
	return {
		add(problem) {
			const whole = { tenant_id: null, sequence: null, entry_id: null, line: null, ...problem };
			const kind = `${whole.tenant_id} ${whole.fault}`;
			const count = (counts.get(kind) ?? 0) + 1;
			counts.set(kind, count);
			if (count <= listed) problems.push(whole);
			else unlisted += 1;
		},
		result: () => ({ problems: problems.sort(byPlace), unlisted }),
	};
}

function byPlace(one: Problem, other: Problem): number {
	const tenants = (one.tenant_id ?? "").localeCompare(other.tenant_id ?? "");
	const last = Number.MAX_SAFE_INTEGER;
	return tenants || (one.sequence ?? last) - (other.sequence ?? last) || (one.line ?? 0) - (other.line ?? 0);
}
