import type { Problem } from "./findings";
import type { AuditReport } from "./verify";

/** What the look at the log has found, as lines for a person. */
export function reportInWords({ whole, problems, unlisted, notes, checked }: AuditReport): string {
	const { entries, tenants, decisions, signed_heads } = checked;
	const counted = [
		count(entries, "audit entry", "audit entries"),
		count(tenants, "tenant", "tenants"),
		count(decisions, "decision", "decisions"),
		signed_heads === null
			? "no signed heads (--without-heads)"
			: count(signed_heads, "signed head", "signed heads"),
	];
	const lines = [`Checked ${counted.slice(0, -1).join(", ")} and ${counted.at(-1)}.`, ...notes];
	if (whole) return [...lines, "The audit log is whole."].join("\n");
	lines.push("The audit log is NOT whole:");
	let tenant: string | null = null;
	for (const problem of problems) {
		if (problem.tenant_id !== null && problem.tenant_id !== tenant) {
			lines.push(`  tenant ${problem.tenant_id}, first bad entry: ${placeOf(problem)}`);
		}
		tenant = problem.tenant_id;
		lines.push(`  ${tenant === null ? "" : "  "}${inWords(problem)}`);
	}
	if (unlisted > 0) lines.push(`  and ${unlisted.toLocaleString("en")} more of the same kinds`);
	return lines.join("\n");
}

function inWords(problem: Problem): string {
	const line = problem.line === null ? "" : ` (line ${problem.line} of the signed heads)`;
	return `${placeOf(problem)}: ${problem.fault}: ${problem.what}${line}`;
}

function placeOf({ sequence, entry_id, line }: Problem): string {
	if (sequence !== null) return entry_id === null ? `entry ${sequence}` : `entry ${sequence} (${entry_id})`;
	return line === null ? "the log" : `line ${line} of the signed heads`;
}

function count(number: number, one: string, many: string): string {
	return `${number.toLocaleString("en")} ${number === 1 ? one : many}`;
}
