import { transitions } from "../../lib/rules/lifecycle";
import { appendAuditEntry, type NewAuditEntry } from "../../server/audit/append";
import type { Actor } from "../../server/auth/caller";
import type { Transaction } from "../../server/db/database";
import { type NewDecision, recordDecision } from "../../server/decisions/record";
import { contentHashOf } from "../../server/deployments/content-hash";
import { settingsOf } from "./project-settings";
import type { SampleControlAction, SampleData, SampleDeployment, SampleProject } from "./sample";
import { sampleId } from "./sample-id";

type Moment = { entry: NewAuditEntry } | { decision: NewDecision };
type At = (hoursAgo: number) => Date;
type TenantOf = (projectKey: string) => string;

/** Everything that happened to the sample data, as the audit log and the decisions tell it, oldest first. */
export function sampleHistory(
	data: Pick<SampleData, "projects" | "deployments" | "controlActions">,
	tenantOf: TenantOf,
	at: At,
): Moment[] {
	const moments = data.projects.flatMap((project) => projectHistory(project, tenantOf(project.key), at));
	for (const deployment of data.deployments) {
		moments.push(...deploymentHistory(deployment, tenantOf(deployment.projectKey), at));
	}
	for (const action of data.controlActions) {
		moments.push(...actionHistory(action, tenantOf(action.projectKey), at));
	}
	return moments.sort((one, other) => momentOf(one).getTime() - momentOf(other).getTime());
}

/** Writes it through the same doors as what people do. */
export async function writeHistory(tx: Transaction, history: readonly Moment[]): Promise<void> {
	for (const moment of history) {
		if ("decision" in moment) await recordDecision(tx, moment.decision);
		else await appendAuditEntry(tx, moment.entry);
	}
}

function momentOf(moment: Moment): Date {
	return "decision" in moment ? moment.decision.at : moment.entry.at;
}

function actorOf(id: string): Actor {
	return { type: id.startsWith("system:") ? "system" : "user", id };
}

function projectHistory(sample: SampleProject, tenantId: string, at: At): Moment[] {
	const { key, name, slug, createdHoursAgo } = sample;
	const told = (
		event: NewAuditEntry["event"],
		actorId: string,
		metadata: NewAuditEntry["metadata"],
		hoursAgo: number,
	): Moment => ({
		entry: {
			tenantId,
			event,
			actor: actorOf(actorId),
			resourceId: sampleId("project", key),
			metadata,
			at: at(hoursAgo),
		},
	});
	return [
		told("project.created", "system:sample", { name, slug }, createdHoursAgo),
		...settingsOf(sample).changes.map(({ changedBy, changes, hoursAgo }) =>
			told("project.changed", changedBy, { changes }, hoursAgo),
		),
	];
}

