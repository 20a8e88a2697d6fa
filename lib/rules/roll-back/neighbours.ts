import {
	byShipping,
	isLiveStatus,
	type LiveDeployment,
	lastShipped,
	type ShippedRow,
	timeOf,
	wasLiveAt,
} from "./shipped-row";

/** How many texts of those that shipped before, and of those that were rolled back, are compared. */
const comparedMax = 8;
const hourMs = 3_600_000;

/** The rows beside a deployment that have a part in what rolling it back means. */
export interface RollBackNeighbours {
	/** Was live an hour ago; the deployment itself, another one, or null where the list names none. */
	hourAgo: "itself" | ShippedRow | null;
	/** Shipped after the deployment and is live still. */
	after: ShippedRow | null;
	/** Shipped last of those between the proposal of the deployment and its own shipping. */
	between: ShippedRow | null;
	/** Shipped before the deployment, the last one first: one of them may have put live what it replaced. */
	before: readonly ShippedRow[];
	/** Rolled back, the last one first. */
	rolledBack: readonly ShippedRow[];
}

/** Picks them from the deployments of the project that are or were live; `now` in milliseconds. */
export function neighboursOf(
	deployment: LiveDeployment,
	rows: readonly ShippedRow[],
	now: number,
): RollBackNeighbours {
	const others = rows.filter(({ id }) => id !== deployment.id);
	const shipped = timeOf(deployment.shipped_at);
	const created = timeOf(deployment.created_at);
	const before = byShipping(others).filter(({ shipped_at }) => timeOf(shipped_at) < shipped);
	const hourBefore = now - hourMs;
	const wereLive = others.filter((row) => wasLiveAt(row, hourBefore));
	const hourAgo = lastShipped(
		shipped <= hourBefore
			? [...wereLive, { ...deployment, rolled_back_at: null, approved_by: null }]
			: wereLive,
	);
	return {
		hourAgo: hourAgo?.id === deployment.id ? "itself" : hourAgo,
		after: lastShipped(
			others.filter(({ status, shipped_at }) => isLiveStatus(status) && timeOf(shipped_at) > shipped),
		),
		between: lastShipped(before.filter((row) => timeOf(row.shipped_at) > created && wasLiveAt(row, shipped))),
		before: before.slice(0, comparedMax),
		rolledBack: others
			.filter(({ status }) => status === "rolled_back")
			.sort((one, other) => (timeOf(other.rolled_back_at) || 0) - (timeOf(one.rolled_back_at) || 0))
			.slice(0, comparedMax),
	};
}

/** The ids of the rows whose texts have to be read, each once. */
export function idsToRead({ hourAgo, between, before, rolledBack }: RollBackNeighbours): string[] {
	const single = [hourAgo === "itself" ? null : hourAgo, between].filter((row) => row !== null);
	return [...new Set([...single, ...before, ...rolledBack].map(({ id }) => id))];
}
