import { askApi } from "./api";
import { axeViolations } from "./axe-violations";
import { expect, test } from "./fixtures";
import { withoutEvents } from "./without-events";

interface Listed {
	items: { id: string; status: string; rationale: string }[];
}

test("what is on fire is told with its history, what it replaced and what rolling it back restores", async ({
	pageOf,
}) => {
	const page = await pageOf("owner");
	await page.goto("/deployments");
	await page.getByRole("link", { name: /^Look/ }).first().click();
	await expect(page).toHaveURL("/triage");
	const fire = page.getByRole("list", { name: "On fire" }).getByRole("listitem").first();
	await expect(fire).toContainText("Says when it is unsure instead of guessing.");
	await expect(fire).toContainText("−0.08 against its reference, regressed");
	await expect(fire).toContainText("by Oscar Owner");
	await expect(fire.getByRole("img")).toHaveAccessibleName(
		/from .+ to −0\.08 .+ The line at zero is the reference/,
	);
	await expect(fire.getByText(/It replaced the prompt of deployment/)).toBeVisible();
	await page.getByText("They are different populations").waitFor();

	await page.keyboard.press("b");
	const dialog = page.getByRole("dialog", { name: "Roll this prompt back" });
	const changes = dialog.getByRole("group", { name: "From what is live to what comes back" });
	await expect(changes).toContainText("I am not sure of the day.");
	await expect(dialog).toContainText(
		"What comes back is not what was live an hour ago: this prompt shipped on",
	);
	expect(await axeViolations(page)).toEqual([]);
	await page.keyboard.press("Escape");

	await page.keyboard.press("e");
	const action = page.getByRole("dialog", { name: "Execute a control action" });
	await expect(action.getByRole("list", { name: "Its newest failures" })).toBeVisible();
	expect(await axeViolations(page)).toEqual([]);
	const failures = action.getByRole("list", { name: "Its newest failures" });
	await failures.getByRole("button").first().click();
	await expect(action.getByLabel("Trace id")).toHaveValue(/^[0-9a-f-]{36}$/);
	await expect(failures).toHaveCount(0);
	await page.keyboard.press("Escape");

	const clusters = page.getByRole("list", { name: "Failure clusters" }).getByRole("listitem");
	await expect(clusters.first()).toContainText(/failures? · .+24 h.+first seen/);
	await expect(clusters.first().getByRole("link").first()).toHaveAttribute("href", /^\/traces\//);
	await expect(page.getByRole("region", { name: "Waiting for approval" })).toBeVisible();
});

test("from sign-in to a regression that is rolled back takes less than ten keys besides the reason", async ({
	pageOf,
}) => {
	const page = await pageOf("owner@other.example");
	await page.goto("/deployments");
	let keys = 0;
	const press = async (key: string) => {
		keys += 1;
		await page.keyboard.press(key);
	};
	await press("g");
	await press("t");
	const first = page.getByRole("list", { name: "On fire" }).getByRole("listitem").first();
	const href = await first.getByRole("link").first().getAttribute("href");
	await press("b");
	const dialog = page.getByRole("dialog", { name: "Roll this prompt back" });
	await expect(dialog.getByRole("textbox", { name: /Reason/ })).toBeFocused();
	await page.keyboard.type("Complaints have doubled since this shipped.");
	await expect(dialog.getByRole("group", { name: "From what is live to what comes back" })).toBeVisible();
	await press("Tab");
	await press("Tab");
	await press("Enter");
	await expect(page.getByText("Rolled back. The API confirmed it.")).toBeVisible();
	expect(keys).toBeLessThan(10);
	const id = href?.split("/").at(-1) ?? "";
	const { body } = await askApi<{ status: string }>(
		"owner@other.example",
		"GET",
		`/v1/prompts/deployments/${id}`,
	);
	expect(body.status).toBe("rolled_back");
	await expect(page.locator(`[data-fire="${id}"]`)).toHaveCount(0);
});

test("an action is asked for from a failure cluster by a form, looked at to the letter, and executed", async ({
	pageOf,
}) => {
	const page = await pageOf("owner");
	await page.goto("/triage");
	const cluster = page.getByRole("list", { name: "Failure clusters" }).getByRole("listitem").first();
	await cluster.getByRole("button", { name: /^Execute action on trace/ }).click();
	const dialog = page.getByRole("dialog", { name: "Execute a control action" });
	await expect(dialog.getByLabel("Project")).not.toHaveValue("");
	await dialog.getByLabel("Type").selectOption("retry");
	await dialog.getByLabel("Attempts").fill("9");
	await dialog.getByRole("button", { name: "Execute action" }).click();
	await expect(dialog.getByRole("alert")).toContainText("Attempts has to be a whole number from 1 to 5.");
	await dialog.getByLabel("Type").selectOption("agent_action");
	await dialog.getByLabel("Name (required)").fill("page-somebody");
	await dialog.getByLabel("Arguments").fill('{"severity": 1}');
	await expect(dialog).toContainText("to do the action “page-somebody”");
	await dialog.getByRole("radio", { name: "JSON" }).click();
	await expect(dialog.getByLabel("Payload")).toHaveValue(/"name": "page-somebody"/);
	await dialog.getByText("The request, to the letter").click();
	await expect(dialog).toContainText("POST /v1/control/execute");
	await expect(dialog).toContainText('"action_type": "agent_action"');
	await dialog.getByRole("button", { name: "Execute action" }).click();
	await expect(dialog.getByRole("status")).toContainText("Stored as executed");
	await expect(dialog.getByRole("status")).toContainText("page-somebody");
});

test("the API lists what the page calls on fire, and a viewer is told why the buttons are off", async ({
	pageOf,
}) => {
	const page = await pageOf("viewer");
	await page.goto("/triage");
	const { body } = await askApi<Listed>("viewer", "GET", "/v1/prompts/deployments?status=regressed");
	const fires = page.getByRole("list", { name: "On fire" }).getByRole("listitem");
	await expect(fires).toHaveCount(body.items.length);
	await expect(fires.first().getByRole("button", { name: /^Roll back/ })).toBeDisabled();
	await expect(fires.first()).toContainText("Only owners can");
});

test("the roll-back dialog keeps its title in sight when its reason is missing", async ({ pageOf }) => {
	const page = await pageOf("owner");
	await page.goto("/triage");
	await expect(page.getByRole("link", { name: /^Look/ })).toHaveCount(0);
	await page.keyboard.press("b");
	const dialog = page.getByRole("dialog", { name: "Roll this prompt back" });
	await expect(dialog.getByRole("group", { name: "From what is live to what comes back" })).toBeVisible();
	await dialog.getByRole("button", { name: "Roll back" }).click();
	await expect(dialog.getByRole("textbox", { name: /Reason/ })).toBeFocused();
	await expect(dialog.getByRole("heading", { name: "Roll this prompt back" })).toBeInViewport();
	await expect(dialog.getByRole("button", { name: "Close" })).toBeInViewport();
	expect(
		await dialog.evaluate((box) => [box.scrollTop, box.scrollHeight - box.clientHeight]),
		"the box around the scrolled one does not scroll",
	).toEqual([0, 0]);
});

test("what could not be read is a warning that stays while it is tried again", async ({
	pageOf,
	allowNoise,
}) => {
	allowNoise(/status of 502|Failed to load resource/);
	const page = await pageOf("owner");
	await withoutEvents(page);
	await page.route(/\/v1\/(control\/actions\/pending|failures)/, (route) =>
		route.fulfill({ status: 502, json: { error: "The API cannot be reached.", code: "unreachable" } }),
	);
	await page.goto("/triage");
	const parked = page.getByRole("region", { name: "Waiting for approval" });
	const clusters = page.getByRole("region", { name: "Failure clusters" });
	await expect(parked.getByRole("status").last()).toContainText("could not be read", { timeout: 20_000 });
	await expect(clusters.getByRole("status").last()).toContainText("could not be read", { timeout: 20_000 });
	const asked = page.waitForRequest(/control\/actions\/pending/);
	await asked;
	await expect(parked.getByText("The API cannot be reached.")).toBeVisible();
	await expect(page.getByText("Reading what waits for approval")).toHaveCount(0);
	await page.unroute(/\/v1\/(control\/actions\/pending|failures)/);
	await expect(parked.getByText("could not be read")).toHaveCount(0, { timeout: 20_000 });
});
