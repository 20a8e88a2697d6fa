import { randomUUID } from "node:crypto";
import { and, eq } from "drizzle-orm";
import type { NewDeployment } from "@/lib/contract/deployment";
import { theOnlyRow } from "../affected-rows";
import { appendAuditEntry } from "../audit/append";
import { requireAllowedToWrite } from "../auth/caller";
import type { VerbContext } from "../context";
import type { Database } from "../db/connect";
import { deployments } from "../db/schema";
import { ApiError } from "../errors/api-error";
import { loadProject } from "../projects/load";
import { deploymentAnswer } from "./answer";
import { contentHashOf } from "./content-hash";

/** Takes in a new proposal. The same two prompts for the same cluster are one proposal, never two. */
export async function proposeDeployment({ db, clock, caller }: VerbContext, input: NewDeployment) {
	const { tenantId } = caller;
	const contentHash = contentHashOf(input);
	return db.transaction(async (tx) => {
		await loadProject(tx, tenantId, input.project_id);
		requireAllowedToWrite("propose", caller);
		const now = clock();
		const made = await tx
			.insert(deployments)
			.values({
				id: randomUUID(),
				tenantId,
				projectId: input.project_id,
				clusterSignature: input.cluster_signature,
				status: input.status,
				currentPrompt: input.current_prompt,
				proposedPrompt: input.proposed_prompt,
				contentHash,
				rationale: input.rationale,
				abReport: input.ab_report,
				createdAt: now,
				updatedAt: now,
			})
			.onConflictDoNothing({
				target: [
					deployments.tenantId,
					deployments.projectId,
					deployments.clusterSignature,
					deployments.contentHash,
				],
			})
			.returning();
		if (made.length === 0) throw await alreadyProposed(tx, tenantId, input, contentHash);
		const deployment = theOnlyRow(made, "The deployment");
		await appendAuditEntry(tx, {
			tenantId,
			event: "deployment.proposed",
			actor: caller.actor,
			resourceId: deployment.id,
			metadata: {
				project_id: deployment.projectId,
				cluster_signature: deployment.clusterSignature,
				status: deployment.status,
				content_hash: contentHash,
			},
			at: now,
		});
		return deploymentAnswer(deployment);
	});
}

async function alreadyProposed(
	db: Database,
	tenantId: string,
	input: NewDeployment,
	contentHash: string,
): Promise<ApiError> {
	const [existing] = await db
		.select({ id: deployments.id })
		.from(deployments)
		.where(
			and(
				eq(deployments.tenantId, tenantId),
				eq(deployments.projectId, input.project_id),
				eq(deployments.clusterSignature, input.cluster_signature),
				eq(deployments.contentHash, contentHash),
			),
		);
	return new ApiError("deployment_exists", "These two prompts were proposed for this cluster before.", {
		details: { existing_id: existing?.id },
	});
}
