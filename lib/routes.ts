/** What the queue can be narrowed to; each becomes a parameter of its URL, in this order. */
const queueParameters = ["view", "status", "project", "verdict", "age", "q", "sort"] as const;
export type DeploymentFilters = Partial<Record<(typeof queueParameters)[number], string | null>>;

const actionParameters = ["status", "type", "project", "trace"] as const;
/** What the control actions can be narrowed to. */
export type ActionFilters = Partial<Record<(typeof actionParameters)[number], string | null>>;

const traceParameters = ["show", "project"] as const;
/** What the traces can be narrowed to. */
export type TraceFilters = Partial<Record<(typeof traceParameters)[number], string | null>>;

/** A path with those parameters that say something, in their own order. */
function narrowed<Name extends string>(
	path: string,
	names: readonly Name[],
	filters: Partial<Record<Name, string | null>>,
): string {
	const search = new URLSearchParams();
	for (const name of names) {
		const value = filters[name];
		if (value) search.set(name, value);
	}
	const query = search.toString();
	return query === "" ? path : `${path}?${query}`;
}

/** Every link of the dashboard. Nothing else spells a path of ours. */
export const routes = {
	home: "/",
	deployments: (filters: DeploymentFilters = {}): string =>
		narrowed("/deployments", queueParameters, filters),
	deploymentsCsv: (search: string): string => `/deployments/export.csv${search}`,
	deployment: (id: string): string => `/deployments/${encodeURIComponent(id)}`,
	decisionRecordJson: (id: string): string => `/deployments/${encodeURIComponent(id)}/record.json`,
	decisionRecordMarkdown: (id: string): string => `/deployments/${encodeURIComponent(id)}/record.md`,
	rollBackPreview: (id: string): string => `/deployments/${encodeURIComponent(id)}/roll-back.json`,
	triage: "/triage",
	actions: "/actions",
	actionsBy: (filters: ActionFilters): string => narrowed("/actions", actionParameters, filters),
	action: (id: string): string => `/actions/${encodeURIComponent(id)}`,
	traces: (filters: TraceFilters = {}): string => narrowed("/traces", traceParameters, filters),
	trace: (id: string): string => `/traces/${encodeURIComponent(id)}`,
	audit: "/audit",
	signIn: "/sign-in",
	/** `path` is where sign-in leads afterwards; the name of the parameter is Clerk's. */
	signInAndBack: (path: string): string => `/sign-in?${new URLSearchParams({ redirect_url: path })}`,
} as const;
