import { describe, expect, test } from "vitest";
import type { Extension } from "../contract/health";
import { createCheckedClient } from "./checked-client";

const action = {
	id: "a1",
	tenant_id: "t1",
	project_id: "p1",
	action_type: "retry",
	status: "executed",
	created_at: "2026-11-22T10:00:00.000Z",
	updated_at: "2026-11-22T10:00:00.000Z",
};

/** A client of an API that announces this, or of the gateway (null), and what it has sent. */
function clientOf(announced: Extension[] | null) {
	const sent: { url: string; body: unknown }[] = [];
	let asked = 0;
	const client = createCheckedClient({
		baseUrl: "",
		authorize: async () => ({}),
		fetch: async (url, { method, body }) => {
			sent.push({ url, body: body === undefined ? undefined : JSON.parse(String(body)) });
			return Response.json(method === "POST" ? action : { actions: [action], has_more: false });
		},
		...(announced === null
			? {}
			: {
					extensions: async () => {
						asked += 1;
						return new Set(announced);
					},
				}),
	});
	return { client, sent, asked: () => asked };
}

describe("the deployment of a control action", () => {
	const request = { project_id: "p1", action_type: "retry", payload: { span: "answer" } } as const;

	test("is sent to a server that announces it", async () => {
		const { client, sent } = clientOf(["deployment_id"]);
		await client.execute({ ...request, deployment_id: "d1" });
		await client.listControlActions({ deploymentId: "d1", traceId: "t1", cursor: "c", limit: 5 });
		expect(sent).toEqual([
			{ url: "/v1/control/execute", body: { ...request, deployment_id: "d1" } },
			{
				url: "/v1/control/actions?trace_id=t1&deployment_id=d1&cursor=c&limit=5",
				body: undefined,
			},
		]);
	});

	test("is read by through the gateway, which knows what its server announces, and written through none", async () => {
		const { client, sent } = clientOf(null);
		await client.listControlActions({ deploymentId: "d1" });
		await client.execute({ ...request, deployment_id: "d1" });
		expect(sent).toEqual([
			{ url: "/v1/control/actions?deployment_id=d1", body: undefined },
			{ url: "/v1/control/execute", body: request },
		]);
	});

	test.each<Extension[][]>([[[]], [["approve-reason", "cluster_signature"]]])(
		"is left out for a server that announces %j, and nothing else is",
		async (announced) => {
			const { client, sent } = clientOf(announced);
			await client.execute({ ...request, deployment_id: "d1" });
			await client.listControlActions({ deploymentId: "d1", cursor: "c" });
			expect(sent).toEqual([
				{ url: "/v1/control/execute", body: request },
				{ url: "/v1/control/actions?cursor=c", body: undefined },
			]);
		},
	);

	test("where there is none, the server is not asked what it announces", async () => {
		const { client, sent, asked } = clientOf(["deployment_id"]);
		await client.execute(request);
		await client.listControlActions({ traceId: "t1" });
		await client.listControlActions({ deploymentId: null });
		expect(sent.map(({ url }) => url)).toEqual([
			"/v1/control/execute",
			"/v1/control/actions?trace_id=t1",
			"/v1/control/actions",
		]);
		expect(sent[0]?.body).toEqual(request);
		expect(asked()).toBe(0);
	});
});

describe("a decision", () => {
	const record = {
		id: "d1",
		tenant_id: "t1",
		project_id: "p1",
		cluster_signature: "sha256:abc",
		status: "shipped",
		current_prompt: "a",
		proposed_prompt: "b",
		created_at: "2026-11-22T10:00:00.000Z",
		updated_at: "2026-11-22T10:00:00.000Z",
	};
	const taken = { reason: "Untested, and legal waits.", tag: '"seen"', idempotencyKey: "key-1" };

	/** What a server that announces this is sent for each decision. */
	async function sentTo(announced: Extension[]) {
		const sent: { url: string; body: unknown; condition: string | null; key: string | null }[] = [];
		const client = createCheckedClient({
			baseUrl: "",
			authorize: async () => ({}),
			extensions: async () => new Set(announced),
			fetch: async (url, { body, headers }) => {
				const given = new Headers(headers);
				sent.push({
					url,
					body: body === undefined ? undefined : JSON.parse(String(body)),
					condition: given.get("if-match"),
					key: given.get("idempotency-key"),
				});
				return Response.json(record, { headers: { etag: '"now"' } });
			},
		});
		for (const decision of ["approve", "reject", "rollback"] as const)
			await client.decide("d1", decision, taken);
		return sent.map(({ url, ...rest }) => ({ what: url.split("/").at(-1), ...rest }));
	}

	test("carries the version that was seen, its own key and the reason to a server that announces them", async () => {
		const body = { reason: taken.reason };
		expect(await sentTo(["if-match", "idempotency-key", "approve-reason"])).toEqual(
			["approve", "reject", "rollback"].map((what) => ({ what, body, condition: '"seen"', key: "key-1" })),
		);
	});

	test("carries to any other server what the contract has, and nothing else", async () => {
		const body = { reason: taken.reason };
		expect(await sentTo([])).toEqual([
			{ what: "approve", body: undefined, condition: null, key: null },
			{ what: "reject", body, condition: null, key: null },
			{ what: "rollback", body, condition: null, key: null },
		]);
	});

	test("rests on a record that is read with its version", async () => {
		const client = createCheckedClient({
			baseUrl: "",
			authorize: async () => ({}),
			fetch: async () => Response.json(record, { headers: { etag: '"now"' } }),
		});
		expect(await client.getDeploymentForTag("d1")).toMatchObject({
			tag: '"now"',
			data: { status: "shipped" },
		});
	});
});
