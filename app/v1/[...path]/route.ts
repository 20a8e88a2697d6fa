import { auth } from "@clerk/nextjs/server";
import type { NextRequest } from "next/server";
import { announcedExtensions, announcedSearch } from "@/lib/client/extensions";
import { getEnvironment } from "@/lib/env";

const timeoutMs = 10_000;
const passedOn = ["content-type", "retry-after", "x-request-id", "etag", "www-authenticate"];

/**
 * The read-only gateway: `GET /v1/*` of this origin is the same path of the API, asked with the caller's
 * Clerk session. It adds nothing and keeps nothing; writes go through server actions only.
 */
export async function GET(request: NextRequest): Promise<Response> {
	const { userId, getToken } = await auth();
	const token = userId ? await getToken() : null;
	if (token === null) {
		return answer(401, { error: "Your session has ended. Sign in again.", code: "unauthenticated" });
	}
	const { apiUrl } = getEnvironment();
	const { pathname } = request.nextUrl;
	let reply: Response;
	try {
		const search = await announcedSearch(request.nextUrl.search, () => announcedExtensions(apiUrl));
		reply = await fetch(`${apiUrl}${pathname}${search}`, {
			headers: { accept: "application/json", authorization: `Bearer ${token}` },
			cache: "no-store",
			redirect: "error",
			signal: AbortSignal.any([request.signal, AbortSignal.timeout(timeoutMs)]),
		});
	} catch (cause) {
		if (!request.signal.aborted) {
			console.warn(
				JSON.stringify({ level: "warn", event: "gateway_unreachable", pathname, cause: String(cause) }),
			);
		}
		return answer(502, { error: "The API cannot be reached.", code: "unreachable" });
	}
	const headers = new Headers({ "cache-control": "private, no-store" });
	for (const name of passedOn) {
		const value = reply.headers.get(name);
		if (value !== null) headers.set(name, value);
	}
	return new Response(reply.body, { status: reply.status, headers });
}

function answer(status: number, body: { error: string; code: string }): Response {
	return Response.json(body, { status, headers: { "cache-control": "private, no-store" } });
}
