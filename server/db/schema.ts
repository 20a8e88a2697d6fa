import { sql } from "drizzle-orm";
import {
	bigint,
	boolean,
	doublePrecision,
	foreignKey,
	index,
	integer,
	json,
	jsonb,
	pgTable,
	primaryKey,
	text,
	timestamp,
	unique,
	uuid,
} from "drizzle-orm/pg-core";
import type { AuditActorType } from "@/lib/contract/audit-entry";
import type { ControlActionStatus, ControlActionType } from "@/lib/contract/control-action-types";
import type { DeploymentStatus } from "@/lib/contract/deployment-status";
import type { JsonObject } from "@/lib/contract/identifiers";
import type { QueueVerdict } from "@/lib/contract/queue-terms";
import type { ScoreDelta } from "@/lib/contract/remediation";
import type { Role } from "@/lib/contract/role";
import type { SpanType } from "@/lib/contract/trace";
import type { Operation } from "@/lib/rules/authority";
import type { Severity } from "@/lib/rules/prompt-checks/finding";
import { effectOrLast, timedByPeople, withoutDigest } from "./queue-expressions";

/** A moment, kept to the millisecond: what a JavaScript clock can say and RFC 3339 answers give back. */
const moment = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: "date" });

export const tenants = pgTable("tenants", {
	id: uuid("id").primaryKey(),
	organizationId: text("organization_id").notNull().unique(),
	createdAt: moment("created_at").notNull(),
});

export const projects = pgTable(
	"projects",
	{
		id: uuid("id").primaryKey(),
		tenantId: uuid("tenant_id")
			.notNull()
			.references(() => tenants.id),
		name: text("name").notNull(),
		slug: text("slug").notNull(),
		archivedAt: moment("archived_at"),
		/** A proposal that has passed its A/B test ships by itself, signed `system:autoship`. */
		promptAutoshipEnabled: boolean("prompt_autoship_enabled").notNull().default(false),
		maxRetryDepth: integer("max_retry_depth").notNull().default(3),
		maxCascadeDepth: integer("max_cascade_depth").notNull().default(5),
		createdAt: moment("created_at").notNull(),
		updatedAt: moment("updated_at").notNull(),
	},
	(table) => [
		unique("projects_tenant_slug").on(table.tenantId, table.slug),
		// What the composite foreign keys below point at: a row can only name a project of its own tenant.
		unique("projects_tenant_id").on(table.tenantId, table.id),
	],
);

