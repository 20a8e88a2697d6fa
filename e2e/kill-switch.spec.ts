import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { askApi, propose } from "./api";
import { axeViolations } from "./axe-violations";
import { expect, test } from "./fixtures";

// The switch is the organization's own; the tests of the first one must be able to execute actions.
test.describe.configure({ mode: "serial" });

test.afterEach(async () => {
	await askApi("owner@other.example", "POST", "/v1/control/killswitch/disable");
});

/** How many ms from now a page tells that the switch is on, without anybody touching it. */
async function hearsOfSwitch(page: Page): Promise<number> {
	const startedAt = performance.now();
	await expect(page.getByText("The kill switch is on.")).toBeVisible();
	return Math.round(performance.now() - startedAt);
}

/** How many actions of this name have come to the endpoint that executes them. */
async function receivedByExecutor(name: string): Promise<number> {
	const response = await fetch(`http://127.0.0.1:${process.env.E2E_EXECUTOR_PORT}/received?name=${name}`);
	return ((await response.json()) as { count: number }).count;
}

test("the kill switch stops every action, says so on every page and where an action is asked for", async ({
	pageOf,
}) => {
	const page = await pageOf("owner@other.example");
	const elsewhere = await pageOf("owner@other.example");
	await elsewhere.goto("/audit");
	await page.goto("/actions");
	await page.getByRole("button", { name: "Turn the kill switch on" }).click();
	const dialog = page.getByRole("dialog", { name: "Turn the kill switch on" });
	await dialog.getByRole("button", { name: "Turn the kill switch on" }).click();
	await expect(dialog.getByRole("alert").first()).toContainText("Say why");
	expect(await axeViolations(page)).toEqual([]);
	await dialog.getByLabel("Reason (required)").fill("Retries pile up.");
	await dialog.getByLabel("Type STOP to confirm").fill("STOP");
	await dialog.getByRole("button", { name: "Turn the kill switch on" }).click();
	const heard = hearsOfSwitch(elsewhere);
	await expect(page.getByText("The kill switch is on.")).toBeVisible();
	process.stdout.write(`Another page told of the kill switch ${await heard} ms after the press\n`);

	await page.goto("/deployments");
	await expect(page.getByText("The kill switch is on.")).toBeVisible();
	await expect(page.getByText(/Turned on by Otto Other \(you\) .*: Retries pile up\./).first()).toBeVisible();
	await page.getByRole("row").nth(1).getByRole("link").click();
	await page.getByRole("button", { name: "Execute action" }).click();
	const execute = page.getByRole("dialog", { name: "Execute a control action" });
	await expect(execute).toContainText("The kill switch is on: the API executes no action");
	await expect(execute).toContainText("Retries pile up.");
	await expect(execute.getByRole("button", { name: "Execute action" })).toBeDisabled();
	await page.keyboard.press("Escape");

	await page.goto("/actions");
	await page.getByRole("button", { name: "Turn the kill switch off" }).click();
	const off = page.getByRole("dialog", { name: "Turn the kill switch off" });
	await off.getByLabel("Reason (required)").fill("The queue is empty again.");
	await off.getByLabel("Type START to confirm").fill("STOP");
	await off.getByRole("button", { name: "Turn the kill switch off" }).click();
	await expect(off.getByRole("alert")).toContainText("Type START");
	await off.getByLabel("Type START to confirm").fill("START");
	await off.getByRole("button", { name: "Turn the kill switch off" }).click();
	await expect(page.getByText("The kill switch is on.")).toBeHidden();
	await expect(page.getByText(/Turned off by Otto Other .*: The queue is empty again\./)).toBeVisible();
});

