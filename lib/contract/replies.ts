import type { z } from "zod";
import { auditPageSchema } from "./audit-entry";
import { controlActionPageSchema, controlActionSchema, parkedActionsSchema } from "./control-action";
import { decisionListSchema } from "./decision";
import { deploymentPageSchema, deploymentSchema, deploymentSummarySchema } from "./deployment";
import { errorBodySchema } from "./error";
import { failureClusterListSchema } from "./failure-cluster";
import { killSwitchSchema } from "./kill-switch";
import { metricHistorySchema } from "./metrics";
import { projectListSchema } from "./project";
import { queueCountsSchema, queuePageSchema, queueRowsSchema, queueTimesSchema } from "./queue";
import { remediationAnswerSchema, remediationChainSchema } from "./remediation";
import { tracePageSchema, traceSchema } from "./trace";

/** Every form of answer that the dashboard reads, by the name it is asked for with. */
const replySchemas = {
	auditPage: auditPageSchema,
	controlAction: controlActionSchema,
	controlActionPage: controlActionPageSchema,
	decisionList: decisionListSchema,
	deployment: deploymentSchema,
	deploymentPage: deploymentPageSchema,
	deploymentSummary: deploymentSummarySchema,
	error: errorBodySchema,
	failureClusterList: failureClusterListSchema,
	killSwitch: killSwitchSchema,
	metricHistory: metricHistorySchema,
	parkedActions: parkedActionsSchema,
	projectList: projectListSchema,
	queueCounts: queueCountsSchema,
	queuePage: queuePageSchema,
	queueRows: queueRowsSchema,
	queueTimes: queueTimesSchema,
	remediationAnswer: remediationAnswerSchema,
	remediationChain: remediationChainSchema,
	trace: traceSchema,
	tracePage: tracePageSchema,
};

type Schemas = typeof replySchemas;
export type ReplyForm = keyof Schemas;
export type Replies = { [F in ReplyForm]: z.output<Schemas[F]> };
export type ReplyRead<T> = { data: T } | { problem: unknown };

export function isReplyForm(name: string): name is ReplyForm {
	return Object.hasOwn(replySchemas, name);
}

/** Reads the body of an answer, which has this form or a problem. Never throws. */
export function readReply<F extends ReplyForm>(form: F, body: unknown): ReplyRead<Replies[F]> {
	const { data, error } = replySchemas[form].safeParse(body);
	return error === undefined ? { data: data as Replies[F] } : { problem: error };
}
