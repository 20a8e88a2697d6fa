import { describe, expect, test } from "vitest";
import { readReply } from "../contract/replies";
import { ApiError } from "./api-error";
import { send, type Transport } from "./request";

/** A transport whose network answers, or fails, as the test says. */
function transportTo(answer: () => Response | Promise<Response>): Transport {
	return {
		baseUrl: "http://api.test",
		authorize: async () => ({}),
		fetch: async () => answer(),
		readReply,
	};
}

function failureOf(transport: Transport, method: "GET" | "POST"): Promise<ApiError> {
	return send(transport, { method, path: "/v1/x", reply: "killSwitch" }).then(
		() => {
			throw new Error("the request was expected to fail");
		},
		(error: unknown) => {
			if (error instanceof ApiError) return error;
			throw error;
		},
	);
}

const refusedConnection = () =>
	Promise.reject(
		new TypeError("fetch failed", { cause: Object.assign(new Error("refused"), { code: "ECONNREFUSED" }) }),
	);

describe("send", () => {
	test("tells a refusal with the API's own words, code and the decision that won", async () => {
		const current = { status: "rejected", by: "user_1", at: "2026-11-22T00:00:00Z" };
		const error = await failureOf(
			transportTo(() =>
				Response.json({ error: "Already rejected.", code: "already_decided", current }, { status: 409 }),
			),
			"POST",
		);
		expect(error).toMatchObject({
			message: "Already rejected.",
			status: 409,
			code: "already_decided",
			outcome: "refused",
			current,
		});
	});

	test.each([
		["a connection that was never made", refusedConnection, "not_sent"],
		["a connection lost under way", () => Promise.reject(new TypeError("fetch failed")), "unknown"],
		["a gateway's own 502 page", () => new Response("<html>bad gateway</html>", { status: 502 }), "unknown"],
		[
			"a 503 of the API itself",
			() => Response.json({ error: "On.", code: "error.kill_switch_active" }, { status: 503 }),
			"refused",
		],
		[
			"a commit whose answer the API itself lost",
			() => Response.json({ error: "Lost.", code: "outcome_unknown" }, { status: 500 }),
			"unknown",
		],
		["a 200 that is not JSON", () => new Response("<html>sign in to the hotel</html>"), "unknown"],
		["a 200 of another shape", () => Response.json({ ok: true }), "unknown"],
	])("never takes %s for done: a write is %s", async (_name, answer, outcome) => {
		expect((await failureOf(transportTo(answer as () => Response), "POST")).outcome).toBe(outcome);
	});

	test("a read that fails has changed nothing", async () => {
		expect((await failureOf(transportTo(refusedConnection), "GET")).outcome).toBe("not_sent");
	});
});