export const deployments = pgTable(
	"deployments",
	{
		id: uuid("id").primaryKey(),
		tenantId: uuid("tenant_id").notNull(),
		projectId: uuid("project_id").notNull(),
		clusterSignature: text("cluster_signature").notNull(),
		status: text("status").$type<DeploymentStatus>().notNull(),
		currentPrompt: text("current_prompt").notNull(),
		proposedPrompt: text("proposed_prompt").notNull(),
		/** SHA-256 over both prompts; kept with every decision, so that it says what was decided on. */
		contentHash: text("content_hash").notNull(),
		/** SHA-256 over the whole proposal, so that one sent twice is kept once. */
		proposalHash: text("proposal_hash").notNull(),
		rationale: text("rationale"),
		// json and not jsonb: a report is shown in the order in which it was written.
		abReport: json("ab_report").$type<JsonObject>(),
		regressionMetric: doublePrecision("regression_metric"),
		shippedAt: moment("shipped_at"),
		rolledBackAt: moment("rolled_back_at"),
		approvedBy: text("approved_by"),
		rejectionReason: text("rejection_reason").notNull().default(""),
		createdAt: moment("created_at").notNull(),
		updatedAt: moment("updated_at").notNull(),
		/** When it came into its present state. Kept by a trigger: at the insert a null asks for it. */
		statusSince: moment("status_since")
			.notNull()
			.$defaultFn(() => sql`null`),
		// What the queue shows of the two texts and the report (`lib/rules/queue-digest.ts`). A trigger forgets it
		// when one of them is changed, and housekeeping reads them anew.
		wordsAdded: integer("words_added"),
		wordsRemoved: integer("words_removed"),
		findings: integer("findings"),
		worstSeverity: text("worst_severity").$type<Severity>(),
		worstSentence: text("worst_sentence"),
		verdict: text("verdict").$type<QueueVerdict>(),
		effect: doublePrecision("effect"),
		/** Null while nobody has read it. */
		digestVersion: integer("digest_version"),
		/** Set while a server is reading it; one that stopped meanwhile is not waited for. */
		digestClaimedAt: moment("digest_claimed_at"),
	},
	(table) => [
		foreignKey({
			name: "deployments_project",
			columns: [table.tenantId, table.projectId],
			foreignColumns: [projects.tenantId, projects.id],
		}),
		unique("deployments_proposal").on(table.tenantId, table.projectId, table.proposalHash),
		unique("deployments_tenant_project_id").on(table.tenantId, table.projectId, table.id),
		// NULLS FIRST is what `order by … desc` means; an index that says otherwise is not used for it.
		index("deployments_by_status").on(
			table.tenantId,
			table.status,
			table.createdAt.desc().nullsFirst(),
			table.id.desc().nullsFirst(),
			// Here and below what stands behind the id is looked at in the index, without reading the row.
			table.verdict,
		),
		index("deployments_by_age").on(
			table.tenantId,
			table.createdAt.desc().nullsFirst(),
			table.id.desc().nullsFirst(),
		),
		index("deployments_by_project").on(
			table.tenantId,
			table.projectId,
			table.createdAt.desc().nullsFirst(),
			table.id.desc().nullsFirst(),
		),
		index("deployments_by_project_status").on(
			table.tenantId,
			table.projectId,
			table.status,
			table.createdAt.desc().nullsFirst(),
			table.id.desc().nullsFirst(),
			table.verdict,
		),
		index("deployments_by_waiting").on(
			table.tenantId,
			table.status,
			table.statusSince,
			table.id,
			table.projectId,
			table.verdict,
			table.createdAt,
		),
		index("deployments_by_effect").on(
			table.tenantId,
			table.status,
			sql.raw(`${effectOrLast} desc`),
			table.id.desc().nullsFirst(),
			table.projectId,
			table.verdict,
			table.createdAt,
		),
		index("deployments_without_digest")
			.on(table.createdAt.desc().nullsFirst(), table.id)
			.where(sql.raw(withoutDigest)),
		index("deployments_by_cluster").on(
			table.tenantId,
			table.clusterSignature,
			table.createdAt.desc().nullsFirst(),
			table.id.desc().nullsFirst(),
		),
	],
);

/**
 * How many deployments there are of each kind, kept by a trigger in the transaction of every change: the
 * exact total of a list without counting its rows.
 */
export const deploymentTotals = pgTable(
	"deployment_totals",
	{
		tenantId: uuid("tenant_id").notNull(),
		projectId: uuid("project_id").notNull(),
		status: text("status").$type<DeploymentStatus>().notNull(),
		total: bigint("total", { mode: "number" }).notNull(),
	},
	(table) => [primaryKey({ columns: [table.tenantId, table.projectId, table.status] })],
);

/**
 * What the queue is searched in, kept by triggers. Not in `deployments` itself: a decision makes a new version
 * of its row, and every version would be written into the search index again.
 */
export const deploymentTexts = pgTable(
	"deployment_texts",
	{
		id: uuid("id")
			.primaryKey()
			.references(() => deployments.id, { onDelete: "cascade" }),
		tenantId: uuid("tenant_id").notNull(),
		/** The rationale and the cluster's signature, a line each. */
		text: text("text").notNull(),
	},
	(table) => [
		// Without the list of pending entries: a search would read it from end to end, and now and then a proposal
		// would have to work it off.
		index("deployment_texts_search")
			.using("gin", table.tenantId, table.text.op("gin_trgm_ops"))
			.with({ fastupdate: false }),
	],
);

