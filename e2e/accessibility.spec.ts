import type { Page } from "@playwright/test";
import { propose } from "./api";
import { axeViolations } from "./axe-violations";
import { openDecision, ship } from "./decide";
import { expect, test } from "./fixtures";

for (const width of [1440, 390]) {
	test(`every page passes axe, light and dark at ${width} px`, async ({ pageOf }) => {
		const proposal = await propose();
		const page = await pageOf("owner");
		await page.setViewportSize({ width, height: 900 });
		for (const path of ["/deployments", "/triage", "/actions", "/traces", "/audit"]) {
			await page.goto(path);
			await expect(page.getByRole("heading", { level: 1 })).toBeAttached();
			expect(await axeViolations(page), path).toEqual([]);
		}
		await page.goto(`/deployments/${proposal.id}`);
		await expect(page.getByRole("region", { name: "Prompt diff" }).locator("table")).toBeVisible();
		expect(await axeViolations(page), "review").toEqual([]);
	});

	test(`every dialog of a review passes axe, light and dark at ${width} px`, async ({ pageOf }) => {
		const proposal = await propose();
		const page = await pageOf("owner");
		await page.setViewportSize({ width, height: 900 });
		await page.goto(`/deployments/${proposal.id}`);
		for (const button of ["Approve & ship", "Reject", "Execute action"]) {
			await page.getByRole("button", { name: button, exact: true }).click();
			await expect(page.getByRole("dialog")).toBeVisible();
			expect(await axeViolations(page), button).toEqual([]);
			await page.keyboard.press("Escape");
		}
		const approve = await openDecision(page, "Approve & ship");
		await approve.getByRole("button", { name: "Approve & ship" }).click();
		await expect(approve.getByRole("alert")).toContainText("Say why");
		expect(await axeViolations(page), "a reason that is missing").toEqual([]);
		await page.keyboard.press("Escape");
		await ship(page);
		await openDecision(page, "Roll back");
		expect(await axeViolations(page), "Roll back").toEqual([]);
		await page.keyboard.press("Escape");
		await page.keyboard.press("?");
		await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
		expect(await axeViolations(page), "keys").toEqual([]);
		await page.keyboard.press("Escape");
		await expect(page.getByRole("dialog")).toHaveCount(0);
		expect(await axeViolations(page), "shipped").toEqual([]);
	});
}

test("the keyboard alone takes an owner from the queue to a rejection and back", async ({ pageOf }) => {
	const proposal = await propose();
	const page = await pageOf("owner");
	await page.goto(`/deployments?project=${proposal.projectId}`);
	await tabTo(page, "link", new RegExp(proposal.rationale));
	await page.keyboard.press("Enter");
	await expect(page.getByRole("heading", { level: 1 })).toHaveText(proposal.rationale);
	await tabTo(page, "button", /^Reject$/);
	await page.keyboard.press("Enter");
	await expect(page.getByRole("textbox", { name: /Reason/ })).toBeFocused();
	await page.keyboard.press("Escape");
	await expect(page.getByRole("button", { name: "Reject", exact: true })).toBeFocused();
	await page.keyboard.press("Enter");
	await page.keyboard.type("Written without a mouse.");
	await tabTo(page, "button", /^Reject$/);
	await page.keyboard.press("Enter");
	await expect(page.getByText("Rejected. The API confirmed it.")).toBeVisible();
});

/** Presses Tab until the wanted element has the focus; fails when forty presses do not reach it. */
async function tabTo(page: Page, role: "link" | "button" | "textbox", name: RegExp): Promise<void> {
	const wanted = page.getByRole(role, { name });
	for (let presses = 0; presses < 60; presses += 1) {
		await page.keyboard.press("Tab");
		const isThere = await wanted.evaluateAll((elements) =>
			elements.some((e) => e === document.activeElement),
		);
		if (isThere) return;
	}
	throw new Error(`No ${role} ${name} was reached by Tab.`);
}
