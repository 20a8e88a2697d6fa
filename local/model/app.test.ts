import { expect, test } from "vitest";
import { createModelStandIn, standInModel } from "./app";
import { startModelStandIn } from "./start";

const app = createModelStandIn();
const ask = (body: unknown) =>
	app.request("/v1/chat/completions", { method: "POST", body: JSON.stringify(body) });
const chat = (...messages: [role: string, content: string][]) => ({
	model: "atlas-large",
	messages: messages.map(([role, content]) => ({ role, content })),
});

test("says in its name and in every answer that it is a stand-in", async () => {
	const body = await (await ask(chat(["user", "How long?"]))).json();
	expect(standInModel).toContain("stand-in");
	expect(body.model).toBe(standInModel);
	expect(body.choices[0].message.content).toBe(
		"This is a stand-in and not the model “atlas-large”. It was given no system prompt. It was asked: “How long?”.",
	);
	expect(body.usage).toEqual({ prompt_tokens: 2, completion_tokens: 20, total_tokens: 22 });
});

test("answers the same request the same, and another model, prompt or question otherwise", async () => {
	const request = chat(["system", "You help."], ["user", "How long?"]);
	const text = async (body: object) => (await ask(body)).text();
	const first = await text(request);
	expect(await text(request)).toBe(first);
	const others = [
		{ ...request, model: "atlas-small" },
		chat(["system", "Be brief."], ["user", "How long?"]),
		chat(["system", "You help."], ["user", "How wide?"]),
	];
	for (const other of others) expect(await text(other)).not.toBe(first);
});

test("quotes a long text in part", async () => {
	const body = await (await ask(chat(["user", "long ".repeat(10_000)]))).json();
	expect(body.choices[0].message.content.length).toBeLessThan(400);
});

test.each([[{}], ["text"], [{ model: "a", messages: [] }], [{ ...chat(["user", "x"]), stream: true }]])(
	"refuses %j with 400 and a sentence",
	async (body) => {
		const answer = await ask(body);
		expect(answer.status).toBe(400);
		expect((await answer.json()).error.message).toMatch(/\.$/);
	},
);

test("listens on this computer only, and stops", async () => {
	const { url, variables, stop } = await startModelStandIn();
	expect(new URL(url).hostname).toBe("127.0.0.1");
	expect(variables).toEqual({
		COUNTERSIGN_EXECUTOR_MODEL_URL: url,
		COUNTERSIGN_EXECUTOR_MODEL_STAND_IN: "1",
		COUNTERSIGN_EXECUTOR_ALLOW_PRIVATE: "1",
	});
	expect((await fetch(`${url}/models`)).status).toBe(200);
	await stop();
	await expect(fetch(`${url}/models`)).rejects.toThrow();
});
