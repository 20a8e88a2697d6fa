import { axeViolations } from "./axe-violations";
import { expect, test } from "./fixtures";

test("somebody finds a failed trace, reads its spans and what was done about it", async ({ pageOf }) => {
	const page = await pageOf("member");
	await page.goto("/traces");
	const rows = page.getByRole("list", { name: "Traces, newest first" }).getByRole("listitem");
	await expect(rows.first()).toContainText("✕");
	expect(await axeViolations(page)).toEqual([]);
	await rows
		.filter({ hasText: "You said the money would be back this week" })
		.getByRole("link")
		.first()
		.click();
	await expect(page.getByRole("heading", { level: 1 })).toContainText("Trace: chat");
	await expect(page.getByText("answers with an invented refund deadline")).toBeVisible();
	const spans = page.getByRole("list", { name: "Spans" }).getByRole("listitem");
	await expect(spans).toHaveCount(3);
	await expect(spans.nth(1)).toContainText("took 310 ms, from 40 ms on");
	await expect(page.getByText(/^3 spans in [\d,]{1,5} ms$/)).toBeVisible();
	const made = page.getByRole("list", { name: "Made by actions afterwards" }).getByRole("listitem");
	await expect(made).toHaveCount(1);
	await expect(made).toContainText(/took [\d,]+ ms.*Made by Retry, begun .* UTC/);
	await expect(page.getByText(/^Afterwards, by actions: [\d,]+ ms$/)).toBeVisible();
	await expect(page.getByText(/Afterwards, by actions: [\d,]+ in, [\d,]+ out, in 1 span/)).toBeVisible();
	await spans.nth(1).getByRole("button").click();
	await expect(spans.nth(1)).toContainText('{"order":"A-4471802"}');
	const steps = page.getByRole("list", { name: /Actions on this trace/ }).getByRole("listitem");
	await expect(steps.first()).toContainText("0.81 of 1");
	await steps.first().getByRole("button", { name: "Compare before and after" }).click();
	await expect(page.getByRole("table", { name: /What differs/ })).toContainText("I can't name the day");
	expect(await axeViolations(page)).toEqual([]);
	await page.setViewportSize({ width: 390, height: 844 });
	expect(await axeViolations(page)).toEqual([]);
});

test("a trace that is not there is said to be none", async ({ pageOf, allowNoise }) => {
	allowNoise(/404/);
	const page = await pageOf("viewer");
	const answer = await page.goto("/traces/00000000-0000-4000-8000-000000000000");
	expect(answer?.status()).toBe(404);
});
