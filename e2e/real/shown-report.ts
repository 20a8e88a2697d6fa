import { expect, type Locator, type Page } from "@playwright/test";
import { revealHiddenCharacters } from "../../lib/rules/hidden-characters";
import type { RealRecord } from "./real-records";

const arms = ["baseline", "candidate", "delta"] as const;
type Report = NonNullable<RealRecord["ab_report"]>;

/** Every metric of the report stands in the table with its figures, and every other key beside its value. */
export async function expectReportShown(page: Page, report: RealRecord["ab_report"]): Promise<void> {
	const region = page.getByRole("region", { name: "A/B report" });
	if (report == null || Object.keys(report).length === 0) {
		await expect(region).toContainText(report == null ? "there is no report" : "The report is empty");
		return;
	}
	const metrics = metricsOf(report);
	for (const name of metrics) {
		const row = region.getByRole("row").filter({
			has: page.getByRole("rowheader", { name: name.replaceAll("_", " "), exact: true }),
		});
		const [baseline, candidate, delta] = arms.map((arm) => report[`${name}_${arm}`]);
		const cells = row.getByRole("cell");
		await expectValue(cells.nth(0), baseline, `${name}_baseline`);
		await expectValue(cells.nth(1), candidate, `${name}_candidate`);
		const isLeftOut =
			typeof delta !== "number" && typeof baseline === "number" && typeof candidate === "number";
		await expectValue(cells.nth(2), isLeftOut ? candidate - baseline : delta, `${name}_delta`);
	}
	const partsOfMetrics = new Set(metrics.flatMap((name) => arms.map((arm) => `${name}_${arm}`)));
	for (const [key, value] of Object.entries(report)) {
		if (partsOfMetrics.has(key)) continue;
		if (key === "sample_size" && typeof value === "number") {
			await expect(region).toContainText(`${value.toLocaleString("en")} cases in each arm`);
			continue;
		}
		const term = region.locator("dt").getByText(key, { exact: true });
		await expectValue(term.locator("xpath=following-sibling::dd[1]"), value, key);
	}
}

/** A metric has at least two of its three keys, all on the top level of the report. */
function metricsOf(report: Report): string[] {
	const names = Object.keys(report).flatMap((key) => {
		const arm = arms.find((one) => key.endsWith(`_${one}`) && key.length > one.length + 1);
		return arm === undefined ? [] : [key.slice(0, -arm.length - 1)];
	});
	return [...new Set(names)].filter(
		(name) => arms.filter((arm) => Object.hasOwn(report, `${name}_${arm}`)).length >= 2,
	);
}

async function expectValue(place: Locator, value: unknown, what: string): Promise<void> {
	await expect(place, what).toHaveCount(1);
	const text = (await place.textContent()) ?? "";
	if (typeof value === "number") {
		const shown = Number(text.replace("−", "-").replaceAll(",", ""));
		const tolerance = Math.max(0.00005001, Math.abs(value) * 1e-9);
		expect(Math.abs(shown - value), `${what} is ${value} and is shown as ${text}`).toBeLessThanOrEqual(
			tolerance,
		);
	} else if (typeof value === "object" && value !== null) {
		expect(JSON.parse(text), what).toEqual(value);
	} else if (typeof value === "string") {
		expect(text, what).toBe(value === "" ? "empty text" : revealHiddenCharacters(value).text);
	} else {
		expect(text, what).toBe(value === undefined ? "–" : String(value));
	}
}