function deploymentHistory(sample: SampleDeployment, tenantId: string, at: At): Moment[] {
	const id = sampleId("deployment", sample.key);
	const project_id = sampleId("project", sample.projectKey);
	const contentHash = contentHashOf({
		current_prompt: sample.currentPrompt,
		proposed_prompt: sample.proposedPrompt,
	});
	const decided = (
		decision: keyof typeof transitions,
		event: NewDecision["event"],
		by: { actorId: string; fromStatus: string; reason: string; hoursAgo: number; sinceHoursAgo?: number },
	): Moment => ({
		decision: {
			tenantId,
			subject: { kind: "deployment", id },
			decision,
			fromStatus: by.fromStatus,
			toStatus: transitions[decision].to,
			actor: actorOf(by.actorId),
			reason: by.reason,
			contentHash,
			event,
			metadata: { project_id },
			decidableSince: at(by.sinceHoursAgo ?? sample.createdHoursAgo),
			at: at(by.hoursAgo),
		},
	});
	const told = (
		event: NewAuditEntry["event"],
		actorId: string,
		metadata: object,
		hoursAgo: number,
	): Moment => ({
		entry: {
			tenantId,
			event,
			actor: actorOf(actorId),
			resourceId: id,
			metadata: { project_id, ...metadata },
			at: at(hoursAgo),
		},
	});

	const proposal = {
		cluster_signature: sample.clusterSignature,
		status: "proposed",
		content_hash: contentHash,
	};
	const history = [told("deployment.proposed", "system:proposer", proposal, sample.createdHoursAgo)];
	const isTested = sample.abReport !== undefined && sample.abReport !== null;
	const testedStatus = isTested ? "ab_passed" : "proposed";
	const { shippedHoursAgo, shippedBy, regressedHoursAgo, rolledBackHoursAgo, rolledBackBy } = sample;
	const { rejectedHoursAgo, rejectedBy } = sample;
	if (shippedHoursAgo !== undefined && shippedBy !== undefined) {
		history.push(
			decided("approve", "deployment.approved", {
				actorId: shippedBy,
				fromStatus: testedStatus,
				reason: "",
				hoursAgo: shippedHoursAgo,
			}),
		);
	}
	if (regressedHoursAgo !== undefined) {
		const metadata = { regression_metric: sample.regressionMetric ?? null };
		history.push(told("deployment.regressed", "system:monitor", metadata, regressedHoursAgo));
	}
	if (rolledBackHoursAgo !== undefined && rolledBackBy !== undefined) {
		history.push(
			decided("rollback", "deployment.rolled_back", {
				actorId: rolledBackBy,
				fromStatus: regressedHoursAgo === undefined ? "monitoring" : "regressed",
				reason: sample.rollbackReason ?? "",
				hoursAgo: rolledBackHoursAgo,
				sinceHoursAgo: regressedHoursAgo ?? shippedHoursAgo,
			}),
		);
	}
	if (rejectedHoursAgo !== undefined && rejectedBy !== undefined) {
		history.push(
			decided("reject", "deployment.rejected", {
				actorId: rejectedBy,
				fromStatus: shippedHoursAgo === undefined ? testedStatus : "monitoring",
				reason: sample.rejectionReason ?? "",
				hoursAgo: rejectedHoursAgo,
				sinceHoursAgo: shippedHoursAgo,
			}),
		);
	}
	return history;
}

function actionHistory(sample: SampleControlAction, tenantId: string, at: At): Moment[] {
	const id = sampleId("control action", sample.key);
	const actor = actorOf(sample.requestedBy);
	const { actionType, intendedActionType, status, payload, traceKey, rejectedBy } = sample;
	const { createdHoursAgo, executedHoursAgo, rejectedHoursAgo } = sample;
	const isEscalated = intendedActionType !== undefined;
	const isParked = status === "pending_approval" || rejectedBy !== undefined;
	const executor = "sample";
	const metadata = {
		project_id: sampleId("project", sample.projectKey),
		action_type: intendedActionType ?? actionType,
		trace_id: traceKey === undefined ? null : sampleId("trace", traceKey),
	};
	const decided = (
		decision: Pick<NewDecision, "decision" | "event" | "fromStatus" | "toStatus" | "actor" | "metadata">,
		hoursAgo: number,
		reason = "",
	): Moment => ({
		decision: {
			...decision,
			tenantId,
			subject: { kind: "control_action", id },
			reason,
			contentHash: null,
			at: at(hoursAgo),
		},
	});
	const history = [
		decided(
			{
				decision: isEscalated ? "escalate" : "execute",
				event: isEscalated ? "control_action.escalated" : "control_action.requested",
				fromStatus: null,
				toStatus: isParked ? "pending_approval" : "pending",
				actor,
				metadata: {
					...metadata,
					...(isEscalated ? { escalation_reason: payload?.escalation_reason } : {}),
					...(isParked ? {} : { executor }),
				},
			},
			createdHoursAgo,
		),
	];
	if (rejectedBy !== undefined && rejectedHoursAgo !== undefined) {
		const decision = {
			decision: "reject",
			event: "control_action.rejected",
			fromStatus: "pending_approval",
			toStatus: status,
			actor: actorOf(rejectedBy),
			metadata,
		} as const;
		history.push(decided(decision, rejectedHoursAgo, String(sample.result?.reason ?? "")));
	} else if (status === "executed" || status === "failed") {
		const { project_id, action_type } = metadata;
		history.push({
			entry: {
				tenantId,
				event: status === "executed" ? "control_action.executed" : "control_action.failed",
				actor,
				resourceId: id,
				metadata: { project_id, action_type, executor },
				at: at(executedHoursAgo ?? createdHoursAgo),
			},
		});
	}
	return history;
}
