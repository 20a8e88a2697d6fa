import type { Page } from "@playwright/test";
import axe from "axe-core";

interface AxeResults {
	violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[];
}

/** What axe finds against WCAG 2.2 A and AA on the page as it stands, and what is wider than the screen. */
export async function axeViolations(page: Page): Promise<string[]> {
	await page.evaluate(axe.source);
	const results = await page.evaluate(async () => {
		const { axe: loaded } = window as unknown as { axe: { run(options: unknown): Promise<AxeResults> } };
		return loaded.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] });
	});
	const isTooWide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
	return [
		...(isTooWide ? ["something is wider than the screen"] : []),
		...results.violations.flatMap(({ id, nodes }) =>
			nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary ?? ""}`),
		),
	];
}
