import { randomUUID } from "node:crypto";
import { and, eq } from "drizzle-orm";
import type { NewDeployment } from "@/lib/contract/deployment";
import { digestOf, digestVersion } from "@/lib/rules/queue-digest";
import { theOnlyRow } from "../affected-rows";
import { appendAuditEntry } from "../audit/append";
import { requireAllowedToWrite } from "../auth/caller";
import type { VerbContext } from "../context";
import type { Transaction } from "../db/database";
import { deployments } from "../db/schema";
import { ApiError } from "../errors/api-error";
import { writeOnce } from "../once";
import { holdProject } from "../projects/load";
import { autoshipDeployment } from "./autoship";
import { contentHashOf } from "./content-hash";
import { lockDeployment } from "./load";
import { proposalHashOf } from "./proposal-hash";
import { deploymentAnswer } from "./row";

/** Both prompts together, and the report as JSON, in UTF-16 units, up to which a proposal is read at once. */
const readAtOnceMaxLength = 100_000;
const reportAtOnceMaxLength = 20_000;

/**
 * Takes in a new proposal. One that was made before, to the letter, is refused and never kept twice. One
 * that has passed its A/B test ships at once where its project says so.
 */
export async function proposeDeployment(context: VerbContext, input: NewDeployment) {
	const { clock, caller } = context;
	const { tenantId } = caller;
	const contentHash = contentHashOf(input);
	const proposalHash = proposalHashOf(input);
	// Housekeeping reads the others: whoever proposes need not wait for it, and neither need anybody else.
	const digest = isReadAtOnce(input) ? { ...digestOf(input), digestVersion } : {};
	return writeOnce(context, async (tx) => {
		const project = await holdProject(tx, tenantId, input.project_id);
		requireAllowedToWrite("propose", caller);
		const now = clock();
		const made = await tx.orm
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
				...digest,
			})
			.onConflictDoNothing({
				target: [deployments.tenantId, deployments.projectId, deployments.proposalHash],
			})
			.returning({ id: deployments.id });
		if (made.length === 0) throw await alreadyProposed(tx, tenantId, input, proposalHash);
		const { id } = theOnlyRow(made, "The deployment");
		await appendAuditEntry(tx, {
			tenantId,
			event: "deployment.proposed",
			actor: caller.actor,
			resourceId: id,
			metadata: {
				project_id: input.project_id,
				cluster_signature: input.cluster_signature,
				status: input.status,
				content_hash: contentHash,
			},
			at: now,
		});
		const deployment = await lockDeployment(tx, tenantId, id);
		const ships = project.promptAutoshipEnabled && deployment.status === "ab_passed";
		return deploymentAnswer(ships ? await autoshipDeployment(tx, deployment, now) : deployment);
	});
}

function isReadAtOnce({ current_prompt, proposed_prompt, ab_report }: NewDeployment): boolean {
	if (current_prompt.length + proposed_prompt.length > readAtOnceMaxLength) return false;
	return JSON.stringify(ab_report ?? null).length <= reportAtOnceMaxLength;
}

async function alreadyProposed(
	tx: Transaction,
	tenantId: string,
	input: NewDeployment,
	proposalHash: string,
): Promise<ApiError> {
	const [existing] = await tx.orm
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
