import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { browserApi } from "@/lib/client/browser-client";
import { remediationDiffQuery } from "@/lib/client/queries/control";
import type { ControlAction } from "@/lib/contract/control-action";
import { RemediationPanel } from "./remediation-panel";

const action: ControlAction = {
	id: "a1",
	tenant_id: "t1",
	project_id: "p1",
	action_type: "agent_action",
	status: "pending",
	created_at: "2026-11-22T10:00:00.000Z",
	updated_at: "2026-11-22T10:00:00.000Z",
};

const answer = { kind: "none", why: "This control action left no remediated span." } as const;

function drawn(change: Partial<ControlAction>): string {
	const shown = { ...action, ...change };
	const client = new QueryClient();
	client.setQueryData(remediationDiffQuery(browserApi, shown).queryKey, answer);
	return renderToStaticMarkup(
		<QueryClientProvider client={client}>
			<RemediationPanel action={shown} />
		</QueryClientProvider>,
	);
}

test("of an action that has not ended, or never ran, nothing is said to be left", () => {
	expect(drawn({})).toContain("It has not ended yet, so there is nothing to compare.");
	const rejected = drawn({ status: "failed", result: { rejected_by: "user_1" } });
	expect(rejected).toContain("It never ran, so there is nothing to compare.");
	for (const one of [drawn({}), rejected]) expect(one).not.toContain("left no remediated span");
	expect(drawn({ status: "executed" })).toContain("left no remediated span");
});
