import { unstable_isUnrecognizedActionError } from "next/navigation";
import type { ActionResult } from "./result";

/** What is known when the dashboard itself gave no answer to a server action. */
export function describeLostAnswer(error: unknown): ActionResult<never> {
	if (unstable_isUnrecognizedActionError(error)) {
		return {
			ok: false,
			error: {
				code: "outdated_page",
				message:
					"This page is older than the dashboard, so nothing was sent. Copy what you typed and reload.",
				outcome: "not_sent",
			},
		};
	}
	return {
		ok: false,
		error: {
			code: "lost_answer",
			message: "The dashboard did not answer, so it is not known whether this was carried out.",
			outcome: "unknown",
		},
	};
}
