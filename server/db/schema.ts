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
import type { ControlActionStatus, ControlActionType } from "@/lib/contract/control-action";
import type { DeploymentStatus } from "@/lib/contract/deployment";
import type { JsonObject } from "@/lib/contract/identifiers";
import type { SpanType } from "@/lib/contract/trace";

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
	},
	(table) => [
		foreignKey({
			name: "deployments_project",
			columns: [table.tenantId, table.projectId],
			foreignColumns: [projects.tenantId, projects.id],
		}),
		unique("deployments_proposal").on(table.tenantId, table.projectId, table.proposalHash),
		// NULLS FIRST is what `order by … desc` means; an index that says otherwise is not used for it.
		index("deployments_by_status").on(
			table.tenantId,
			table.status,
			table.createdAt.desc().nullsFirst(),
			table.id.desc().nullsFirst(),
		),
		index("deployments_by_age").on(
			table.tenantId,
			table.createdAt.desc().nullsFirst(),
			table.id.desc().nullsFirst(),
		),
	],
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
		createdAt: moment("created_at").notNull(),
	},
	(table) => [
		index("decisions_by_subject").on(table.tenantId, table.subjectKind, table.subjectId, table.sequence),
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
		status: text("status").$type<ControlActionStatus>().notNull(),
		traceId: uuid("trace_id"),
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
	],
);

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

export const settings = pgTable("settings", {
	key: text("key").primaryKey(),
	value: text("value").notNull(),
});
