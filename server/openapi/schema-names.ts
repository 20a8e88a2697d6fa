import type { z } from "zod";
import {
	promisedApiKeyListSchema,
	promisedApiKeySchema,
	promisedNewApiKeySchema,
} from "@/lib/contract/api-key";
import { promisedAuditEntrySchema, promisedAuditPageSchema } from "@/lib/contract/audit-entry";
import {
	executeRequestSchema,
	promisedControlActionPageSchema,
	promisedControlActionSchema,
	promisedParkedActionsSchema,
} from "@/lib/contract/control-action";
import { promisedDecisionListSchema, promisedDecisionSchema } from "@/lib/contract/decision";
import {
	decisionBodySchema,
	newDeploymentSchema,
	promisedDeploymentPageSchema,
	promisedDeploymentSchema,
} from "@/lib/contract/deployment";
import { promisedFailureClusterListSchema } from "@/lib/contract/failure-cluster";
import { promisedKillSwitchSchema } from "@/lib/contract/kill-switch";
import { promisedLiveEventsSchema } from "@/lib/contract/live-event";
import { promisedMetricHistorySchema } from "@/lib/contract/metrics";
import {
	newProjectSchema,
	projectChangeSchema,
	promisedProjectListSchema,
	promisedProjectSchema,
} from "@/lib/contract/project";
import {
	promisedQueueCountsSchema,
	promisedQueuePageSchema,
	promisedQueueRowSchema,
	promisedQueueRowsSchema,
	promisedQueueTimesSchema,
} from "@/lib/contract/queue";
import {
	promisedRemediationChainSchema,
	promisedRemediationDiffPendingSchema,
	promisedRemediationDiffSchema,
	promisedScoreDeltaSchema,
} from "@/lib/contract/remediation";
import { promisedTracePageSchema, promisedTraceSchema } from "@/lib/contract/trace";
import { promisedErrorBodySchema } from "./error-schema";

/** What is answered, under the names of the contract. A schema that is not listed is named after its operation. */
export const answerNames: readonly (readonly [z.ZodType, string])[] = [
	[promisedErrorBodySchema, "Error"],
	[promisedDeploymentSchema, "PromptDeployment"],
	[promisedDeploymentPageSchema, "PromptDeploymentPage"],
	[promisedQueueRowSchema, "QueueRow"],
	[promisedQueuePageSchema, "QueuePage"],
	[promisedQueueRowsSchema, "QueueRows"],
	[promisedQueueCountsSchema, "QueueCounts"],
	[promisedQueueTimesSchema, "QueueTimes"],
	[promisedDecisionSchema, "Decision"],
	[promisedDecisionListSchema, "DecisionList"],
	[promisedMetricHistorySchema, "MetricHistory"],
	[promisedControlActionSchema, "ControlAction"],
	[promisedControlActionPageSchema, "ControlActionPage"],
	[promisedParkedActionsSchema, "ParkedControlActions"],
	[promisedKillSwitchSchema, "KillSwitch"],
	[promisedRemediationDiffSchema, "RemediationDiff"],
	[promisedRemediationDiffPendingSchema, "RemediationDiffPending"],
	[promisedRemediationChainSchema, "RemediationChain"],
	[promisedScoreDeltaSchema, "ScoreDelta"],
	[promisedProjectSchema, "Project"],
	[promisedProjectListSchema, "ProjectList"],
	[promisedTraceSchema, "Trace"],
	[promisedTracePageSchema, "TracePage"],
	[promisedFailureClusterListSchema, "FailureClusterList"],
	[promisedApiKeySchema, "ApiKey"],
	[promisedApiKeyListSchema, "ApiKeyList"],
	[promisedNewApiKeySchema, "CreatedApiKey"],
	[promisedAuditEntrySchema, "AuditEntry"],
	[promisedAuditPageSchema, "AuditPage"],
	[promisedLiveEventsSchema, "LiveEvents"],
];

/** What is sent. */
export const requestNames: readonly (readonly [z.ZodType, string])[] = [
	[newDeploymentSchema, "NewPromptDeployment"],
	[decisionBodySchema, "DecisionReason"],
	[executeRequestSchema, "ExecuteRequest"],
	[newProjectSchema, "NewProject"],
	[projectChangeSchema, "ProjectChange"],
];
