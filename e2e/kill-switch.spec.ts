import { askApi, propose } from "./api";
import { expect, test } from "./fixtures";

// The switch is the organization's own; the tests of the first one must be able to execute actions.
test.describe.configure({ mode: "serial" });

test.afterEach(async () => {
	await askApi("owner@other.example", "POST", "/v1/control/killswitch/disable");
});

test("the kill switch stops every action, says so on every page and where an action is asked for", async ({
	pageOf,
}) => {
	const page = await pageOf("owner@other.example");
	await page.goto("/actions");
	await page.getByRole("button", { name: "Turn the kill switch on" }).click();
	const dialog = page.getByRole("dialog", { name: "Turn the kill switch on" });
	await dialog.getByRole("button", { name: "Turn the kill switch on" }).click();
	await expect(dialog.getByRole("alert").first()).toContainText("Say why");
	await dialog.getByLabel("Reason (required)").fill("Retries pile up.");
	await dialog.getByLabel("Type STOP to confirm").fill("STOP");
	await dialog.getByRole("button", { name: "Turn the kill switch on" }).click();
	await expect(page.getByText("The kill switch is on.")).toBeVisible();

	await page.goto("/deployments");
	await expect(page.getByText("The kill switch is on.")).toBeVisible();
	await expect(page.getByText(/Turned on by Otto Other \(you\) .*: Retries pile up\./).first()).toBeVisible();
	await page.getByRole("row").nth(1).getByRole("link").click();
	await page.getByRole("button", { name: "Execute action" }).click();
	const execute = page.getByRole("dialog", { name: "Execute a control action" });
	await expect(execute).toContainText("The kill switch is on: the API executes no action");
	await execute.getByRole("button", { name: "Execute action" }).click();
	await expect(execute.getByRole("alert")).toContainText("Nothing was executed");
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

test("another organization's switch is not ours", async ({ pageOf }) => {
	await askApi("owner@other.example", "POST", "/v1/control/killswitch/enable");
	await propose();
	const page = await pageOf("owner");
	await page.goto("/actions");
	await expect(page.getByText("Kill switch: off")).toBeVisible();
	await expect(page.getByText("The kill switch is on.")).toBeHidden();
});
