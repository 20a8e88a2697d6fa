import { test as base, expect } from "@playwright/test";
import { revealHiddenCharacters } from "../../lib/rules/hidden-characters";
import { type ImportedDeployments, listImported } from "./imported-deployments";
import { watchFaults } from "./page-faults";
import { readRealLines } from "./real-records";
import { readRunSettings } from "./run-settings";
import { expectDiffShown } from "./shown-diff";
import { expectReportShown } from "./shown-report";

const { file, apiUrl } = readRunSettings();
const lines = readRealLines(file);
const projectNames = new Set(lines.flatMap(({ record }) => (record === null ? [] : [record.project])));

const test = base.extend<object, { imported: ImportedDeployments }>({
	imported: [
		// biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from it
		async ({}, use) => use(await listImported(apiUrl, projectNames)),
		{ scope: "worker" },
	],
});

const statusWords: Partial<Record<string, string>> = {
	proposed: "Proposed",
	ab_passed: "A/B passed",
	ab_failed: "A/B failed",
};

for (const { number, record } of lines) {
	test(`line ${number}: ${record?.rationale ?? "not a record"}`, async ({ page, imported }) => {
		const id = record === null ? undefined : imported.idOf(record);
		if (record === null || id === undefined) throw new Error(`Line ${number} was not imported.`);
		const faults = watchFaults(page);
		await page.goto(`/deployments/${id}`);
		const main = page.getByRole("main");

		const headline = main.getByRole("heading", { level: 1 });
		await expect(headline).toBeVisible();
		const rationale = revealHiddenCharacters(record.rationale).text || "No rationale given";
		expect(await headline.textContent()).toBe(rationale);
		expect(await headline.locator("span *").count(), "no markup inside the rationale").toBe(0);

		const facts = main.getByRole("link", { name: "Deployments", exact: true }).locator("xpath=../..");
		await expect(facts).toContainText(record.project);
		await expect(facts).toContainText(statusWords[record.status] ?? record.status);

		await expectDiffShown(page, record);
		await expectReportShown(page, record.ab_report);

		// Clerk's script comes with the menu; only after it has everything on the page had its chance to fail.
		await page.getByRole("button", { name: /account$/ }).click();
		await page.waitForFunction(() => Reflect.get(Reflect.get(window, "Clerk") ?? {}, "loaded") === true);
		expect(faults).toEqual([]);
	});
}
