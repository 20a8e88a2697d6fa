import { routes } from "@/lib/routes";
import { propose } from "./api";
import { expect, test } from "./fixtures";

/** When the first pixels of the page were there, and when it asked for the first of its scripts, in ms. */
function paintAndScripts() {
	const [painted] = performance.getEntriesByName("first-contentful-paint");
	const scripts = performance
		.getEntriesByType("resource")
		.filter(({ name }) => /\/_next\/static\/.*\.js$/.test(name))
		.map(({ startTime }) => startTime);
	return {
		paintedAt: painted?.startTime ?? Number.NaN,
		scripts: scripts.length,
		firstAt: Math.min(...scripts),
	};
}

test("a proposal is on screen before the page asks for a script, and comes to life after it", async ({
	pageOf,
}) => {
	const { id } = await propose({ current_prompt: "Be kind.", proposed_prompt: "Be kind and brief." });
	const page = await pageOf("owner");
	await page.goto(routes.deployment(id));
	const { paintedAt, scripts, firstAt } = await page.evaluate(paintAndScripts);
	expect(scripts).toBeGreaterThan(5);
	expect(firstAt).toBeGreaterThanOrEqual(paintedAt);
	await page.keyboard.press("a");
	await expect(page.getByRole("textbox", { name: /Reason/ })).toBeFocused();
});

test("a tab that nobody sees does not wait for a paint", async ({ pageOf }) => {
	const page = await pageOf("viewer");
	await page.addInitScript(() => {
		Object.defineProperty(document, "visibilityState", { get: () => "hidden" });
		// What a hidden tab is given: no frame, at least until the scripts are there.
		const { requestAnimationFrame } = window;
		window.requestAnimationFrame = (callback) =>
			document.querySelector("script[src^='/_next/']") === null ? 0 : requestAnimationFrame(callback);
	});
	await page.goto(routes.audit);
	await expect(page.locator("html[data-ready]")).toBeAttached();
});

test("a page is cut off from one of another site that has opened it, and not from an address that was typed", async ({
	page,
}) => {
	const openedFrom = async (site: string) => {
		const reply = await page.request.get(routes.signIn, { headers: { "sec-fetch-site": site } });
		return reply.headers()["cross-origin-opener-policy"];
	};
	expect(await openedFrom("cross-site")).toBe("same-origin");
	expect(await openedFrom("same-site")).toBe("same-origin");
	expect(await openedFrom("none")).toBeUndefined();
	expect(await openedFrom("same-origin")).toBeUndefined();
	// A browser that does not say, and whoever makes up a word of its own.
	expect((await page.request.get(routes.signIn)).headers()["cross-origin-opener-policy"]).toBe("same-origin");
	expect(await openedFrom("nonesuch")).toBe("same-origin");
});
