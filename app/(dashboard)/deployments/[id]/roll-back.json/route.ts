import type { NextRequest } from "next/server";
import { answerRollBackPreview } from "@/lib/review/read-roll-back";

/** What rolling the deployment back would do: for the dialogs that ask whether to. */
export async function GET(
	request: NextRequest,
	{ params }: { params: Promise<{ id: string }> },
): Promise<Response> {
	const { id } = await params;
	return answerRollBackPreview(id, request.signal);
}
