import { createClerkClient } from "@clerk/backend";
import { isClerkAPIResponseError } from "@clerk/backend/errors";
import { z } from "zod";
import { parseRole, type Role } from "@/lib/contract/role";
import type { Clock } from "../clock";
import type { Services } from "../context";
import { ApiError } from "../errors/api-error";

export interface ClerkSettings {
	secretKey: string;
	/** An origin, without a path. */
	apiUrl: string;
}

/** How old a role may be when something is written on the strength of it. */
export const maxAgeMs = 5_000;
const deadlineMs = 3_000;

const answerSchema = z.object({
	data: z.array(
		z.object({
			role: z.string(),
			organization: z.object({ id: z.string() }),
			publicUserData: z.object({ userId: z.string() }).nullish(),
		}),
	),
	totalCount: z.number(),
});

/**
 * Reads from Clerk which role somebody has now. A token says for up to 60 s what they were; here a role is
 * kept for 5 s, counted from before it was asked for, and whoever asks meanwhile gets that one. Null is
 * somebody who is no member any more. Fails closed: without a clear answer nothing is allowed, and the next
 * request asks again.
 */
export function createCurrentRole({
	secretKey,
	apiUrl,
	clock,
}: ClerkSettings & { clock: Clock }): Services["currentRole"] {
	const { organizations } = createClerkClient({ secretKey, apiUrl, telemetry: { disabled: true } });
	const kept = new Map<string, { askedAtMs: number; role: Promise<Role | null> }>();

	const readRole = async (organizationId: string, userId: string): Promise<Role | null> => {
		const answer = await beforeDeadline(
			organizations.getOrganizationMembershipList({ organizationId, userId: [userId] }),
		);
		const { data } = answerSchema.parse(answer);
		// A server that overlooks the filter answers other people too.
		const membership = data.find(
			({ organization, publicUserData }) =>
				organization.id === organizationId && publicUserData?.userId === userId,
		);
		return parseRole(membership?.role);
	};

	return ({ organizationId, actor }) => {
		const nowMs = clock().getTime();
		for (const [place, { askedAtMs }] of kept) {
			const ageMs = nowMs - askedAtMs;
			// Less than nothing is a clock that was set back: then nobody knows how old it is.
			if (ageMs >= maxAgeMs || ageMs < 0) kept.delete(place);
		}
		const place = `${organizationId} ${actor.id}`;
		const known = kept.get(place);
		if (known !== undefined) return known.role;
		const entry = { askedAtMs: nowMs, role: readRole(organizationId, actor.id).catch(failClosed) };
		kept.set(place, entry);
		entry.role.catch(() => {
			if (kept.get(place) === entry) kept.delete(place);
		});
		return entry.role;
	};
}

/** Clerk's client takes no signal, so one that never answers is left behind, and nobody waits for it. */
async function beforeDeadline<T>(answer: Promise<T>): Promise<T> {
	let timer: NodeJS.Timeout | undefined;
	const deadline = new Promise<never>((_resolve, reject) => {
		timer = setTimeout(() => reject(new Error(`No answer within ${deadlineMs} ms`)), deadlineMs);
	});
	try {
		return await Promise.race([answer, deadline]);
	} finally {
		clearTimeout(timer);
	}
}

/**
 * Whatever Clerk refuses is our trouble too: an organization that it does not know may be gone, or belong to
 * another instance than the secret key.
 */
function failClosed(error: unknown): never {
	throw new ApiError(
		"role_unconfirmed",
		"Your role could not be confirmed with Clerk, so nothing was changed. Try again in a moment.",
		{ headers: { "Retry-After": "1" }, cause: explained(error) },
	);
}

function explained(error: unknown): unknown {
	if (!isClerkAPIResponseError(error)) return error;
	const details = error.errors.map(({ code, message }) => `${code}: ${message}`).join("; ");
	const what = error.status === undefined ? "gave no usable answer" : `answered ${error.status}`;
	return new Error(`Clerk's Backend API ${what}${details === "" ? "" : ` (${details})`}`);
}
