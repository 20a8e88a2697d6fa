import "server-only";
import { createHash } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import type { QueryClient } from "@tanstack/react-query";
import type {
	ContextFindings,
	PreparedReview,
	ReadFindings,
	ThreeWayPicture,
} from "@/components/review/prepared-review";
import type { ApiClient } from "@/lib/client/api-client";
import { promptsOf } from "@/lib/client/queries/deployments";
import { earlierCandidatesQuery, liveDeploymentQuery } from "@/lib/client/queries/neighbours";
import type { Deployment } from "@/lib/contract/deployment";
import { assessAbReport } from "@/lib/rules/ab-report/assess";
import { checkChangeSize } from "@/lib/rules/prompt-checks/change-size";
import { checkEarlierCandidates } from "@/lib/rules/prompt-checks/earlier-candidates";
import type { CheckName, Finding, PromptTexts } from "@/lib/rules/prompt-checks/finding";
import { checkLength, findingOfLength } from "@/lib/rules/prompt-checks/length";
import { locateFindings, marksOf } from "@/lib/rules/prompt-checks/locate";
import { checkPrompts } from "@/lib/rules/prompt-checks/run";
import { baseOf, checkStaleBase, type ThreeWay } from "@/lib/rules/prompt-checks/stale-base";
import { comparePrompts } from "@/lib/rules/prompt-diff/compare";
import { cutAfter } from "@/lib/rules/prompt-diff/cut-after";

/** Rows that go with the first paint; what is behind them follows in the same response. */
const firstRows = 240;
/** What nobody waits for lets the page itself go out first. */
const afterFirstPaintMs = 50;
/** Both prompts together, in UTF-16 units, up to which the checks look at them before the first paint. */
const readAtOnceMaxLength = 100_000;

/**
 * Compares the prompts of a deployment and lets the checks look at them. What needs other records, or the
 * tokenizer, comes as promises, so that the first paint waits for nothing but the record itself.
 */
export function prepareReview(
	deployment: Deployment,
	{ queryClient, api }: { queryClient: QueryClient; api: ApiClient },
): PreparedReview {
	const texts = promptsOf(deployment);
	const whole = comparePrompts(texts.current, texts.proposed);
	const { diff, rest } = cutAfter(whole, firstRows);
	const lookAtTexts = (): ReadFindings => {
		const size = checkChangeSize({ diff: whole, texts, rationale: deployment.rationale });
		const findings = locateFindings([...checkPrompts(texts), ...size], texts);
		return { findings, marks: marksOf(findings) };
	};
	const isLong = texts.current.length + texts.proposed.length > readAtOnceMaxLength;
	const read = isLong ? null : lookAtTexts();
	return {
		updatedAt: deployment.updated_at,
		contentKey: createHash("sha256").update(JSON.stringify(texts)).digest("base64url"),
		diff,
		rest: rest === null ? null : Promise.resolve(rest),
		read,
		evidence: deployment.ab_report ? assessAbReport(deployment.ab_report, deployment.status) : null,
		later: findInContext(deployment, texts, { queryClient, api }, isLong ? lookAtTexts : null),
	};
}

async function findInContext(
	deployment: Deployment,
	texts: PromptTexts,
	{ queryClient, api }: { queryClient: QueryClient; api: ApiClient },
	lookAtTexts: (() => ReadFindings) | null,
): Promise<ContextFindings> {
	await setTimeout(afterFirstPaintMs);
	const {
		id,
		project_id: projectId,
		cluster_signature: clusterSignature,
		created_at: createdAt,
	} = deployment;
	const base = spokenOf(
		"stale-base",
		"What is live now could not be read, so nobody has compared it.",
		async () => {
			const live = await queryClient.fetchQuery(liveDeploymentQuery(api, projectId));
			const found = baseOf({ deployment, live });
			return {
				findings: checkStaleBase({ deployment, live }),
				threeWay: found.kind === "stale" ? pictureOf(found.threeWay) : null,
			};
		},
	);
	const before = spokenOf("earlier-candidates", "The earlier candidates could not be read.", async () => {
		const query = earlierCandidatesQuery(api, { projectId, clusterSignature, id, createdAt });
		const { earlier, isComplete } = await queryClient.fetchQuery(query);
		return checkEarlierCandidates({ deployment, earlier, isComplete });
	});
	const length = spokenOf("length", "The tokens could not be counted.", async () => ({
		findings: [findingOfLength(await checkLength(texts))],
	}));
	const spoken = await Promise.all([base, before, length]);
	// Last, and after the page has gone out: of long prompts this is a second's work.
	const read = lookAtTexts === null ? null : lookAtTexts();
	const [{ threeWay = null }, { candidates = [] }] = spoken;
	const findings = spoken.flatMap((one) => one.findings);
	return { findings: locateFindings(findings, texts), read, threeWay, candidates };
}

/** A check that could not be made is said, not left out: nothing found is not the same as not looked. */
async function spokenOf<Spoken extends { findings: Finding[] }>(
	check: CheckName,
	whenFailed: string,
	look: () => Promise<Spoken>,
): Promise<Spoken | (Partial<Omit<Spoken, "findings">> & { findings: Finding[] })> {
	try {
		return await look();
	} catch (error) {
		console.warn(JSON.stringify({ level: "warn", event: "check_failed", check, cause: String(error) }));
		const finding: Finding = { check, severity: "warning", sentence: whenFailed, places: [] };
		return { findings: [finding] } as Partial<Omit<Spoken, "findings">> & { findings: Finding[] };
	}
}

function pictureOf({ proposedFrom, liveNow, proposed, liveDeploymentId }: ThreeWay): ThreeWayPicture {
	return {
		liveDeploymentId,
		sinceProposed: comparePrompts(proposedFrom, liveNow),
		whatChanges: comparePrompts(liveNow, proposed),
	};
}
