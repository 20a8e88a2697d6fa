/** What an author of sample deployments writes down; `build.ts` turns it into whole prompts. */

export type DeploymentStatus =
	| "proposed"
	| "ab_running"
	| "ab_passed"
	| "ab_failed"
	| "shipped"
	| "monitoring"
	| "regressed"
	| "rolled_back"
	| "rejected";

/** Replaces a piece of text that occurs exactly once. */
interface ReplaceEdit {
	find: string;
	replace: string;
}

/** Replaces the one line that contains `line`. */
interface RewriteEdit {
	line: string;
	rewrite: string;
}

/** Removes the one line that contains `cut`, and what follows up to the line that contains `until`. */
interface CutEdit {
	cut: string;
	until?: string;
}

/** Moves the same range in front of the one line that contains `before`. */
interface MoveEdit {
	move: string;
	until?: string;
	before: string;
}

export type Edit = ReplaceEdit | RewriteEdit | CutEdit | MoveEdit;

/** The prompt that a change starts from: a file, or what an earlier deployment put live. */
type Origin = { prompt: string } | { after: string };

/** How the proposed prompt comes about: edits, or a file that replaces everything. */
type Proposal = { edits: readonly Edit[]; crlf?: boolean } | { file: string };

export interface DeploymentSpec {
	key: string;
	from: Origin;
	to: Proposal;
	cluster: string;
	status: DeploymentStatus;
	rationale?: string;
	abReport?: Record<string, unknown> | null;
	regressionMetric?: number | null;
	createdHoursAgo: number;
	/** Left out where the last stamp below says it. */
	updatedHoursAgo?: number;
	shippedHoursAgo?: number;
	shippedBy?: string;
	regressedHoursAgo?: number;
	rolledBackHoursAgo?: number;
	rolledBackBy?: string;
	rollbackReason?: string;
	rejectedHoursAgo?: number;
	rejectedBy?: string;
	rejectionReason?: string;
}

/** The deployments of one project, oldest first. */
export interface DeploymentBook {
	projectKey: string;
	organizationId: string;
	deployments: readonly DeploymentSpec[];
}
