import type { NextRequest } from "next/server";
import { answerDecisionRecord } from "@/lib/review/read-decision-record";
import { writeMarkdown } from "@/lib/rules/decision-record/write-markdown";

/** The decision record as Markdown: for people. */
export async function GET(
	_request: NextRequest,
	{ params }: { params: Promise<{ id: string }> },
): Promise<Response> {
	const { id } = await params;
	return answerDecisionRecord(id, {
		extension: "md",
		contentType: "text/markdown; charset=utf-8",
		write: writeMarkdown,
	});
}
