import "server-only";
import { cache } from "react";
import { getApiToken } from "../auth/caller";
import { getEnvironment } from "../env";
import type { ApiClient } from "./api-client";
import { ApiError } from "./api-error";
import { createCheckedClient } from "./checked-client";
import { announcedExtensions } from "./extensions";
import { fetchApi } from "./fetch-api";

/** The API as pages and server actions reach it: directly, with the Clerk session of this request. */
export const getServerApi = cache((): ApiClient => {
	const client = createCheckedClient({
		baseUrl: getEnvironment().apiUrl,
		fetch: fetchApi,
		extensions: () => announcedExtensions(getEnvironment().apiUrl),
		authorize: async () => {
			const token = await getApiToken();
			if (token === null) {
				throw new ApiError("Your session has ended. Sign in again.", {
					status: 401,
					code: "unauthenticated",
					outcome: "refused",
				});
			}
			return { authorization: `Bearer ${token}` };
		},
	});
	// The layout and its page both need them, and are drawn at the same time.
	let projects: ReturnType<ApiClient["listProjects"]> | undefined;
	return {
		...client,
		listProjects: () => {
			projects ??= client.listProjects();
			return projects;
		},
	};
});
