import "server-only";
import { createHash } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import { type DehydratedState, dehydrate, type QueryClient } from "@tanstack/react-query";
import type { ApiClient } from "../client/api-client";
import { decisionsQuery, promptsOf } from "../client/queries/deployments";
import { earlierCandidatesQuery, liveDeploymentQuery } from "../client/queries/neighbours";
import { createQueryClient } from "../client/query-client";
import type { Deployment } from "../contract/deployment";
import type { Extension } from "../contract/health";
import { assessAbReport } from "../rules/ab-report/assess";
import type { AbAssessment } from "../rules/ab-report/model";
import { checkEarlierCandidates } from "../rules/prompt-checks/earlier-candidates";
import type { CheckName, Finding } from "../rules/prompt-checks/finding";
import { findingOfLength } from "../rules/prompt-checks/length";
import { type LocatedFinding, locateFindings } from "../rules/prompt-checks/locate";
import { baseOf, checkStaleBase, type LiveState, type ThreeWay } from "../rules/prompt-checks/stale-base";
import { comparePrompts } from "../rules/prompt-diff/compare";
import { cutAfter } from "../rules/prompt-diff/cut-after";
import type { PromptDiff } from "../rules/prompt-diff/model";
import { digestOf } from "./digest-of";
import type { ContextFindings, PreparedReview, ThreeWayPicture } from "./prepared-review";
import { type Work, workOf } from "./work-of";

/** Lines on screen that go with the first paint and fill most of it; what is behind them follows in the same response. */
const firstLines = 36;
/** Long enough that the first of them are painted: a browser that has less to read paints sooner. */
const restAfterMs = 250;
/**
 * What nobody sees first lets the page go out, and a browser on the same two cores paint it, before it works:
 * with 50 ms the first change of 5,000 lines stood on screen at 0.93 × CodeMirror's time after the first byte,
 * with 250 ms at 0.70 × (`npm run bench:diff`).
 */
const afterFirstPaintMs = 250;
/** Both prompts together, in UTF-16 units, up to which the checks look at them before the first paint. */
const readAtOnceMaxLength = 100_000;

/** Where the records beside a deployment are read. */
export interface ReviewSources {
	queryClient: QueryClient;
	api: ApiClient;
	/** What people are called, by Clerk user id; who is not in it is told by id. */
	people?: Readonly<Record<string, string>>;
}

/** All that is known of a deployment, for who does not wait for a first paint. */
export interface WholeReview {
	diff: PromptDiff;
	evidence: AbAssessment | null;
	/** Those of the texts, then those of other records. */
	findings: readonly LocatedFinding[];
}

/** Another one for every other content of a record: who signs, signs these texts and this proof and no others. */
export function contentKeyOf(deployment: Deployment): string {
	const { current_prompt, proposed_prompt, rationale = null, ab_report = null } = deployment;
	const about = JSON.stringify([digestOf(current_prompt), digestOf(proposed_prompt), rationale, ab_report]);
	return createHash("sha256").update(about).digest("base64url");
}

/**
 * Compares the prompts of a deployment and lets the checks look at them. What needs other records, or the
 * tokenizer, comes as promises, so that the first paint waits for nothing but the record itself.
 */
export function prepareReview(
	deployment: Deployment,
	{ extensions, ...sources }: ReviewSources & { extensions: ReadonlySet<Extension> },
): PreparedReview {
	const texts = promptsOf(deployment);
	const contentKey = contentKeyOf(deployment);
	const work = workOf(deployment, contentKey);
	const { diff, rest } = cutAfter(work.diff, firstLines);
	const isLong = texts.current.length + texts.proposed.length > readAtOnceMaxLength;
	return {
		updatedAt: deployment.updated_at,
		contentKey,
		diff,
		rest: rest === null ? null : setTimeout(restAfterMs, rest),
		read: isLong ? null : work.read(),
		evidence: evidenceOf(deployment),
		later: setTimeout(afterFirstPaintMs).then(() => findInContext(deployment, work, sources, isLong)),
		history: setTimeout(afterFirstPaintMs).then(() => readHistory(sources.api, deployment.id)),
		keeps: {
			approveReason: extensions.has("approve-reason"),
			actionOrigin: extensions.has("deployment_id"),
		},
	};
}

/** The same, whole: the comparison, the evidence and every finding of every check. */
export async function reviewWhole(deployment: Deployment, sources: ReviewSources): Promise<WholeReview> {
	const work = workOf(deployment, contentKeyOf(deployment));
	const ofContext = await findInContext(deployment, work, sources, false);
	return {
		diff: work.diff,
		evidence: evidenceOf(deployment),
		findings: [...work.read().findings, ...ofContext.findings],
	};
}

async function readHistory(api: ApiClient, id: string): Promise<DehydratedState> {
	const queryClient = createQueryClient();
	await queryClient.prefetchQuery(decisionsQuery(api, id));
	return dehydrate(queryClient);
}

function evidenceOf({ ab_report: report, status }: Deployment): AbAssessment | null {
	return report ? assessAbReport(report, status) : null;
}

async function findInContext(
	deployment: Deployment,
	work: Work,
	{ queryClient, api, people = {} }: ReviewSources,
	hasToRead: boolean,
): Promise<ContextFindings> {
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
			const live = withNames(await queryClient.fetchQuery(liveDeploymentQuery(api, projectId)), people);
			const found = baseOf({ deployment, live });
			return {
				findings: checkStaleBase({ deployment, live }),
				threeWay: found.kind === "stale" ? pictureOf(found.threeWay) : null,
				base: found.kind,
			};
		},
	);
	const before = spokenOf("earlier-candidates", "The earlier candidates could not be read.", async () => {
		const query = earlierCandidatesQuery(api, { projectId, clusterSignature, id, createdAt });
		const { earlier, isComplete } = await queryClient.fetchQuery(query);
		return checkEarlierCandidates({ deployment, earlier, isComplete });
	});
	const length = spokenOf("length", "The tokens could not be counted.", async () => ({
		findings: [findingOfLength(await work.measure())],
	}));
	const spoken = await Promise.all([base, before, length]);
	// Last, and after the page has gone out: of long prompts this is a second's work.
	const read = hasToRead ? work.read() : null;
	const [{ threeWay = null, base: baseKind = "unknown" }, { candidates = [] }] = spoken;
	const findings = spoken.flatMap((one) => one.findings);
	return {
		findings: locateFindings(findings, promptsOf(deployment)),
		read,
		threeWay,
		candidates,
		base: baseKind,
	};
}

function withNames(live: LiveState, people: NonNullable<ReviewSources["people"]>): LiveState {
	const approver = live.newest?.approved_by;
	if (live.newest === null || !approver || !Object.hasOwn(people, approver)) return live;
	return { ...live, newest: { ...live.newest, approved_by: people[approver] } };
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
