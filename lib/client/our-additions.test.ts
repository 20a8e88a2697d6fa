import { expect, test } from "vitest";
import type { Extension } from "../contract/health";
import { createCheckedClient } from "./checked-client";

/** A client of an API at the network that answers everything with `answer`, and what it was asked. */
function clientOf(answer: () => Response, announced: Extension[] = []) {
	const asked: { url: string; body: unknown }[] = [];
	const client = createCheckedClient({
		baseUrl: "http://api.test",
		authorize: async () => ({}),
		extensions: async () => new Set(announced),
		fetch: async (url, init) => {
			asked.push({ url, body: init.body === undefined ? null : JSON.parse(String(init.body)) });
			return answer();
		},
	});
	return { client, asked };
}

test("the reason of the kill switch goes to an API that keeps it, and to no other", async () => {
	const contract = clientOf(() => Response.json({ active: true }));
	expect(await contract.client.setKillSwitch(true, "Retries pile up.")).toEqual({ active: true });
	expect(contract.asked).toEqual([{ url: "http://api.test/v1/control/killswitch/enable", body: null }]);
	const record = {
		active: false,
		changed_by: "user_1",
		changed_at: "2026-11-22T10:00:00Z",
		reason: "Empty.",
	};
	const ours = clientOf(() => Response.json(record), ["kill-switch-record"]);
	expect(await ours.client.setKillSwitch(false, "Empty.")).toEqual(record);
	expect(ours.asked).toEqual([
		{ url: "http://api.test/v1/control/killswitch/disable", body: { reason: "Empty." } },
	]);
});

test("an API without a history of the metric is told apart from one with an empty history", async () => {
	const none = clientOf(() => Response.json({ error: "Not there." }, { status: 404 }));
	expect(await none.client.listMetrics("d1")).toBeNull();
	expect(await clientOf(() => Response.json({ points: [] })).client.listMetrics("d1")).toEqual([]);
	const broken = clientOf(() => Response.json({ points: [{ at: "now" }] }));
	await expect(broken.client.listMetrics("d1")).rejects.toMatchObject({ code: "unreadable_reply" });
});

test("failure clusters are asked for with their window of time", async () => {
	const { client, asked } = clientOf(() => Response.json({ clusters: [] }));
	await client.listFailureClusters({ from: "2026-11-21T00:00:00.000Z", to: "2026-11-22T00:00:00.000Z" });
	expect(asked[0]?.url).toBe(
		"http://api.test/v1/failures/clusters?from=2026-11-21T00%3A00%3A00.000Z&to=2026-11-22T00%3A00%3A00.000Z",
	);
});
