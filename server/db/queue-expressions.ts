import { digestVersion } from "@/lib/rules/queue-digest";

/**
 * The sort by effect: what has none stands behind everything that has one. Not by `coalesce`, which the planner
 * takes for something that could give a row away: under row-level security it would go into no index.
 */
export const effectOrLast = "(case when effect is null then '-Infinity'::double precision else effect end)";

/**
 * The deployments whose digest is missing or of an older version; once read, a row leaves this index, and a
 * decision on it costs the index nothing. Another version of the digest is another index, and so a migration.
 */
export const withoutDigest = `coalesce(digest_version, 0) < ${digestVersion}`;

/** Approvals and rejections of deployments by people, of which it is known how long they took. */
export const timedByPeople =
	"subject_kind = 'deployment' and decision in ('approve', 'reject') and actor_type = 'user' and decidable_since is not null";
