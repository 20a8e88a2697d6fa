import type { NextRequest } from "next/server";
import { loadQueueSearchParams, queueQuestionOf } from "@/components/deployments/search-params";
import { answerQueueExport } from "@/lib/queue-export/answer-queue-export";
import { partParameter } from "@/lib/queue-export/part-end";

/** The queue as CSV, narrowed by the same parameters as its page. */
export async function GET(request: NextRequest): Promise<Response> {
	const { searchParams } = request.nextUrl;
	const filters = loadQueueSearchParams(searchParams);
	return answerQueueExport({
		questionOf: (role, now) => queueQuestionOf(filters, role, now),
		after: searchParams.get(partParameter),
		signal: request.signal,
	});
}
