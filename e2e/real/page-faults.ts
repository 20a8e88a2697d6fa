import type { Page } from "@playwright/test";

/** Said by clerk-js wherever its keys are not those of a production instance. */
const developmentKeys = "Clerk: Clerk has been loaded with development keys.";

/** Collects from now on what must not happen on a page; the list grows while the page lives. */
export function watchFaults(page: Page): string[] {
	const faults: string[] = [];
	page.on("console", (message) => {
		const type = message.type();
		if (type !== "error" && type !== "warning") return;
		if (type === "warning" && message.text().startsWith(developmentKeys)) return;
		faults.push(`console ${type}: ${message.text()}`);
	});
	page.on("pageerror", (error) => faults.push(`page error: ${error.stack ?? error.message}`));
	page.on("response", (response) => {
		if (response.status() < 400) return;
		faults.push(`${response.request().method()} ${response.url()} was answered ${response.status()}`);
	});
	return faults;
}