/**
 * What `regression_metric` has been, kept by a trigger whenever it is set or changes. Of several values within one
 * millisecond the last one counts.
 */
export const deploymentMetrics = pgTable(
	"deployment_metrics",
	{
		deploymentId: uuid("deployment_id")
			.notNull()
			.references(() => deployments.id, { onDelete: "cascade" }),
		at: moment("at").notNull(),
		tenantId: uuid("tenant_id").notNull(),
		value: doublePrecision("value").notNull(),
	},
	(table) => [primaryKey({ columns: [table.deploymentId, table.at] })],
);

export type DecisionSubject = "deployment" | "control_action" | "kill_switch";

/** Append-only: what `approved_by` forgets (an automatic rollback overwrites it) is kept here. */
export const decisions = pgTable(
	"decisions",
	{
		id: uuid("id").primaryKey(),
		tenantId: uuid("tenant_id")
			.notNull()
			.references(() => tenants.id),
		/** Orders decisions on one subject, also two of one millisecond. */
		sequence: bigint("sequence", { mode: "number" }).notNull().unique().generatedAlwaysAsIdentity(),
		subjectKind: text("subject_kind").$type<DecisionSubject>().notNull(),
		subjectId: uuid("subject_id").notNull(),
		decision: text("decision").notNull(),
		fromStatus: text("from_status"),
		toStatus: text("to_status").notNull(),
		actorType: text("actor_type").$type<AuditActorType>().notNull(),
		actorId: text("actor_id").notNull(),
		reason: text("reason").notNull().default(""),
		contentHash: text("content_hash"),
		/** Since when the deployment was in the state in which it was decided; null where nobody has kept it. */
		decidableSince: moment("decidable_since"),
		createdAt: moment("created_at").notNull(),
	},
	(table) => [
		index("decisions_by_subject").on(table.tenantId, table.subjectKind, table.subjectId, table.sequence),
		// What the median time to decision is made of, and nothing else.
		index("decisions_by_people")
			.on(table.tenantId, table.createdAt, table.decidableSince, table.subjectId)
			.where(sql.raw(timedByPeople)),
	],
);

export const traces = pgTable(
	"traces",
	{
		id: uuid("id").primaryKey(),
		tenantId: uuid("tenant_id").notNull(),
		projectId: uuid("project_id").notNull(),
		name: text("name"),
		input: text("input"),
		output: text("output"),
		model: text("model"),
		latencyMs: doublePrecision("latency_ms"),
		cost: doublePrecision("cost"),
		error: text("error"),
		tags: text("tags").array().notNull().default(sql`'{}'::text[]`),
		controlLoopDepth: integer("control_loop_depth"),
		startedAt: moment("started_at").notNull(),
		endedAt: moment("ended_at"),
	},
	(table) => [
		foreignKey({
			name: "traces_project",
			columns: [table.tenantId, table.projectId],
			foreignColumns: [projects.tenantId, projects.id],
		}),
		unique("traces_tenant_project_id").on(table.tenantId, table.projectId, table.id),
		index("traces_by_age").on(
			table.tenantId,
			table.startedAt.desc().nullsFirst(),
			table.id.desc().nullsFirst(),
		),
		index("traces_by_project").on(
			table.tenantId,
			table.projectId,
			table.startedAt.desc().nullsFirst(),
			table.id.desc().nullsFirst(),
		),
		index("traces_failed")
			.on(table.tenantId, table.projectId, table.startedAt.desc().nullsFirst())
			.where(sql`${table.error} is not null`),
	],
);

