import type { Locator, Page } from "@playwright/test";

/** Names what the usual proposal of the tests overrides (a rule is softer) and says why. */
export const reasonToShip = "The rules on refunds are softer on purpose: the billing desk answers these now.";

/** Opens the dialog of a decision by its button. */
export async function openDecision(
	page: Page,
	name: "Approve & ship" | "Reject" | "Roll back",
): Promise<Locator> {
	await page.getByRole("button", { name, exact: true }).click();
	return page.getByRole("dialog");
}

/** Ships what is on the page, as an owner does who has read what it overrides. */
export async function ship(page: Page, reason: string = reasonToShip): Promise<void> {
	const dialog = await openDecision(page, "Approve & ship");
	await dialog.getByLabel("Reason").fill(reason);
	await dialog.getByRole("button", { name: "Approve & ship" }).click();
	await page.getByText("Approved and shipped. The API confirmed it.").waitFor();
}
