/** Where an action is asked for from, and what that place knows already. */
export interface ActionPlace {
	/** The project that the action is for; without it the trace says, or the person chooses. */
	projectId?: string;
	projectName?: string;
	/** The trace that the action is about, where the place knows one; the person can change it. */
	traceId?: string;
	/** The deployment from whose page it is asked for. */
	deploymentId?: string;
}
