import "server-only";
import { createHash } from "node:crypto";
import { getCaller, type SignedInCaller } from "../auth/caller";
import { getDirectory } from "../auth/directory";
import type { ApiClient } from "../client/api-client";
import { ApiError } from "../client/api-error";
import { announcedExtensions } from "../client/extensions";
import { promptsOf } from "../client/queries/deployments";
import { type OriginActions, originActionsQuery } from "../client/queries/origin-actions";
import { projectsQuery } from "../client/queries/projects";
import { createQueryClient } from "../client/query-client";
import { getServerApi } from "../client/server-client";
import { getEnvironment } from "../env";
import { isNestedDeeper } from "../rules/decision-record/nesting";
import { type DecisionRecord, makeDecisionRecord } from "../rules/decision-record/record";
import { unifiedDiffOf } from "../rules/decision-record/unified-diff";
import { gapsInWords } from "../rules/timeline/event-in-words";
import { timelineOf } from "../rules/timeline/timeline";
import { reviewWhole } from "./prepare-review";

/** Far beyond any report, far below what writing JSON can take. */
const maxLevels = 500;

type Read = { ok: true; record: DecisionRecord } | { ok: false; refusal: Response };

/** A form of the record that can be downloaded. */
interface RecordFormat {
	/** Of the file's name, without a dot. */
	extension: "json" | "md";
	contentType: string;
	write: (record: DecisionRecord) => string;
}

/** The decision record of a deployment as a download, or why there is none, as JSON with a status. */
export async function answerDecisionRecord(id: string, format: RecordFormat): Promise<Response> {
	const read = await readDecisionRecord(id);
	if (!read.ok) return read.refusal;
	const shortId = read.record.deployment.id.replace(/[^0-9A-Za-z-]/g, "").slice(0, 8);
	return new Response(format.write(read.record), {
		headers: {
			...guards,
			"content-type": format.contentType,
			"content-disposition": `attachment; filename="decision-record-${shortId}.${format.extension}"`,
		},
	});
}

const guards = { "cache-control": "no-store", "x-content-type-options": "nosniff" };

function refuse(status: number, code: string, error: string): Read {
	return { ok: false, refusal: Response.json({ error, code }, { status, headers: guards }) };
}

async function readDecisionRecord(id: string): Promise<Read> {
	const caller = await getCaller();
	if (caller === null) return refuse(401, "unauthenticated", "Your session has ended. Sign in again.");
	const { organizationId } = caller;
	if (organizationId === null) return refuse(403, "forbidden", "Choose an organization first.");
	try {
		const record = await collect(id, { ...caller, organizationId }, getServerApi());
		return isNestedDeeper(record, maxLevels)
			? refuse(502, "unreadable_reply", "The API holds a value that is nested too deeply to be written down.")
			: { ok: true, record };
	} catch (error) {
		if (error instanceof ApiError) return refusalOf(error);
		console.error(JSON.stringify({ level: "error", event: "decision_record_failed", cause: String(error) }));
		return refuse(500, "internal", "The decision record could not be made. Something failed on our side.");
	}
}

/** An id that is no id cannot name anything, so to the person it is the same as one that is not there. */
function refusalOf({ status, code, message }: ApiError): Read {
	if (status === 400 || status === 404) return refuse(404, "not_found", "There is no such deployment.");
	if (status === 401 || status === 403) return refuse(status, code, message);
	return refuse(502, code, message);
}

/**
 * Reads all that the record needs. A part that is missing would make the record say something else, so it is
 * made whole or not at all; only names may be missing.
 */
async function collect(
	id: string,
	caller: SignedInCaller & { organizationId: string },
	api: ApiClient,
): Promise<DecisionRecord> {
	const queryClient = createQueryClient();
	const deployment = await api.getDeployment(id);
	const [review, decisions, origin, projectName, directory] = await Promise.all([
		reviewWhole(deployment, { queryClient, api }),
		api.listDecisions(id),
		readOriginActions(id, api),
		queryClient.fetchQuery(projectsQuery(api)).then(
			(projects) => projects.find((project) => project.id === deployment.project_id)?.name ?? null,
			() => null,
		),
		getDirectory(caller.organizationId, caller.organizationSlug ?? caller.organizationId),
	]);
	const texts = promptsOf(deployment);
	return makeDecisionRecord({
		deployment,
		projectName,
		sha256: { current: sha256Of(texts.current), proposed: sha256Of(texts.proposed) },
		unifiedDiff: unifiedDiffOf(texts),
		evidence: review.evidence,
		findings: review.findings,
		timeline: timelineOf({ deployment, decisions, actions: origin?.actions ?? null }),
		timelineGaps: gapsInWords({
			keepsDecisions: decisions !== null,
			keepsActionOrigin: origin !== null,
			areActionsComplete: origin?.isComplete ?? true,
		}),
		people: directory.people,
		exportedAt: new Date().toISOString(),
		exportedBy: caller.userId,
	});
}

async function readOriginActions(id: string, api: ApiClient): Promise<OriginActions | null> {
	const extensions = await announcedExtensions(getEnvironment().apiUrl);
	if (!extensions.has("deployment_id")) return null;
	return createQueryClient().fetchQuery(originActionsQuery(api, id));
}

function sha256Of(text: string): string {
	return createHash("sha256").update(text, "utf8").digest("hex");
}
