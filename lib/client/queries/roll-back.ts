import { queryOptions } from "@tanstack/react-query";
import { routes } from "../../routes";
import type { RollBackPreview } from "../../rules/roll-back/preview";
import { ApiError } from "../api-error";
import { renewSession } from "../browser-client";

/** What rolling a deployment back would do. Worked out by the dashboard's server, asked for by the browser alone. */
export function rollBackPreviewQuery(id: string) {
	return queryOptions({
		// Not under the deployments: a change of any of them would have it worked out anew.
		queryKey: ["roll-back", id] as const,
		queryFn: async ({ signal }): Promise<RollBackPreview> => {
			await renewSession();
			const answer = await fetch(routes.rollBackPreview(id), {
				headers: { accept: "application/json" },
				cache: "no-store",
				redirect: "error",
				signal,
			});
			// Our own server made it, in this very form.
			if (answer.ok) return (await answer.json()) as RollBackPreview;
			throw new ApiError("What comes back could not be read.", {
				status: answer.status,
				code: `http_${answer.status}`,
				outcome: "refused",
			});
		},
		// The texts of a record do not change, and what stands beside it seldom does.
		staleTime: 30_000,
	});
}
