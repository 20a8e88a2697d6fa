import { eq } from "drizzle-orm";
import { autoRollbackActor } from "../../lib/contract/deployment-status";
import type { ScoreDelta } from "../../lib/contract/remediation";
import { digestOf, digestVersion } from "../../lib/rules/queue-digest";
import type { Clock } from "../../server/clock";
import type { Database, Transaction } from "../../server/db/database";
import * as tables from "../../server/db/schema";
import { contentHashOf } from "../../server/deployments/content-hash";
import { proposalHashOf } from "../../server/deployments/proposal-hash";
import { ensureTenant } from "../../server/tenants/ensure";
import { tenantIdOf } from "../../server/tenants/tenant-id";
import { metricHistoryOf } from "./metric-history";
import { settingsOf } from "./project-settings";
import {
	loadSampleData,
	type SampleControlAction,
	type SampleDeployment,
	type SampleProject,
	type SampleRemediation,
	type SampleTrace,
} from "./sample";
import { sampleHistory, writeHistory } from "./sample-history";
import { sampleId } from "./sample-id";

const marker = { key: "sample_data", value: "1" };

/** What seeding did, as a word and as a sentence for the log. */
export interface SeedOutcome {
	outcome: "seeded" | "unchanged" | "not_ours";
	sentence: string;
}

/**
 * Fills an empty database with the sample data, once. A database that holds anything else is somebody's
 * work and stays as it is; so does a sample database that people have been deciding in since.
 */
export async function seedSampleData(db: Database, clock: Clock): Promise<SeedOutcome> {
	return db.asOwner(async (tx) => {
		const [marked] = await tx.orm.select().from(tables.settings).where(eq(tables.settings.key, marker.key));
		if (marked !== undefined) {
			return { outcome: "unchanged", sentence: "The sample data is there already; nothing was changed." };
		}
		const [tenant] = await tx.orm.select({ id: tables.tenants.id }).from(tables.tenants).limit(1);
		if (tenant !== undefined) {
			return {
				outcome: "not_ours",
				sentence: "This database is not the sample one, so no sample data was added to it.",
			};
		}
		await tx.orm.insert(tables.settings).values(marker);
		await writeSample(tx, clock());
		return { outcome: "seeded", sentence: "The sample data was put into an empty database." };
	});
}

async function writeSample(tx: Transaction, now: Date): Promise<void> {
	const { projects, deployments, traces, controlActions } = loadSampleData();
	const at = (hoursAgo: number) => new Date(Math.round(now.getTime() - hoursAgo * 3_600_000));
	const tenantOfProject = new Map<string, string>();
	for (const project of projects) {
		const tenantId = await ensureTenant(tx, () => at(project.createdHoursAgo), project.organizationId);
		tenantOfProject.set(project.key, tenantId);
		await tx.orm.insert(tables.projects).values(projectRow(project, tenantId, at));
	}
	const tenantOf = (projectKey: string) => {
		const tenantId = tenantOfProject.get(projectKey);
		if (tenantId === undefined) throw new Error(`No sample project ${projectKey}`);
		return tenantId;
	};
	for (const deployment of deployments) {
		await tx.orm.insert(tables.deployments).values(deploymentRow(deployment, at));
		const earlier = metricRows(deployment, at);
		if (earlier.length > 0) await tx.orm.insert(tables.deploymentMetrics).values(earlier);
	}
	for (const trace of traces) await writeTrace(tx, trace, tenantOf(trace.projectKey), at);
	for (const action of controlActions) {
		const tenantId = tenantOf(action.projectKey);
		await tx.orm.insert(tables.controlActions).values(actionRow(action, tenantId, at));
		const { remediation } = action;
		if (remediation !== undefined) {
			await tx.orm.insert(tables.remediations).values(remediationRow(action, remediation, tenantId, at));
		}
	}
	await writeHistory(tx, sampleHistory({ projects, deployments, controlActions }, tenantOf, at));
}

type At = (hoursAgo: number) => Date;

function optional(at: At, hoursAgo: number | undefined): Date | null {
	return hoursAgo === undefined ? null : at(hoursAgo);
}

function projectRow(sample: SampleProject, tenantId: string, at: At): typeof tables.projects.$inferInsert {
	const { key, name, slug, createdHoursAgo } = sample;
	const { now, changes } = settingsOf(sample);
	return {
		id: sampleId("project", key),
		tenantId,
		name,
		slug,
		promptAutoshipEnabled: now.prompt_autoship_enabled,
		maxRetryDepth: now.max_retry_depth,
		maxCascadeDepth: now.max_cascade_depth,
		createdAt: at(createdHoursAgo),
		updatedAt: at(changes.at(-1)?.hoursAgo ?? createdHoursAgo),
	};
}

