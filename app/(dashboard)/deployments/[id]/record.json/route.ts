import type { NextRequest } from "next/server";
import { answerDecisionRecord } from "@/lib/review/read-decision-record";
import { writeJson } from "@/lib/rules/decision-record/write-json";

/** The decision record as JSON: for machines, and the only form that carries the API's own answer. */
export async function GET(
	_request: NextRequest,
	{ params }: { params: Promise<{ id: string }> },
): Promise<Response> {
	const { id } = await params;
	return answerDecisionRecord(id, {
		extension: "json",
		contentType: "application/json; charset=utf-8",
		write: writeJson,
	});
}
