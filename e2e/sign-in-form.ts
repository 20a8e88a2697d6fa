import type { Page } from "@playwright/test";
import { type PersonName, person, samplePassword } from "./people";

/** Fills in Clerk's own form, as a person does, and waits until the dashboard is there. */
export async function signInAs(page: Page, name: PersonName): Promise<void> {
	await enterEmail(page, person(name).email);
	await enterPassword(page, samplePassword);
	await page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
}

export async function enterEmail(page: Page, email: string): Promise<void> {
	await page.getByLabel("Email address").fill(email);
	await page.getByRole("button", { name: "Continue", exact: true }).click();
}

export async function enterPassword(page: Page, password: string): Promise<void> {
	await page.getByLabel("Password", { exact: true }).fill(password);
	await page.getByRole("button", { name: "Continue", exact: true }).click();
}
