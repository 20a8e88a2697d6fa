import { askApi, propose } from "./api";
import { expect, test } from "./fixtures";

interface ActionPage {
	actions: {
		action_type: string;
		status: string;
		payload: unknown;
		result: Record<string, unknown> | null;
	}[];
}

test("an owner executes an action with a payload and sees its result", async ({ pageOf, allowNoise }) => {
	// It left no span, so there is nothing to compare.
	allowNoise(/status of 422/);
	const proposal = await propose();
	const page = await pageOf("owner");
	await page.goto(`/deployments/${proposal.id}`);
	await page.getByRole("button", { name: "Execute action" }).click();
	const dialog = page.getByRole("dialog", { name: "Execute a control action" });
	await dialog.getByRole("button", { name: "Execute action" }).click();
	await expect(dialog.getByRole("alert")).toContainText("This type runs what a trace has kept");
	await dialog.getByLabel("Type").selectOption("agent_action");
	await dialog.getByRole("radio", { name: "JSON" }).click();
	await dialog.getByLabel("Payload").fill('{"name": "notify", "attempts": 2');
	await dialog.getByRole("button", { name: "Execute action" }).click();
	await expect(dialog.getByRole("alert")).toContainText("This is not JSON");
	await dialog.getByLabel("Payload").fill('["not", "an", "object"]');
	await expect(dialog.getByRole("alert")).toContainText("has to be a JSON object");
	await dialog.getByLabel("Trace id").fill("not-a-trace");
	await expect(dialog.getByRole("alert").filter({ hasText: "A trace id looks like" })).toBeVisible();
	await dialog.getByLabel("Trace id").fill("");
	await dialog.getByLabel("Payload").fill('{"name": "notify", "attempts": 2}');
	await dialog.getByRole("button", { name: "Execute action" }).click();
	await expect(dialog.getByRole("status")).toContainText("Stored as executed");
	await expect(dialog.getByRole("status")).toContainText("executor stand-in");
	await expect(dialog.getByRole("button", { name: "Execute action" })).toBeDisabled();

	await dialog.getByRole("link", { name: "See all actions" }).click();
	const row = page.getByRole("listitem").filter({ hasText: proposal.projectName });
	await expect(row).toContainText("Executed");
	await expect(row).toContainText("Agent action");
	await row.getByRole("link", { name: "Agent action" }).click();
	await expect(page.getByText('"attempts": 2').first()).toBeVisible();

	const { body } = await askApi<ActionPage>("owner", "GET", "/v1/control/actions?limit=100");
	const stored = body.actions.filter(
		({ payload }) => JSON.stringify(payload) === '{"name":"notify","attempts":2}',
	);
	expect(stored).toHaveLength(1);
	expect(stored[0]).toMatchObject({ action_type: "agent_action", status: "executed" });
});

test("a trace that is not of this organization is refused and nothing typed is lost", async ({
	pageOf,
	allowNoise,
}) => {
	allowNoise(/status of 404/);
	const proposal = await propose();
	const page = await pageOf("owner");
	await page.goto(`/deployments/${proposal.id}`);
	await page.getByRole("button", { name: "Execute action" }).click();
	const dialog = page.getByRole("dialog");
	await dialog.getByRole("radio", { name: "JSON" }).click();
	await dialog.getByLabel("Trace id").fill("00000000-0000-4000-8000-000000000000");
	await dialog.getByLabel("Payload").fill('{"attempts": 1}');
	await dialog.getByRole("button", { name: "Execute action" }).click();
	await expect(dialog.getByRole("alert")).toContainText("Nothing was executed");
	await expect(dialog.getByLabel("Payload")).toHaveValue('{"attempts": 1}');
});
