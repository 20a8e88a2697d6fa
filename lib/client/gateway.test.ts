import { expect, test, vi } from "vitest";
import { replyFormHeader } from "../contract/reply-form-header";
import { passOn } from "./gateway";

const killSwitch = { active: false, updated_at: null };

/** An answer of the API, which has an address as one of `fetch` has. */
function answer(body: BodyInit, init: ResponseInit = {}): Response {
	const response = new Response(body, {
		...init,
		headers: { etag: '"7"', "content-type": "application/json", ...init.headers },
	});
	Object.defineProperty(response, "url", { value: "http://api.test/v1/control/killswitch?x=1" });
	return response;
}

test("an answer of the form that is asked for is marked as such", async () => {
	const passed = await passOn(answer(JSON.stringify({ ...killSwitch, more: 1 })), "killSwitch");
	expect(passed.status).toBe(200);
	expect(passed.headers.get(replyFormHeader)).toBe("killSwitch");
	expect(passed.headers.get("etag")).toBe('"7"');
	expect(await passed.json()).toEqual({ ...killSwitch, more: 1 });
});

test("what the form leaves out does not reach the browser", async () => {
	const deployment = {
		id: "d1",
		tenant_id: "t1",
		project_id: "p1",
		cluster_signature: "c1",
		status: "proposed",
		current_prompt: "Old.",
		proposed_prompt: "New.",
		created_at: "2026-11-22T10:00:00Z",
		updated_at: "2026-11-22T10:00:00Z",
	};
	const page = { items: [deployment], total: 1, limit: 50, offset: 0 };
	const text = await (await passOn(answer(JSON.stringify(page)), "deploymentPage")).text();
	expect(text).toContain("proposed");
	expect(text).not.toContain("Old.");
});

test("without a form, with an unknown one, or refused, it is passed on as it came and not marked", async () => {
	const cases = [
		[answer("<html>"), null],
		[answer("<html>"), "constructor"],
		[answer("<html>", { status: 409 }), "killSwitch"],
	] as const;
	for (const [reply, form] of cases) {
		const passed = await passOn(reply, form);
		expect(passed.status).toBe(reply.status);
		expect(passed.headers.get(replyFormHeader)).toBe(null);
		expect(await passed.text()).toBe("<html>");
	}
});

test.each([
	["no JSON", "<html>"],
	["another form", '{"active":"yes"}'],
])("%s is refused in words, with the cause in the log", async (_name, body) => {
	const warn = vi.spyOn(console, "warn").mockImplementation(() => undefined);
	const passed = await passOn(answer(body), "killSwitch");
	expect(passed.status).toBe(502);
	expect(passed.headers.get(replyFormHeader)).toBe(null);
	expect(await passed.json()).toEqual({
		error: "The API answered in a form that Countersign does not know.",
		code: "unreadable_reply",
	});
	expect(JSON.parse(String(warn.mock.calls[0]?.[0]))).toMatchObject({
		event: "gateway_unreadable",
		pathname: "/v1/control/killswitch",
	});
	warn.mockRestore();
});

test("an answer that breaks off is no answer", async () => {
	const warn = vi.spyOn(console, "warn").mockImplementation(() => undefined);
	const broken = new ReadableStream({ pull: (controller) => controller.error(new Error("reset")) });
	const passed = await passOn(answer(broken), "killSwitch");
	expect([passed.status, await passed.json()]).toMatchObject([502, { code: "unreachable" }]);
	warn.mockRestore();
});
