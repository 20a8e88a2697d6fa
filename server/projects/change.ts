import { and, eq } from "drizzle-orm";
import type { ProjectChange } from "@/lib/contract/project";
import { theOnlyRow } from "../affected-rows";
import { appendAuditEntry } from "../audit/append";
import { requireAllowedToWrite } from "../auth/caller";
import type { VerbContext } from "../context";
import { projects } from "../db/schema";
import { projectAnswer } from "./answer";
import { lockProject, type ProjectRow } from "./load";

type Settings = Required<ProjectChange>;

/** Changes what differs, and says from what to what in the audit log; where nothing differs, nothing is written. */
export async function changeProject(context: VerbContext, id: string, change: ProjectChange) {
	const { db, clock, caller } = context;
	const { tenantId } = caller;
	return db.inTenant(tenantId, async (tx) => {
		const before = await lockProject(tx, tenantId, id);
		requireAllowedToWrite("change_project", caller);
		const changes = differences(settingsOf(before), change);
		if (Object.keys(changes).length === 0) return projectAnswer(before, caller.organizationId);
		const now = clock();
		const { name, prompt_autoship_enabled, max_retry_depth, max_cascade_depth } = change;
		const changed = await tx.orm
			.update(projects)
			.set({
				name,
				promptAutoshipEnabled: prompt_autoship_enabled,
				maxRetryDepth: max_retry_depth,
				maxCascadeDepth: max_cascade_depth,
				...(changes.archived === undefined ? {} : { archivedAt: changes.archived.to ? now : null }),
				updatedAt: now,
			})
			.where(and(eq(projects.tenantId, tenantId), eq(projects.id, id)))
			.returning();
		const after = theOnlyRow(changed, "The change of a project");
		await appendAuditEntry(tx, {
			tenantId,
			event: "project.changed",
			actor: caller.actor,
			resourceId: id,
			metadata: { changes },
			at: now,
		});
		return projectAnswer(after, caller.organizationId);
	});
}

function settingsOf(row: ProjectRow): Settings {
	return {
		name: row.name,
		prompt_autoship_enabled: row.promptAutoshipEnabled,
		max_retry_depth: row.maxRetryDepth,
		max_cascade_depth: row.maxCascadeDepth,
		archived: row.archivedAt !== null,
	};
}

type Differences = { [Key in keyof Settings]?: { from: Settings[Key]; to: Settings[Key] } };

function differences(before: Settings, change: ProjectChange): Differences {
	const asked = { ...before, ...change };
	const keys = Object.keys(change) as (keyof Settings)[];
	return Object.fromEntries(
		keys
			.filter((key) => asked[key] !== before[key])
			.map((key) => [key, { from: before[key], to: asked[key] }]),
	);
}
