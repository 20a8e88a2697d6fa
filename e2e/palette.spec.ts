import type { Page } from "@playwright/test";
import { propose } from "./api";
import { axeViolations } from "./axe-violations";
import { expect, test } from "./fixtures";
import { holdScripts } from "./hold-scripts";

const palette = (page: Page) => page.getByRole("dialog", { name: "Go to" });
const box = (page: Page) => palette(page).getByRole("combobox", { name: "Go to" });

test("the palette opens by key and by button, finds by typing, and Escape gives the focus back", async ({
	pageOf,
}) => {
	const page = await pageOf("owner");
	await page.goto("/triage");
	await page.getByRole("link", { name: "Audit", exact: true }).focus();
	await page.keyboard.press("ControlOrMeta+k");
	await expect(box(page)).toBeFocused();
	expect(await axeViolations(page)).toEqual([]);
	await page.keyboard.press("Escape");
	await expect(page.getByRole("link", { name: "Audit", exact: true })).toBeFocused();

	await page.getByRole("button", { name: /^Command palette/ }).click();
	await page.keyboard.type("deployments: regr");
	await expect(palette(page).getByRole("option")).toHaveText(["Deployments: Regressed"]);
	await page.keyboard.press("Enter");
	await expect(page).toHaveURL("/deployments?view=regressed");
	await expect(palette(page)).toHaveCount(0);

	await page.keyboard.press("ControlOrMeta+k");
	await page.keyboard.type("kill");
	await expect(palette(page).getByRole("option")).toHaveText(["Kill switch"]);
	await page.keyboard.press("ControlOrMeta+a");
	await page.keyboard.type("nothing is called so");
	await expect(palette(page)).toContainText("Nothing matches.");
	await page.keyboard.press("ControlOrMeta+k");
	await expect(palette(page)).toHaveCount(0);
});

test("it offers the deployments on screen as text, and projects, and narrows the queue to one", async ({
	pageOf,
}) => {
	const mark = String(Date.now());
	const rationale = `<img src=x onerror=alert(1)> \u202eis ${mark}`;
	const proposal = await propose({ rationale });
	const page = await pageOf("owner");
	await page.goto(`/deployments?view=all&project=${proposal.projectId}`);
	await expect(page.getByRole("link", { name: /onerror/ })).toBeVisible();
	await page.keyboard.press("ControlOrMeta+k");
	await page.keyboard.type(mark);
	const option = palette(page).getByRole("option", { name: /<img src=x onerror=alert\(1\)>/ });
	await expect(option).toHaveAttribute("aria-selected", "true");
	expect(await option.textContent()).not.toContain("\u202e");
	await page.keyboard.press("Enter");
	await expect(page).toHaveURL(`/deployments/${proposal.id}`);

	await page.keyboard.press("ControlOrMeta+k");
	await page.keyboard.type(proposal.projectName);
	await palette(page).getByRole("option", { name: proposal.projectName, exact: true }).click();
	await expect(page).toHaveURL(`/deployments?view=all&project=${proposal.projectId}`);
});

test("what is typed while it is still loading goes into it, and is no command to the page", async ({
	pageOf,
}) => {
	const page = await pageOf("owner");
	await page.goto("/deployments?view=all");
	await expect(page.getByRole("table").getByRole("link").first()).toBeVisible();
	await page.keyboard.press("j");
	const letGo = await holdScripts(page);
	await page.keyboard.press("ControlOrMeta+k");
	// The last two would lead to the audit log.
	await page.keyboard.type("xkgu");
	for (const key of ["Backspace", "Backspace", "Enter"]) await page.keyboard.press(key);
	await page.keyboard.type(" ?");
	letGo();
	await expect(box(page)).toBeFocused();
	await expect(box(page)).toHaveValue("xk ?");
	await page.keyboard.type("!");
	await expect(box(page)).toHaveValue("xk ?!");
	await page.keyboard.press("Escape");
	await expect(page).toHaveURL("/deployments?view=all");
	await expect(page.getByRole("checkbox", { checked: true })).toHaveCount(0);
});

test("a pasted id goes to its review page, also where single keys are off", async ({ pageOf }) => {
	const proposal = await propose();
	const page = await pageOf("viewer");
	await page.goto("/audit");
	await page.evaluate(() => localStorage.setItem("countersign:single-keys", "off"));
	await page.keyboard.press("ControlOrMeta+k");
	await box(page).fill(` ${proposal.id.toUpperCase()} `);
	await page.keyboard.press("Enter");
	await expect(page.getByRole("heading", { level: 1 })).toHaveText(proposal.rationale);
	await expect(page.locator("#content")).toBeFocused();
});

test("g and a second key go from page to page, decide nothing, and rest while somebody types", async ({
	pageOf,
}) => {
	const proposal = await propose();
	const page = await pageOf("owner");
	await page.goto(`/deployments/${proposal.id}`);
	await page.keyboard.press("g");
	await page.keyboard.press("a");
	await expect(page).toHaveURL("/actions");
	await expect(page.getByRole("dialog")).toHaveCount(0);
	for (const [key, path] of [
		["u", "/audit"],
		["t", "/triage"],
		["d", "/deployments"],
	] as const) {
		await page.keyboard.press("g");
		await page.keyboard.press(key);
		await expect(page).toHaveURL(path);
	}
	await page.goto(`/deployments/${proposal.id}`);
	await page.keyboard.press("r");
	await page.keyboard.type("gd gt");
	await expect(page.getByLabel("Reason")).toHaveValue("gd gt");
	await page.keyboard.press("Escape");
	await page.evaluate(() => localStorage.setItem("countersign:single-keys", "off"));
	await page.keyboard.press("g");
	await page.keyboard.press("t");
	await expect(page).toHaveURL(`/deployments/${proposal.id}`);
});
