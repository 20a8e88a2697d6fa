import { autoshipActor } from "../../contract/deployment-status";

const longestIdLength = 40;

/** A deployment by its id, short as on the screens: `deployment 3f2c1a90`. */
export function deploymentInWords(id: string): string {
	return `deployment ${/^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(id) ? id.slice(0, 8) : clipped(id, longestIdLength)}`;
}

/** A moment to the minute in UTC, `2026-11-22 10:00 UTC`; null for text that is no date, or for none. */
export function momentInWords(iso: string | null | undefined): string | null {
	const time = Date.parse(iso ?? "");
	if (Number.isNaN(time)) return null;
	return `${new Date(time).toISOString().slice(0, 16).replace("T", " ")} UTC`;
}

/** Who approved, after the word `by`: an id of Clerk as it is, since names are known to screens only. */
export function approverInWords(approvedBy: string | null | undefined): string {
	if (approvedBy === null || approvedBy === undefined || approvedBy === "") return "somebody not recorded";
	return approvedBy === autoshipActor ? "autoship" : clipped(approvedBy, longestIdLength);
}

/** Text of unknown length on one line, cut to `maxLength` UTF-16 units; an ellipsis says that it was cut. */
export function clipped(text: string, maxLength: number): string {
	// More than can be shown is not even looked at: white space may be most of a long text.
	const line = text
		.slice(0, 4 * maxLength)
		.replace(/\s+/g, " ")
		.trim();
	if (line.length <= maxLength && text.length <= 4 * maxLength) return line;
	return `${line
		.slice(0, maxLength - 1)
		.toWellFormed()
		.replace(/\uFFFD$/, "")}…`;
}

const figures = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });

/** A whole number with its thousands set apart, and a true minus sign. */
export function figure(value: number): string {
	return figures.format(value === 0 ? 0 : value).replace("-", "−");
}

/** `1 change`, `2 changes`. */
export function countInWords(count: number, singular: string, plural = `${singular}s`): string {
	return `${figure(count)} ${count === 1 ? singular : plural}`;
}
