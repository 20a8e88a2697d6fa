const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** A distance in time in one short figure: `now`, `5 min`, `3 h`, `12 d`, `2 y`. */
export function formatAge(elapsedMs: number): string {
	if (!Number.isFinite(elapsedMs)) return "–";
	if (elapsedMs < minuteMs) return "now";
	if (elapsedMs < hourMs) return `${Math.floor(elapsedMs / minuteMs)} min`;
	if (elapsedMs < 2 * dayMs) return `${Math.floor(elapsedMs / hourMs)} h`;
	if (elapsedMs < 730 * dayMs) return `${Math.floor(elapsedMs / dayMs)} d`;
	return `${Math.floor(elapsedMs / (365 * dayMs))} y`;
}

/** How long something has lasted, within a sentence: `under a minute`, else as an age. */
export function formatDuration(elapsedMs: number): string {
	return elapsedMs < minuteMs ? "under a minute" : formatAge(elapsedMs);
}

/**
 * A moment to the second in UTC, the same on every machine: an auditor and an engineer in another zone
 * read the same words. Text that is no date comes back as it was.
 */
export function formatMoment(iso: string): string {
	const time = Date.parse(iso);
	if (Number.isNaN(time)) return iso;
	return `${new Date(time).toISOString().slice(0, 19).replace("T", " ")} UTC`;
}

const plainNumber = new Intl.NumberFormat("en", { maximumFractionDigits: 4 });

/** A figure with at most four decimals and a true minus sign. */
export function formatNumber(value: number): string {
	return plainNumber.format(value).replace("-", "−");
}

/** The same with its sign always written: `+0.29`, `−0.08`, `0`. */
export function formatSigned(value: number): string {
	const text = formatNumber(value);
	return value > 0 ? `+${text}` : text;
}

/** An identifier short enough for a table, long enough to tell two apart; words stay whole. */
export function shortenId(id: string): string {
	const hash = /^([a-z0-9]+:)([0-9a-f]{12,})$/i.exec(id);
	if (hash) return `${hash[1]}${hash[2]?.slice(0, 8)}…`;
	if (/^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(id)) return `${id.slice(0, 8)}…`;
	return id.length > 28 ? `${id.slice(0, 27)}…` : id;
}

/** `1 deployment`, `2 deployments`. */
export function countOf(count: number, singular: string, plural = `${singular}s`): string {
	return `${formatNumber(count)} ${count === 1 ? singular : plural}`;
}
