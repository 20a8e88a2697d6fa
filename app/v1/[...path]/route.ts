import type { NextRequest } from "next/server";
import { announcedExtensions, announcedSearch } from "@/lib/client/extensions";
import { askThroughGateway, passedHeaders } from "@/lib/client/gateway";
import { getEnvironment } from "@/lib/env";

const timeoutMs = 10_000;

/**
 * The read-only gateway: `GET /v1/*` of this origin is the same path of the API, asked with the caller's
 * Clerk session. It adds nothing and keeps nothing; writes go through server actions only.
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
	const { reply } = answer;
	return new Response(reply.body, {
		status: reply.status,
		headers: passedHeaders(reply, "private, no-store"),
	});
}
