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
import { proposalHashOf } from "./proposal-hash";

/** Takes in a new proposal. One that was made before, to the letter, is refused and never kept twice. */
export async function proposeDeployment({ db, clock, caller }: VerbContext, input: NewDeployment) {
	const { tenantId } = caller;
	const contentHash = contentHashOf(input);
	const proposalHash = proposalHashOf(input);
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
				proposalHash,
				rationale: input.rationale,
				abReport: input.ab_report,
				createdAt: now,
				updatedAt: now,
			})
			.onConflictDoNothing({
				target: [deployments.tenantId, deployments.projectId, deployments.proposalHash],
			})
			.returning();
		if (made.length === 0) throw await alreadyProposed(tx, tenantId, input, proposalHash);
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
	proposalHash: string,
): Promise<ApiError> {
	const [existing] = await db
		.select({ id: deployments.id })
		.from(deployments)
		.where(
			and(
				eq(deployments.tenantId, tenantId),
				eq(deployments.projectId, input.project_id),
				eq(deployments.proposalHash, proposalHash),
			),
		);
	return new ApiError(
		"deployment_exists",
		"This very proposal was made before: same cluster, prompts, rationale and report.",
		{
			details: { existing_id: existing?.id },
		},
	);
}
