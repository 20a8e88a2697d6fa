import { readFile } from "node:fs/promises";
import { propose } from "./api";
import { expect, test } from "./fixtures";
import { renewSession } from "./session";

test("the view as filtered is saved as CSV in which no text is a formula", async ({ pageOf }) => {
	const first = await propose({ rationale: '=HYPERLINK("http://elsewhere.example";"Look")' });
	const second = await propose({ project_id: first.projectId, rationale: "Two\nlines, with a comma" });
	await propose({ rationale: "Of another project" });
	const page = await pageOf("viewer");
	await page.goto(`/deployments?view=all&project=${first.projectId}`);
	const started = page.waitForEvent("download");
	await page.getByRole("button", { name: "Export CSV" }).click();
	const download = await started;
	expect(download.suggestedFilename()).toMatch(/^deployments-\d{4}-\d\d-\d\d\.csv$/);
	const csv = await readFile(await download.path(), "utf8");
	expect(csv.startsWith('\ufeff"id","status","project"')).toBe(true);
	expect(csv).toContain(`"'=HYPERLINK(""http://elsewhere.example"";""Look"")"`);
	expect(csv).toContain('"Two\nlines, with a comma"');
	for (const { id } of [first, second]) expect(csv).toContain(`\r\n"${id}","ab_passed",`);
	expect(csv).toContain(`/deployments/${second.id}",\r\n`);
	expect(csv).not.toContain("Of another project");
	expect(csv).not.toContain("#end");
	await expect(page.getByText("2 rows saved")).toBeVisible();
});

test("the export answers by itself: with the number of rows, or 401 without a session", async ({
	page,
	pageOf,
}) => {
	const proposal = await propose();
	const path = `/deployments/export.csv?view=all&project=${proposal.projectId}`;
	const signedOut = await page.request.get(path, { maxRedirects: 0 });
	expect(signedOut.status()).toBe(401);
	expect(await signedOut.json()).toMatchObject({ code: "unauthenticated" });

	const viewer = await pageOf("viewer");
	await viewer.goto("/triage");
	await renewSession(viewer);
	const whole = await viewer.request.get(path);
	expect(whole.headers()).toMatchObject({
		"content-type": "text/csv; charset=utf-8",
		"cache-control": "no-store",
		"x-content-type-options": "nosniff",
		"x-total-rows": "1",
	});
	expect(await whole.text()).toContain(`"${proposal.id}"`);
	expect((await viewer.request.get(`${path}&after=nonsense`)).status()).toBe(400);

	const stranger = await pageOf("owner@other.example");
	await stranger.goto("/triage");
	await renewSession(stranger);
	expect(await (await stranger.request.get(path)).text()).not.toContain(proposal.id);
});

test("an export that is cut off or cancelled saves nothing and says so", async ({ pageOf }) => {
	const proposal = await propose();
	const page = await pageOf("viewer");
	await page.goto(`/deployments?view=all&project=${proposal.projectId}`);
	let downloads = 0;
	page.on("download", () => {
		downloads += 1;
	});
	await page.route("**/export.csv?**", (route) =>
		route.fulfill({ contentType: "text/csv", body: '"id"\r\n"one"\r\n"two"\r\n' }),
	);
	await page.getByRole("button", { name: "Export CSV" }).click();
	await expect(
		page.getByText(
			"The export stopped after 2 rows, and nothing was saved. The export was cut off on its way.",
		),
	).toBeVisible();

	await page.unroute("**/export.csv?**");
	const held: (() => void)[] = [];
	await page.route("**/export.csv?**", () => new Promise<void>((done) => held.push(done)));
	await page.getByRole("button", { name: "Export CSV" }).click();
	await page.getByRole("button", { name: "Cancel" }).click();
	await expect(page.getByText("Cancelled, nothing was saved")).toBeVisible();
	expect(downloads).toBe(0);
	for (const release of held) release();
});
