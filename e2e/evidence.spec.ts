import type { Page } from "@playwright/test";
import { propose } from "./api";
import { expect, test } from "./fixtures";

const report = (page: Page) => page.getByRole("region", { name: "A/B report" });
const verdict = (page: Page) => page.getByRole("region", { name: "Verdict" });

test("a difference is shown with its interval, and what cannot be judged says why", async ({ pageOf }) => {
	const proposal = await propose({
		ab_report: {
			correctness_baseline: 0.42,
			correctness_candidate: 0.71,
			correctness_delta: 0.29,
			seconds_per_case_baseline: 10.5,
			seconds_per_case_candidate: 16.5,
			sample_size: 80,
		},
	});
	const page = await pageOf("viewer");
	await page.goto(`/deployments/${proposal.id}`);
	await expect(verdict(page)).toContainText("Better: correctness rose by 0.29 (95 % interval +0.13 to +0.42");
	await expect(
		report(page).getByRole("img", { name: "95 % interval from +0.13 to +0.42; zero is outside" }),
	).toBeVisible();
	await expect(report(page)).toContainText("▲ better");
	await expect(report(page)).toContainText("No interval for seconds per case");
	await expect(report(page)).not.toContainText("worse");
	await expect(report(page)).toContainText("compared as if the two arms were different cases");
});

test("a sample that is too small is said to show nothing", async ({ pageOf }) => {
	const proposal = await propose({
		ab_report: { correctness_baseline: 0.45, correctness_candidate: 0.55, sample_size: 20 },
	});
	const page = await pageOf("viewer");
	await page.goto(`/deployments/${proposal.id}`);
	await expect(verdict(page)).toContainText(/^VerdictNot shown/);
	await expect(report(page)).toContainText("would be shown by 80 of 100 such tests");
	await expect(report(page).getByText(/▲|▼/)).toHaveCount(0);
});

test("a report that contradicts itself or its status says so", async ({ pageOf }) => {
	const proposal = await propose({
		ab_report: {
			correctness_baseline: 0.8,
			correctness_candidate: 0.5,
			correctness_delta: 0.3,
			sample_size: 100,
		},
	});
	const page = await pageOf("owner");
	await page.goto(`/deployments/${proposal.id}`);
	await expect(verdict(page)).toContainText("Contradictory");
	await page.getByRole("button", { name: "Approve & ship" }).click();
	await expect(page.getByRole("dialog")).toContainText("Contradictory");
});