function deploymentRow(sample: SampleDeployment, at: At): typeof tables.deployments.$inferInsert {
	const { rolledBackBy, shippedBy } = sample;
	return {
		id: sampleId("deployment", sample.key),
		tenantId: tenantIdOf(sample.organizationId),
		projectId: sampleId("project", sample.projectKey),
		clusterSignature: sample.clusterSignature,
		status: sample.status,
		currentPrompt: sample.currentPrompt,
		proposedPrompt: sample.proposedPrompt,
		contentHash: contentHashOf({
			current_prompt: sample.currentPrompt,
			proposed_prompt: sample.proposedPrompt,
		}),
		proposalHash: proposalHashOf({
			cluster_signature: sample.clusterSignature,
			current_prompt: sample.currentPrompt,
			proposed_prompt: sample.proposedPrompt,
			rationale: sample.rationale,
			ab_report: sample.abReport,
		}),
		rationale: sample.rationale,
		abReport: sample.abReport,
		regressionMetric: sample.regressionMetric,
		shippedAt: optional(at, sample.shippedHoursAgo),
		rolledBackAt: optional(at, sample.rolledBackHoursAgo),
		approvedBy: rolledBackBy === autoRollbackActor ? rolledBackBy : shippedBy,
		rejectionReason: sample.rejectionReason,
		createdAt: at(sample.createdHoursAgo),
		updatedAt: at(sample.updatedHoursAgo),
		...digestOf({
			current_prompt: sample.currentPrompt,
			proposed_prompt: sample.proposedPrompt,
			rationale: sample.rationale,
			ab_report: sample.abReport,
			status: sample.status,
		}),
		digestVersion,
	};
}

/** Before the present value, which the database has kept by itself. */
function metricRows(sample: SampleDeployment, at: At): (typeof tables.deploymentMetrics.$inferInsert)[] {
	const deploymentId = sampleId("deployment", sample.key);
	const tenantId = tenantIdOf(sample.organizationId);
	return metricHistoryOf(sample).map(({ hoursAgo, value }) => ({
		deploymentId,
		tenantId,
		at: at(hoursAgo),
		value,
	}));
}

async function writeTrace(tx: Transaction, sample: SampleTrace, tenantId: string, at: At): Promise<void> {
	const traceId = sampleId("trace", sample.key);
	const startedAt = at(sample.startedHoursAgo);
	await tx.orm.insert(tables.traces).values({
		id: traceId,
		tenantId,
		projectId: sampleId("project", sample.projectKey),
		name: sample.name,
		input: sample.input,
		output: sample.output,
		model: sample.model,
		latencyMs: sample.latencyMs,
		cost: sample.cost,
		error: sample.error,
		tags: [...sample.tags],
		controlLoopDepth: sample.controlLoopDepth,
		startedAt,
		endedAt: later(startedAt, sample.latencyMs),
	});
	for (const span of sample.spans) {
		const startTime = later(startedAt, span.startOffsetMs);
		await tx.orm.insert(tables.spans).values({
			id: sampleId("span", `${sample.key}/${span.key}`),
			tenantId,
			traceId,
			parentSpanId: span.parentKey === undefined ? null : sampleId("span", `${sample.key}/${span.parentKey}`),
			name: span.name,
			type: span.type,
			input: span.input,
			output: span.output,
			model: span.model,
			latencyMs: span.latencyMs,
			cost: span.cost,
			error: span.error,
			promptTokens: span.promptTokens,
			completionTokens: span.completionTokens,
			metadata: span.metadata,
			startTime,
			endTime: later(startTime, span.latencyMs),
			createdAt: startTime,
		});
	}
}

function later(moment: Date, milliseconds: number): Date {
	return new Date(Math.round(moment.getTime() + milliseconds));
}

function actionRow(
	sample: SampleControlAction,
	tenantId: string,
	at: At,
): typeof tables.controlActions.$inferInsert {
	return {
		id: sampleId("control action", sample.key),
		tenantId,
		projectId: sampleId("project", sample.projectKey),
		actionType: sample.actionType,
		intendedActionType: sample.intendedActionType,
		status: sample.status,
		traceId: sample.traceKey === undefined ? null : sampleId("trace", sample.traceKey),
		payload: sample.payload,
		result: sample.result,
		executedAt: sample.status === "executed" ? optional(at, sample.executedHoursAgo) : null,
		createdAt: at(sample.createdHoursAgo),
		updatedAt: at(sample.executedHoursAgo ?? sample.rejectedHoursAgo ?? sample.createdHoursAgo),
	};
}

function remediationRow(
	sample: SampleControlAction,
	{ originalSpanKey, remediatedSpanKey, evaluation }: SampleRemediation,
	tenantId: string,
	at: At,
): typeof tables.remediations.$inferInsert {
	return {
		actionId: sampleId("control action", sample.key),
		tenantId,
		originalSpanId: sampleId("span", `${sample.traceKey}/${originalSpanKey}`),
		remediatedSpanId: sampleId("span", `${sample.traceKey}/${remediatedSpanKey}`),
		embeddingSimilarity: evaluation?.embeddingSimilarity,
		citationDensityDelta: evaluation?.citationDensityDelta,
		scoreDeltas: evaluation?.scores.map(scoreDelta) ?? [],
		summary: evaluation?.summary ?? "",
		evaluatedAt: optional(at, evaluation?.hoursAgo),
		createdAt: at(sample.executedHoursAgo ?? sample.createdHoursAgo),
	};
}

/** The delta is rounded, because an evaluation writes −0.05 and not −0.050000000000000044. */
function scoreDelta(score: { ruleName: string; original: number; remediated: number }): ScoreDelta {
	return {
		eval_rule_id: sampleId("eval rule", score.ruleName),
		rule_name: score.ruleName,
		original_score: score.original,
		remediated_score: score.remediated,
		delta: Number((score.remediated - score.original).toFixed(4)),
	};
}
