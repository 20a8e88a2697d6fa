import { randomUUID } from "node:crypto";
import { expect } from "@playwright/test";
import { askApi } from "./api";

export interface Action {
	id: string;
	project_id: string;
	trace_id: string | null;
	action_type: string;
	status: string;
	payload: Record<string, unknown> | null;
}

/** The sample action whose payload holds this text. */
export async function sampleAction(query: string, text: string): Promise<Action> {
	const { body } = await askApi<{ actions: Action[] }>(
		"owner",
		"GET",
		`/v1/control/actions?limit=100&${query}`,
	);
	const found = body.actions.find(({ payload }) => JSON.stringify(payload).includes(text));
	if (found === undefined) throw new Error(`No sample action holds “${text}”.`);
	return found;
}

/** A retry of a trace that has had as many as it may: the API parks it. */
export async function park(): Promise<Action> {
	const { trace_id, project_id } = await sampleAction("status=executed&action_type=retry", "first retry");
	const { body } = await askApi<Action>("owner", "POST", "/v1/control/execute", {
		project_id,
		trace_id,
		action_type: "retry",
		payload: { span: "answer", reason: `asked by a test, ${randomUUID()}` },
	});
	expect(body.status).toBe("pending_approval");
	return body;
}
