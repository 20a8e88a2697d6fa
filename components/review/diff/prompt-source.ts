/** Where a text of the comparison is kept: one prompt of one deployment. */
export interface PromptSource {
	deploymentId: string;
	side: "current" | "proposed";
	/** What it is called above its column. */
	label: string;
}
