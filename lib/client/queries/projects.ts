import { queryOptions } from "@tanstack/react-query";
import type { ApiClient } from "../api-client";

/** The projects of this organization, archived ones too: an old deployment still needs its name. */
export function projectsQuery(client: ApiClient) {
	return queryOptions({
		queryKey: ["projects"] as const,
		queryFn: ({ signal }) => client.listProjects({ signal }),
		staleTime: 60_000,
	});
}
