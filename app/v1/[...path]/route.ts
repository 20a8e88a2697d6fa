import type { NextRequest } from "next/server";
import { announcedExtensions, announcedSearch } from "@/lib/client/extensions";
import { askThroughGateway, passOn } from "@/lib/client/gateway";
import { replyFormHeader } from "@/lib/contract/reply-form-header";
import { getEnvironment } from "@/lib/env";

const timeoutMs = 10_000;

/**
 * The read-only gateway: `GET /v1/*` of this origin is the same path of the API, asked with the caller's
 * Clerk session. It adds nothing and keeps nothing, and makes sure of the form of an answer that is asked for by
 * its name; writes go through server actions only.
 */
export async function GET(request: NextRequest): Promise<Response> {
	const { apiUrl } = getEnvironment();
	const { pathname, search: asked } = request.nextUrl;
	const answer = await askThroughGateway({
		address: async () => {
			const search = await announcedSearch(pathname, asked, () => announcedExtensions(apiUrl));
			return `${apiUrl}${pathname}${search}`;
		},
		headers: { accept: "application/json" },
		aborted: request.signal,
		signal: AbortSignal.any([request.signal, AbortSignal.timeout(timeoutMs)]),
	});
	if ("refusal" in answer) return answer.refusal;
	return passOn(answer.reply, request.headers.get(replyFormHeader));
}
