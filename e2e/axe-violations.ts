import type { Page } from "@playwright/test";
import axe from "axe-core";

interface AxeResults {
	violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[];
}

const wcag = { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] };
const contrast = { runOnly: { type: "rule", values: ["color-contrast"] } };

/**
 * What axe finds against WCAG 2.2 A and AA, in light colours and in dark ones, and what is wider than the screen.
 * The two differ in colours only, so of the dark ones the contrast is looked at and nothing else. While a dialog
 * is open that is what there is to look at: the rest was before, and is out of reach now.
 */
export async function axeViolations(page: Page): Promise<string[]> {
	await page.evaluate(`void (window.axe ?? (() => { ${axe.source} })())`);
	await page.emulateMedia({ colorScheme: "light" });
	const light = await runAxe(page, wcag);
	await page.emulateMedia({ colorScheme: "dark" });
	const dark = await runAxe(page, contrast);
	await page.emulateMedia({ colorScheme: null });
	const isTooWide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
	return [
		...(isTooWide ? ["something is wider than the screen"] : []),
		...light,
		...dark.map((violation) => `dark: ${violation}`),
	];
}

async function runAxe(page: Page, options: object): Promise<string[]> {
	const results = await page.evaluate(async (given) => {
		const { axe: loaded } = window as unknown as {
			axe: { run(context: Element, options: unknown): Promise<AxeResults> };
		};
		const dialog = document.querySelector("[role=dialog], [role=alertdialog]");
		return loaded.run(dialog ?? document.documentElement, given);
	}, options);
	return results.violations.flatMap(({ id, nodes }) =>
		nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary ?? ""}`),
	);
}