export const spans = pgTable(
	"spans",
	{
		id: uuid("id").primaryKey(),
		tenantId: uuid("tenant_id")
			.notNull()
			.references(() => tenants.id),
		traceId: uuid("trace_id")
			.notNull()
			.references(() => traces.id),
		parentSpanId: uuid("parent_span_id"),
		name: text("name").notNull(),
		type: text("type").$type<SpanType>().notNull(),
		input: text("input"),
		output: text("output"),
		model: text("model"),
		latencyMs: doublePrecision("latency_ms"),
		cost: doublePrecision("cost"),
		error: text("error"),
		promptTokens: integer("prompt_tokens"),
		completionTokens: integer("completion_tokens"),
		metadata: jsonb("metadata").$type<JsonObject>(),
		startTime: moment("start_time"),
		endTime: moment("end_time"),
		createdAt: moment("created_at").notNull(),
	},
	(table) => [index("spans_by_trace").on(table.tenantId, table.traceId, table.createdAt, table.id)],
);

export const controlActions = pgTable(
	"control_actions",
	{
		id: uuid("id").primaryKey(),
		tenantId: uuid("tenant_id").notNull(),
		projectId: uuid("project_id").notNull(),
		actionType: text("action_type").$type<ControlActionType>().notNull(),
		/** What was asked for, where a safety gate has made it an `escalate`. */
		intendedActionType: text("intended_action_type").$type<ControlActionType>(),
		status: text("status").$type<ControlActionStatus>().notNull(),
		traceId: uuid("trace_id"),
		/** The deployment from whose page the action was asked for. */
		deploymentId: uuid("deployment_id"),
		ruleId: uuid("rule_id"),
		payload: json("payload").$type<JsonObject>(),
		result: json("result").$type<JsonObject>(),
		executedAt: moment("executed_at"),
		createdAt: moment("created_at").notNull(),
		updatedAt: moment("updated_at").notNull(),
	},
	(table) => [
		foreignKey({
			name: "control_actions_project",
			columns: [table.tenantId, table.projectId],
			foreignColumns: [projects.tenantId, projects.id],
		}),
		foreignKey({
			name: "control_actions_trace",
			columns: [table.tenantId, table.projectId, table.traceId],
			foreignColumns: [traces.tenantId, traces.projectId, traces.id],
		}),
		foreignKey({
			name: "control_actions_deployment",
			columns: [table.tenantId, table.projectId, table.deploymentId],
			foreignColumns: [deployments.tenantId, deployments.projectId, deployments.id],
		}),
		index("control_actions_by_age").on(
			table.tenantId,
			table.createdAt.desc().nullsFirst(),
			table.id.desc().nullsFirst(),
		),
		index("control_actions_by_trace").on(
			table.tenantId,
			table.traceId,
			table.createdAt.desc().nullsFirst(),
			table.id.desc().nullsFirst(),
		),
		// Most actions name no deployment, and what is not listed by one costs this index nothing.
		index("control_actions_by_deployment")
			.on(
				table.tenantId,
				table.deploymentId,
				table.createdAt.desc().nullsFirst(),
				table.id.desc().nullsFirst(),
			)
			.where(sql`${table.deploymentId} is not null`),
		index("control_actions_unsettled")
			.on(table.tenantId, table.status, table.createdAt, table.id)
			.where(sql`${table.status} in ('pending', 'pending_approval')`),
	],
);

/** What an executed action has made of a span of its trace; not evaluated yet while `evaluatedAt` is null. */
export const remediations = pgTable("remediations", {
	actionId: uuid("action_id")
		.primaryKey()
		.references(() => controlActions.id),
	tenantId: uuid("tenant_id")
		.notNull()
		.references(() => tenants.id),
	originalSpanId: uuid("original_span_id")
		.notNull()
		.references(() => spans.id),
	remediatedSpanId: uuid("remediated_span_id")
		.notNull()
		.references(() => spans.id),
	/** 0…1, or null where no embedding was made. */
	embeddingSimilarity: doublePrecision("embedding_similarity"),
	citationDensityDelta: doublePrecision("citation_density_delta"),
	scoreDeltas: json("score_deltas").$type<ScoreDelta[]>().notNull(),
	summary: text("summary").notNull(),
	evaluatedAt: moment("evaluated_at"),
	createdAt: moment("created_at").notNull(),
});

