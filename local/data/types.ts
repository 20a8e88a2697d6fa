/** The shapes of the sample data. Times are hours before now; ids are derived from the keys by others. */

import type { DeploymentStatus } from "./deployments/spec";

export interface SampleProject {
	key: string;
	organizationId: string;
	name: string;
	slug: string;
	createdHoursAgo: number;
	/** How its settings came to be what they are, oldest first; none where nobody has touched them. */
	settingChanges?: readonly SampleSettingChange[];
}

interface SampleSettingChange {
	to: Partial<SampleSettings>;
	changedBy: string;
	hoursAgo: number;
}

/** Under the names of the API. */
export interface SampleSettings {
	prompt_autoship_enabled: boolean;
	max_retry_depth: number;
	max_cascade_depth: number;
}

/** One deployment with whole prompts. */
export interface SampleDeployment {
	key: string;
	projectKey: string;
	organizationId: string;
	clusterError: string;
	clusterSignature: string;
	status: DeploymentStatus;
	currentPrompt: string;
	proposedPrompt: string;
	rationale?: string;
	abReport?: Record<string, unknown> | null;
	regressionMetric?: number | null;
	createdHoursAgo: number;
	updatedHoursAgo: number;
	shippedHoursAgo?: number;
	/** A Clerk user id, or `system:autoship`. */
	shippedBy?: string;
	regressedHoursAgo?: number;
	rolledBackHoursAgo?: number;
	/** A Clerk user id, or `system:auto_rollback`. */
	rolledBackBy?: string;
	rollbackReason?: string;
	rejectedHoursAgo?: number;
	rejectedBy?: string;
	rejectionReason?: string;
}

interface SampleSpan {
	/** Unique within its trace; the id is derived from both keys. */
	key: string;
	parentKey?: string;
	name: string;
	type: "llm" | "tool" | "retrieval" | "other";
	input?: string;
	output?: string;
	model?: string;
	/** After the start of the trace. */
	startOffsetMs: number;
	latencyMs: number;
	cost?: number;
	error?: string;
	promptTokens?: number;
	completionTokens?: number;
	metadata?: Record<string, unknown>;
}

export interface SampleTrace {
	key: string;
	projectKey: string;
	name: string;
	input: string;
	output?: string;
	model: string;
	latencyMs: number;
	cost: number;
	/** One of the deployments' cluster errors, where the trace is a case of that cluster. */
	error?: string;
	tags: readonly string[];
	controlLoopDepth?: number;
	spans: readonly SampleSpan[];
	startedHoursAgo: number;
}

type ControlActionType = "retry" | "fallback_model" | "prompt_modification" | "agent_action" | "escalate";

type ControlActionStatus = "pending" | "pending_approval" | "executed" | "failed";

/** What is needed to answer for the difference that an executed action has made to its trace. */
export interface SampleRemediation {
	/** Keys of spans of the action's trace. */
	originalSpanKey: string;
	remediatedSpanKey: string;
	/** Null while the two spans wait to be compared. */
	evaluation: SampleEvaluation | null;
}

interface SampleEvaluation {
	/** Null where no embedding was made. */
	embeddingSimilarity: number | null;
	citationDensityDelta: number | null;
	scores: readonly { ruleName: string; original: number; remediated: number }[];
	summary: string;
	hoursAgo: number;
}

export interface SampleControlAction {
	key: string;
	projectKey: string;
	actionType: ControlActionType;
	/** What was asked for, where a safety gate has made it an `escalate`. */
	intendedActionType?: ControlActionType;
	status: ControlActionStatus;
	traceKey?: string;
	payload: Record<string, unknown> | null;
	result: Record<string, unknown> | null;
	remediation?: SampleRemediation;
	createdHoursAgo: number;
	/** When it ended, well or not. */
	executedHoursAgo?: number;
	/** An owner who has refused it while it waited for approval. */
	rejectedBy?: string;
	rejectedHoursAgo?: number;
	/** A Clerk user id, or the machine that asked. */
	requestedBy: string;
}

export interface SampleData {
	projects: readonly SampleProject[];
	deployments: readonly SampleDeployment[];
	traces: readonly SampleTrace[];
	controlActions: readonly SampleControlAction[];
}
