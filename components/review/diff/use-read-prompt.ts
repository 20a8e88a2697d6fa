"use client";

import { useQueryClient } from "@tanstack/react-query";
import { browserApi } from "@/lib/client/browser-client";
import { promptsQuery } from "@/lib/client/queries/deployments";
import type { PromptSource } from "./prompt-source";

/** Reads the exact text of a prompt, once for each deployment. */
export function useReadPrompt(): (source: PromptSource) => Promise<string> {
	const queryClient = useQueryClient();
	return async ({ deploymentId, side }) =>
		(await queryClient.fetchQuery(promptsQuery(browserApi, deploymentId)))[side];
}