export const killSwitches = pgTable("kill_switches", {
	tenantId: uuid("tenant_id")
		.primaryKey()
		.references(() => tenants.id),
	active: boolean("active").notNull(),
	updatedAt: moment("updated_at").notNull(),
});

/** Append-only, and a hash chain for each tenant: see `server/audit/chain.ts`. */
export const auditEntries = pgTable(
	"audit_entries",
	{
		tenantId: uuid("tenant_id")
			.notNull()
			.references(() => tenants.id),
		sequence: integer("sequence").notNull(),
		id: uuid("id").notNull().unique(),
		event: text("event").notNull(),
		actorType: text("actor_type").$type<AuditActorType>().notNull(),
		actorId: text("actor_id").notNull(),
		resourceId: text("resource_id"),
		metadata: jsonb("metadata").$type<JsonObject>().notNull(),
		createdAt: moment("created_at").notNull(),
		prevHash: text("prev_hash").notNull(),
		currHash: text("curr_hash").notNull(),
	},
	(table) => [
		primaryKey({ columns: [table.tenantId, table.sequence] }),
		index("audit_entries_by_event").on(table.tenantId, table.event, table.sequence),
	],
);

/**
 * The end of each tenant's chain. Whoever writes an entry locks this row first, so that no two entries
 * follow the same one; it is always the last lock that a write takes.
 */
export const auditHeads = pgTable("audit_heads", {
	tenantId: uuid("tenant_id")
		.primaryKey()
		.references(() => tenants.id),
	/** 0 and 64 zeros before the first entry. */
	sequence: integer("sequence").notNull(),
	hash: text("hash").notNull(),
});

export const apiKeys = pgTable(
	"api_keys",
	{
		id: uuid("id").primaryKey(),
		tenantId: uuid("tenant_id")
			.notNull()
			.references(() => tenants.id),
		name: text("name").notNull(),
		role: text("role").$type<Role>().notNull(),
		/** Null is everything that the role may do. */
		scopes: text("scopes").array().$type<Operation[]>(),
		/** The first characters of the key, by which a person tells it from others. */
		prefix: text("prefix").notNull(),
		/** SHA-256 of the key, in hex. A key is 256 random bits, so nothing slower is needed. */
		keyHash: text("key_hash").notNull().unique(),
		createdBy: text("created_by").notNull(),
		createdAt: moment("created_at").notNull(),
		lastUsedAt: moment("last_used_at"),
		revokedAt: moment("revoked_at"),
		revokedBy: text("revoked_by"),
	},
	(table) => [index("api_keys_by_tenant").on(table.tenantId, table.createdAt, table.id)],
);

/** What was answered under an `Idempotency-Key`; the answer is null while the work is going on. */
export const idempotencyKeys = pgTable(
	"idempotency_keys",
	{
		tenantId: uuid("tenant_id")
			.notNull()
			.references(() => tenants.id),
		actorId: text("actor_id").notNull(),
		/** Method and path. */
		operation: text("operation").notNull(),
		key: text("key").notNull(),
		requestHash: text("request_hash").notNull(),
		answer: json("answer").$type<JsonObject>(),
		/** The row that the work is about, where whoever finds the work interrupted has to answer for it. */
		resourceId: uuid("resource_id"),
		createdAt: moment("created_at").notNull(),
	},
	(table) => [
		primaryKey({ columns: [table.tenantId, table.actorId, table.operation, table.key] }),
		index("idempotency_keys_by_age").on(table.createdAt),
	],
);

export const settings = pgTable("settings", {
	key: text("key").primaryKey(),
	value: text("value").notNull(),
});
