import type { Page } from "@playwright/test";
import { askApi, propose } from "./api";
import { expect, test } from "./fixtures";

interface TraceList {
	traces: { id: string; error: string | null }[];
}

/** Failed traces of the sample on which nobody has acted: another test may wait at a gate of the others. */
async function untouchedTraces(count: number): Promise<string[]> {
	const { body } = await askApi<TraceList>("owner", "GET", "/v1/traces?error=true&limit=50");
	const untouched: string[] = [];
	for (const { id } of body.traces.toReversed()) {
		const chain = await askApi<{ steps: unknown[] }>("owner", "GET", `/v1/traces/${id}/remediations`);
		if (chain.body.steps.length === 0) untouched.push(id);
	}
	expect(untouched.length, "failed traces without an action").toBeGreaterThanOrEqual(count);
	return untouched.slice(0, count);
}

const executeDialog = (page: Page) => page.getByRole("dialog", { name: "Execute a control action" });

test("an action of each type is executed by an endpoint, and what it changed is read", async ({
	pageOf,
	allowNoise,
}) => {
	// An agent action leaves no answer of a model, so there is nothing to compare.
	allowNoise(/status of 422/);
	const types = [
		{ type: "retry", label: "Retry", fields: { Attempts: "2" } },
		{ type: "fallback_model", label: "Fallback model", fields: { "Model (required)": "atlas-large-3" } },
		{
			type: "prompt_modification",
			label: "Prompt modification",
			fields: { "System prompt": "Answer with one word.\n" },
		},
		{ type: "agent_action", label: "Agent action", fields: { "Name (required)": "notify-the-desk" } },
	];
	const traces = await untouchedTraces(types.length);
	const page = await pageOf("owner");
	for (const [index, { type, label, fields }] of types.entries()) {
		await page.goto(`/traces/${traces[index]}`);
		await page.getByRole("button", { name: "Execute action" }).click();
		const dialog = executeDialog(page);
		await dialog.getByLabel("Type").selectOption(type);
		for (const [field, value] of Object.entries(fields)) await dialog.getByLabel(field).fill(value);
		await dialog.getByRole("button", { name: "Execute action" }).click();
		await expect(dialog.getByRole("status")).toContainText("Stored as executed");
		await dialog.getByRole("link", { name: "What became of it" }).click();
		await expect(page.getByRole("heading", { level: 1 })).toHaveText(label);
		if (type === "agent_action") {
			await expect(page.getByText("Not available.")).toBeVisible();
			await expect(page.getByText("notify-the-desk").first()).toBeVisible();
			continue;
		}
		const differs = page.getByRole("table", { name: /What differs/ });
		await expect(differs).toContainText("The executor stand-in has answered again.");
		await expect(page.getByText(/tokens$/).first()).toBeVisible();
		// It is one of the trace's spans now.
		await page.goto(`/traces/${traces[index]}`);
		await expect(page.getByText("Made by").first()).toBeVisible();
		await expect(page.getByRole("list", { name: /^Actions on this trace/ })).toContainText(label);
	}
});

test("an action is asked for by itself, for a project that is chosen", async ({ pageOf }) => {
	const { projectName } = await propose();
	const page = await pageOf("owner");
	await page.goto("/actions");
	await page.getByRole("button", { name: "Execute action" }).click();
	const dialog = executeDialog(page);
	await dialog.getByLabel("Type").selectOption("agent_action");
	await dialog.getByLabel("Name (required)").fill("tell-the-desk");
	await dialog.getByRole("button", { name: "Execute action" }).click();
	await expect(dialog.getByRole("alert")).toContainText("Choose the project that the action is for.");
	await dialog.getByLabel("Project").selectOption(projectName);
	await dialog.getByRole("button", { name: "Execute action" }).click();
	await expect(dialog.getByRole("status")).toContainText("Stored as executed");
	await page.keyboard.press("Escape");
	const actions = page.getByRole("list", { name: "Control actions, newest first" });
	await expect(actions.getByRole("listitem").filter({ hasText: projectName })).toContainText("Executed");
});

test("what is missing is brought into sight, and is no mistake of another type", async ({ pageOf }) => {
	const { id } = await propose();
	const page = await pageOf("owner");
	await page.setViewportSize({ width: 720, height: 450 });
	await page.goto(`/deployments/${id}`);
	await page.getByRole("button", { name: "Execute action" }).click();
	const dialog = executeDialog(page);
	await dialog.getByLabel("Attempts").focus();
	await dialog.getByRole("button", { name: "Execute action" }).click();
	await expect(dialog.getByLabel("Trace id (required)")).toBeFocused();
	await expect(dialog.getByRole("alert")).toBeInViewport();
	await dialog.getByLabel("Type").selectOption("agent_action");
	await expect(dialog.getByRole("alert")).toHaveCount(0);
	await dialog.getByRole("button", { name: "Execute action" }).click();
	await expect(dialog.getByLabel("Name (required)")).toBeFocused();
});
