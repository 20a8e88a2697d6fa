/** What the queue can be narrowed to; each becomes a parameter of its URL. */
export interface DeploymentFilters {
	status?: string | null;
	project?: string | null;
	page?: number | null;
}

/** Every link of the dashboard. Nothing else spells a path of ours. */
export const routes = {
	home: "/",
	deployments(filters: DeploymentFilters = {}): string {
		const search = new URLSearchParams();
		if (filters.status) search.set("status", filters.status);
		if (filters.project) search.set("project", filters.project);
		if (filters.page && filters.page > 1) search.set("page", String(filters.page));
		const query = search.toString();
		return query === "" ? "/deployments" : `/deployments?${query}`;
	},
	deployment: (id: string): string => `/deployments/${encodeURIComponent(id)}`,
	decisionRecordJson: (id: string): string => `/deployments/${encodeURIComponent(id)}/record.json`,
	decisionRecordMarkdown: (id: string): string => `/deployments/${encodeURIComponent(id)}/record.md`,
	triage: "/triage",
	actions: "/actions",
	audit: "/audit",
	signIn: "/sign-in",
} as const;
