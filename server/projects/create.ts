import { randomUUID } from "node:crypto";
import { and, eq } from "drizzle-orm";
import type { NewProject } from "@/lib/contract/project";
import { theOnlyRow } from "../affected-rows";
import { appendAuditEntry } from "../audit/append";
import { requireAllowedToWrite } from "../auth/caller";
import type { VerbContext } from "../context";
import { projects } from "../db/schema";
import { ApiError } from "../errors/api-error";
import { writeOnce } from "../once";
import { projectAnswer } from "./answer";
import { slugOf } from "./slug";

/** Makes a project; its slug is made from its name when none is given. */
export async function createProject(context: VerbContext, input: NewProject) {
	const { clock, caller } = context;
	requireAllowedToWrite("create_project", caller);
	const { tenantId } = caller;
	const slug = input.slug ?? slugOf(input.name);
	return writeOnce(context, async (tx) => {
		const now = clock();
		const made = await tx.orm
			.insert(projects)
			.values({ id: randomUUID(), tenantId, name: input.name, slug, createdAt: now, updatedAt: now })
			.onConflictDoNothing({ target: [projects.tenantId, projects.slug] })
			.returning();
		if (made.length === 0) {
			const [existing] = await tx.orm
				.select({ id: projects.id })
				.from(projects)
				.where(and(eq(projects.tenantId, tenantId), eq(projects.slug, slug)));
			throw new ApiError("project_exists", `There is already a project with the slug “${slug}”.`, {
				details: { existing_id: existing?.id },
			});
		}
		const project = theOnlyRow(made, "The project");
		await appendAuditEntry(tx, {
			tenantId,
			event: "project.created",
			actor: caller.actor,
			resourceId: project.id,
			metadata: { name: project.name, slug },
			at: now,
		});
		return projectAnswer(project, caller.organizationId);
	});
}
