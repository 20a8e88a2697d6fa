import type { Page } from "@playwright/test";
import { askApi, propose } from "./api";
import { axeViolations } from "./axe-violations";
import { expect, test } from "./fixtures";

interface Times {
	waiting: { status: string; total: number }[];
	decisions: { count: number; days: number };
}

async function chooseInViews(page: Page, item: string): Promise<void> {
	await page.getByRole("button", { name: "Views", exact: true }).click();
	await page.getByRole("menuitem", { name: item }).click();
}

test("a view is named, kept for the person, opened again, exported as a link, renamed and deleted", async ({
	pageOf,
}) => {
	const proposal = await propose();
	const page = await pageOf("owner2");
	const narrowed = `/deployments?project=${proposal.projectId}&sort=waiting`;
	await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
	await page.goto(narrowed);
	await chooseInViews(page, "Save this view…");
	const save = page.getByRole("dialog", { name: "Save this view" });
	await save.getByRole("button", { name: "Save" }).click();
	await expect(save.getByRole("alert")).toBeVisible();
	await save.getByLabel("Name").fill("Mine, oldest first");
	await save.getByRole("button", { name: "Save" }).click();
	await expect(page.getByText("Kept in this browser", { exact: true })).toBeVisible();

	await page.goto("/deployments?view=closed");
	await chooseInViews(page, "Mine, oldest first");
	await expect(page).toHaveURL(narrowed);
	await expect(page.getByText("1 deployment", { exact: true })).toBeVisible();

	await chooseInViews(page, "Rename or delete…");
	const manage = page.getByRole("dialog", { name: "Your views" });
	expect(await axeViolations(page)).toEqual([]);
	await manage.getByRole("button", { name: "Copy link of Mine, oldest first" }).click();
	await expect
		.poll(() => page.evaluate(() => navigator.clipboard.readText()))
		.toBe(new URL(narrowed, page.url()).href);
	await manage.getByRole("textbox").fill("Mine");
	await manage.getByRole("button", { name: "Rename" }).click();
	await page.keyboard.press("Escape");
	await page.reload();
	await page.getByRole("button", { name: "Views", exact: true }).click();
	await expect(page.getByRole("menuitem", { name: "Mine", exact: true })).toBeVisible();
	await page.getByRole("menuitem", { name: "Rename or delete…" }).click();
	await manage.getByRole("button", { name: "Delete Mine" }).click();
	await expect(manage.getByText("No view is kept.")).toBeVisible();
});

test("how long things wait in each state, and how long decisions took, are told with their counts", async ({
	pageOf,
}) => {
	const proposal = await propose();
	const page = await pageOf("owner");
	await page.goto(`/deployments?project=${proposal.projectId}`);
	const times = page.getByRole("list", { name: "Times" });
	await expect(times).toContainText("A/B passed 1: half for under a minute, the longest for under a minute");
	await expect(times).toContainText("No decision in the last 30 days");
	await askApi("owner", "POST", `/v1/prompts/deployments/${proposal.id}/reject`, { reason: "Not needed." });
	await page.goto(`/deployments?project=${proposal.projectId}&view=all`);
	await expect(times).toContainText("Median time to decision under a minute (1 decision in 30 days)");

	await page.goto("/deployments?view=all");
	const { body } = await askApi<Times>("owner", "GET", "/v1/prompts/queue/times");
	const running = body.waiting.find(({ status }) => status === "ab_running")?.total;
	await expect(times).toContainText(`A/B running ${running}: half for `);
});

test("on a narrow screen a button opens how long things wait", async ({ pageOf }) => {
	const page = await pageOf("viewer");
	await page.setViewportSize({ width: 390, height: 844 });
	await page.goto("/deployments?view=all");
	const times = page.getByRole("list", { name: "Times" });
	await expect(times).toBeHidden();
	const button = page.getByRole("button", { name: "How long things wait", expanded: false });
	await button.click();
	await expect(times).toContainText("half for ");
	await expect(page.getByRole("button", { name: "How long things wait", expanded: true })).toBeVisible();
});