test("of two who turn it on at once, the second is told who was first, when and why", async ({ pageOf }) => {
	const [first, second] = [await pageOf("owner@other.example"), await pageOf("owner@other.example")];
	for (const [page, reason] of [
		[first, "All stop."],
		[second, "Costs run away."],
	] as const) {
		await page.goto("/actions");
		await page.getByRole("button", { name: "Turn the kill switch on" }).click();
		await page.getByRole("dialog").getByLabel("Reason (required)").fill(reason);
		await page.getByRole("dialog").getByLabel("Type STOP to confirm").fill("STOP");
	}
	const turn = (page: Page) =>
		page.getByRole("dialog").getByRole("button", { name: "Turn the kill switch on" });
	await turn(first).click();
	await expect(first.getByRole("dialog")).toBeHidden();
	await turn(second).click();
	const told = second.getByRole("dialog").getByRole("alert");
	await expect(told).toContainText("You have turned it on already.");
	await expect(told).toContainText("what you typed is not recorded");
	await expect(told).toContainText(/Turned on by Otto Other \(you\).*: All stop\.$/);
	await expect(second.getByRole("dialog").getByLabel("Reason (required)")).toHaveValue("Costs run away.");
	await expect(turn(second)).toBeDisabled();
	await second.getByRole("dialog").getByRole("button", { name: "Close" }).last().click();
	await second.getByRole("button", { name: "Turn the kill switch off" }).click();
	await expect(second.getByRole("dialog")).not.toContainText("while the switch is on");
	await expect(second.getByRole("dialog").getByLabel("Reason (required)")).toHaveValue("");
});

test("a kill switch form that is not filled in puts the focus to what is missing", async ({ pageOf }) => {
	const page = await pageOf("owner@other.example");
	await page.setViewportSize({ width: 720, height: 450 });
	await page.goto("/actions");
	await page.getByRole("button", { name: "Turn the kill switch on" }).click();
	const dialog = page.getByRole("dialog");
	await dialog.getByLabel("Type STOP to confirm").fill("STOP");
	await dialog.getByRole("button", { name: "Turn the kill switch on" }).click();
	await expect(dialog.getByLabel("Reason (required)")).toBeFocused();
	await expect(dialog.getByRole("alert")).toBeInViewport();
});

test("thrown while 100 actions are in flight it lets none start after it", async ({ pageOf }) => {
	const name = `in-flight-${randomUUID()}`;
	const project = await askApi<{ id: string }>("owner@other.example", "POST", "/v1/projects", { name });
	const page = await pageOf("owner@other.example");
	await page.goto("/actions");
	await page.getByRole("button", { name: "Turn the kill switch on" }).click();
	const dialog = page.getByRole("dialog", { name: "Turn the kill switch on" });
	await dialog.getByLabel("Reason (required)").fill("They all go wrong.");
	await dialog.getByLabel("Type STOP to confirm").fill("STOP");
	const answers = Array.from({ length: 100 }, () =>
		askApi<{ status?: string; code?: string; result?: { executed?: boolean } }>(
			"owner@other.example",
			"POST",
			"/v1/control/execute",
			{
				project_id: project.body.id,
				action_type: "agent_action",
				payload: { name, delay_ms: 3_000 },
			},
		),
	);
	await expect.poll(() => receivedByExecutor(name)).toBeGreaterThan(0);
	await dialog.getByRole("button", { name: "Turn the kill switch on" }).click();
	await expect(page.getByText("The kill switch is on.")).toBeVisible();
	const startedBefore = await receivedByExecutor(name);
	const ended = await Promise.all(answers);
	expect(await receivedByExecutor(name)).toBe(startedBefore);
	const executed = ended.filter(({ body }) => body.status === "executed");
	const refused = ended.filter(({ body }) => body.code === "error.kill_switch_active");
	const stopped = ended.filter(({ body }) => body.result?.executed === false);
	expect(executed).toHaveLength(startedBefore);
	expect(startedBefore).toBeLessThan(100);
	expect(executed.length + refused.length + stopped.length).toBe(100);
});

test("another organization's switch is not ours", async ({ pageOf }) => {
	await askApi("owner@other.example", "POST", "/v1/control/killswitch/enable");
	await propose();
	const page = await pageOf("owner");
	await page.goto("/actions");
	await expect(page.getByText("Kill switch: off")).toBeVisible();
	await expect(page.getByText("The kill switch is on.")).toBeHidden();
});
