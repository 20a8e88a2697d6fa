import { checkNames, type Finding, severities } from "./finding";

type Judged = Pick<Finding, "severity" | "check">;

/** Compares two findings for a list: the worst first, then in the order of the checks. */
export function bySeverity(one: Judged, other: Judged): number {
	return (
		severities.indexOf(one.severity) - severities.indexOf(other.severity) ||
		checkNames.indexOf(one.check) - checkNames.indexOf(other.check)
	);
}
