import { transitions } from "../../lib/rules/lifecycle";
import { appendAuditEntry, type NewAuditEntry } from "../../server/audit/append";
import type { Actor } from "../../server/auth/caller";
import type { Transaction } from "../../server/db/database";
import { type NewDecision, recordDecision } from "../../server/decisions/record";
import { contentHashOf } from "../../server/deployments/content-hash";
import type { SampleControlAction, SampleData, SampleDeployment } from "./sample";
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
	const moments: Moment[] = data.projects.map(({ key, name, slug, createdHoursAgo }) => ({
		entry: {
			tenantId: tenantOf(key),
			event: "project.created",
			actor: actorOf("system:sample"),
			resourceId: sampleId("project", key),
			metadata: { name, slug },
			at: at(createdHoursAgo),
		},
	}));
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
		by: { actorId: string; fromStatus: string; reason: string; hoursAgo: number },
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
			}),
		);
	}
	return history;
}

function actionHistory(sample: SampleControlAction, tenantId: string, at: At): Moment[] {
	const id = sampleId("control action", sample.key);
	const actor = actorOf(sample.requestedBy);
	const { actionType, status, createdHoursAgo, executedHoursAgo, traceKey } = sample;
	const project_id = sampleId("project", sample.projectKey);
	const metadata = { project_id, action_type: actionType };
	const history: Moment[] = [
		{
			decision: {
				tenantId,
				subject: { kind: "control_action", id },
				decision: "execute",
				fromStatus: null,
				toStatus: status === "pending_approval" ? status : "pending",
				actor,
				reason: "",
				contentHash: null,
				event: "control_action.requested",
				metadata: { ...metadata, trace_id: traceKey === undefined ? null : sampleId("trace", traceKey) },
				at: at(createdHoursAgo),
			},
		},
	];
	if (status === "executed" || status === "failed") {
		history.push({
			entry: {
				tenantId,
				event: status === "executed" ? "control_action.executed" : "control_action.failed",
				actor,
				resourceId: id,
				metadata: { ...metadata, executor: "sample" },
				at: at(executedHoursAgo ?? createdHoursAgo),
			},
		});
	}
	return history;
}
