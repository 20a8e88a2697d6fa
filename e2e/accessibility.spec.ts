import type { Page } from "@playwright/test";
import axe from "axe-core";
import { propose } from "./api";
import { openDecision, ship } from "./decide";
import { expect, test } from "./fixtures";

interface AxeResults {
	violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[];
}

/**
 * What axe finds against WCAG 2.2 A and AA on the page as it stands, in light colours and in dark ones. The two
 * differ in colours only, so of the dark ones the contrast is looked at and nothing else.
 */
async function findViolations(page: Page): Promise<string[]> {
	await page.emulateMedia({ colorScheme: "light" });
	const light = await runAxe(page, {
		runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
	});
	await page.emulateMedia({ colorScheme: "dark" });
	const dark = await runAxe(page, { runOnly: { type: "rule", values: ["color-contrast"] } });
	return [...light, ...dark.map((violation) => `dark: ${violation}`)];
}

async function runAxe(page: Page, options: object): Promise<string[]> {
	await page.evaluate(axe.source);
	const results = await page.evaluate(async (given) => {
		const { axe } = window as unknown as { axe: { run(options: unknown): Promise<AxeResults> } };
		return axe.run(given);
	}, options);
	return results.violations.flatMap(({ id, nodes }) =>
		nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary ?? ""}`),
	);
}

for (const width of [1440, 390]) {
	test(`every screen passes axe, light and dark at ${width} px`, async ({ pageOf }) => {
		const proposal = await propose();
		const page = await pageOf("owner");
		await page.setViewportSize({ width, height: 900 });
		for (const path of ["/deployments", "/triage", "/actions", "/audit"]) {
			await page.goto(path);
			await expect(page.getByRole("heading", { level: 1 })).toBeAttached();
			expect(await findViolations(page), path).toEqual([]);
		}
		await page.goto(`/deployments/${proposal.id}`);
		await expect(page.getByRole("region", { name: "Prompt diff" }).locator("table")).toBeVisible();
		expect(await findViolations(page), "review").toEqual([]);
		for (const button of ["Approve & ship", "Reject", "Execute action"]) {
			await page.getByRole("button", { name: button, exact: true }).click();
			await expect(page.getByRole("dialog")).toBeVisible();
			expect(await findViolations(page), button).toEqual([]);
			await page.keyboard.press("Escape");
		}
		const approve = await openDecision(page, "Approve & ship");
		await approve.getByRole("button", { name: "Approve & ship" }).click();
		await expect(approve.getByRole("alert")).toContainText("Say why");
		expect(await findViolations(page), "a reason that is missing").toEqual([]);
		await page.keyboard.press("Escape");
		await ship(page);
		await openDecision(page, "Roll back");
		expect(await findViolations(page), "Roll back").toEqual([]);
		await page.keyboard.press("Escape");
		await page.keyboard.press("?");
		await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
		expect(await findViolations(page), "keys").toEqual([]);
		await page.keyboard.press("Escape");
		expect(
			await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth),
			"nothing is wider than the screen",
		).toBe(true);
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
