"use client";

import { useQuery } from "@tanstack/react-query";
import { browserApi } from "@/lib/client/browser-client";
import { deploymentQuery, promptsQuery } from "@/lib/client/queries/deployments";
import type { Trace } from "@/lib/contract/trace";
import { recordedPrompt } from "@/lib/rules/control-request/recorded-prompt";
import { isLiveStatus } from "@/lib/rules/roll-back/shipped-row";

interface CurrentPromptParams {
	trace: Trace | undefined;
	deploymentId: string | undefined;
	/** False while nobody wants to know. */
	isWanted: boolean;
}

/**
 * The system prompt that a modified one is compared with: what the trace was answered with, else what the
 * deployment has put live, or was proposed against while it is not live. Null where none is known.
 */
export function useCurrentPrompt({ trace, deploymentId, isWanted }: CurrentPromptParams): string | null {
	const recorded = trace === undefined ? null : recordedPrompt(trace);
	const enabled = isWanted && recorded === null && deploymentId !== undefined;
	const id = deploymentId ?? "";
	const { data: prompts } = useQuery({ ...promptsQuery(browserApi, id), enabled });
	const { data: deployment } = useQuery({ ...deploymentQuery(browserApi, id), enabled });
	if (!isWanted) return null;
	if (recorded !== null) return recorded;
	if (prompts === undefined || deployment === undefined) return null;
	return isLiveStatus(deployment.status) ? prompts.proposed : prompts.current;
}
