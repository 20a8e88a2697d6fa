import { expect, type Page } from "@playwright/test";

/**
 * Renews the session of an open page at Clerk, as its script would. A token lives for a minute and Clerk comes
 * when half of that has gone, so a request that a test makes by itself may be one too late.
 */
export async function renewSession(page: Page): Promise<void> {
	const held = (await page.context().cookies()).filter(({ name }) => name.startsWith("__session"));
	const payload = Buffer.from(held[0]?.value.split(".")[1] ?? "", "base64url").toString("utf8");
	const { sid } = JSON.parse(payload) as { sid: string };
	const { origin } = new URL(page.url());
	const answer = await page.request.post(`${origin}/__clerk/v1/client/sessions/${sid}/tokens`, {
		headers: { origin },
	});
	expect(answer.status(), "Clerk renews the session").toBe(200);
	const { jwt } = (await answer.json()) as { jwt: string };
	await page.context().addCookies(held.map((cookie) => ({ ...cookie, value: jwt })));
}
