import { defaultShouldDehydrateQuery, QueryClient } from "@tanstack/react-query";
import { statusOf } from "./api-error";

/** A query client with our defaults; one a request on the server, one a tab in the browser. */
export function createQueryClient(): QueryClient {
	return new QueryClient({
		defaultOptions: {
			queries: {
				// An answer that refuses does not change by asking again; a lost connection may.
				retry: (failures, error) => {
					if (typeof window === "undefined") return false;
					const status = statusOf(error);
					return failures < 2 && (status === null || status >= 500);
				},
			},
			mutations: { retry: false },
			dehydrate: { shouldDehydrateQuery: defaultShouldDehydrateQuery },
		},
	});
}
