import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestApi, type TestApi, type TestTenant } from "@/test/api";
import { decisionTrail, insertDeployment } from "@/test/rows";
import { claimsOf, signToken } from "@/test/tokens";
import { createCheckedClient } from "../client/checked-client";
import { extensions } from "../contract/health";
import { contentKeyOf } from "../review/prepare-review";
import { seenStateOf } from "../rules/seen-record";
import { decideAsSeen } from "./decide-as-seen";

let api: TestApi;
let tenant: TestTenant;
beforeAll(async () => {
	api = await openTestApi();
	tenant = await api.makeTenant();
});
afterAll(() => api.close());

/** The API as an owner reaches it; `beforeWrite` is what others do between the look and the deed. */
function clientOfOwner(beforeWrite?: () => Promise<unknown>) {
	return createCheckedClient({
		baseUrl: "",
		extensions: async () => new Set(extensions),
		authorize: async () => ({
			authorization: `Bearer ${await signToken(claimsOf({ ...tenant.owner, userId: "user_1" }, api.clock()))}`,
		}),
		fetch: async (path, init) => {
			if (init.method === "POST") await beforeWrite?.();
			return api.app.request(path, init);
		},
	});
}

/** A deployment that has passed its test, and a rejection of its row as the queue showed it. */
async function listed(beforeWrite?: (id: string) => Promise<unknown>) {
	const id = await insertDeployment(api, tenant.id);
	const client = clientOfOwner(beforeWrite && (() => beforeWrite(id)));
	const record = await client.getDeployment(id);
	const seen = {
		id,
		state: seenStateOf(record),
		contentKey: null,
		idempotencyKey: randomUUID(),
		reason: "Loses the refund rule.",
	};
	return { id, client, record, seen };
}

const approve = (id: string) =>
	api.ask("POST", `/v1/prompts/deployments/${id}/approve`, { as: { ...tenant.owner, userId: "user_2" } });
const decisionsOf = async (id: string) =>
	(await decisionTrail(api, tenant.id)).filter(({ subjectId }) => subjectId === id);

describe("a decision on a row whose texts were not on screen", () => {
	test("is taken where its state is the one that was seen, with its reason", async () => {
		const { id, client, seen } = await listed();
		const decided = await decideAsSeen(client, "reject", seen);
		expect(decided).toMatchObject({ id, status: "rejected", rejection_reason: seen.reason });
		expect(decided).not.toHaveProperty("proposed_prompt");
		expect(await decisionsOf(id)).toMatchObject([{ decision: "reject", actorId: "user_1" }]);
	});

	test("is refused where the state is another one by now, and tells who has made it so", async () => {
		const { id, client, seen } = await listed();
		await approve(id);
		await expect(decideAsSeen(client, "reject", seen)).rejects.toMatchObject({
			code: "changed_since_seen",
			outcome: "refused",
			message: "The record has changed since it was listed.",
			current: { status: "shipped", by: "user_2" },
		});
		expect(await decisionsOf(id)).toHaveLength(1);
	});

	test("is refused in the same way where it changes between the look and the deed", async () => {
		const { id, client, seen } = await listed(approve);
		await expect(decideAsSeen(client, "reject", seen)).rejects.toMatchObject({
			code: "changed_since_seen",
			current: { status: "shipped", by: "user_2" },
		});
		expect(await decisionsOf(id)).toMatchObject([{ decision: "approve" }]);
	});

	test("that was taken and whose answer was lost is not taken twice, and says by whom it was", async () => {
		const { id, client, seen } = await listed();
		await decideAsSeen(client, "reject", seen);
		await expect(decideAsSeen(client, "reject", seen)).rejects.toMatchObject({
			code: "changed_since_seen",
			current: { status: "rejected", by: "user_1", reason: seen.reason },
		});
		expect(await decisionsOf(id)).toHaveLength(1);
	});
});

test("a decision on texts that were read is refused where they are others, and where its check refuses", async () => {
	const { client, record, seen } = await listed();
	await expect(
		decideAsSeen(client, "reject", { ...seen, contentKey: "of-older-texts" }),
	).rejects.toMatchObject({
		code: "content_changed",
		message: "A prompt, the rationale or the report has changed since you opened it.",
	});
	const read = { ...seen, contentKey: contentKeyOf(record) };
	const refusal = new Error("not named");
	await expect(
		decideAsSeen(client, "approve", read, async () => {
			throw refusal;
		}),
	).rejects.toBe(refusal);
	expect(await decideAsSeen(client, "reject", read)).toMatchObject({ status: "rejected" });
});
