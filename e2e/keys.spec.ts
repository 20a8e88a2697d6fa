import { propose } from "./api";
import { reasonToShip } from "./decide";
import { expect, test } from "./fixtures";

test("the keyboard alone takes an owner from the queue to a shipped deployment and back", async ({
	pageOf,
}) => {
	const proposal = await propose();
	const page = await pageOf("owner");
	await page.goto(`/deployments?project=${proposal.projectId}`);
	await page.getByRole("link", { name: new RegExp(proposal.rationale) }).focus();
	await page.keyboard.press("Enter");
	await expect(page.getByRole("heading", { level: 1 })).toHaveText(proposal.rationale);
	await page.keyboard.press("n");
	await expect(page.getByText(/^Change 1 of \d+$/)).toBeVisible();
	await page.keyboard.press("a");
	await expect(page.getByRole("textbox", { name: /Reason/ })).toBeFocused();
	await page.keyboard.type(reasonToShip);
	for (let presses = 0; presses < 5; presses += 1) {
		await page.keyboard.press("Tab");
		const isThere = await page
			.getByRole("dialog")
			.getByRole("button", { name: "Approve & ship" })
			.evaluate((button) => button === document.activeElement);
		if (isThere) break;
	}
	await page.keyboard.press("Enter");
	await expect(page.getByText("Approved and shipped. The API confirmed it.")).toBeVisible();
	await page.keyboard.press("u");
	await expect(page).toHaveURL(`/deployments?project=${proposal.projectId}`);
});

test("j and k go through what waits for a decision, newest first", async ({ pageOf }) => {
	const [older, newer] = [await propose(), await propose()];
	const page = await pageOf("viewer");
	await page.goto(`/deployments/${newer.id}`);
	await expect(page.getByText(/^\d+ of \d+$/)).toBeVisible();
	await page.keyboard.press("j");
	await expect(page.getByRole("heading", { level: 1 })).not.toHaveText(newer.rationale);
	await expect(page.getByText(/^\d+ of \d+$/)).toBeVisible();
	await page.keyboard.press("k");
	await expect(page.getByRole("heading", { level: 1 })).toHaveText(newer.rationale);
	expect(older.id).not.toBe(newer.id);
});

test("? shows every key, and single keys can be switched off and stay off", async ({ pageOf }) => {
	const proposal = await propose();
	const page = await pageOf("owner");
	await page.goto(`/deployments/${proposal.id}`);
	await page.keyboard.press("?");
	const dialog = page.getByRole("dialog", { name: "Keyboard shortcuts" });
	for (const what of ["Next change", "Approve & ship", "Reject", "Execute action", "Back to the queue"]) {
		await expect(dialog.getByText(what, { exact: true }).first()).toBeVisible();
	}
	await page.keyboard.press("r");
	await expect(page.getByRole("dialog")).toHaveCount(1);
	await dialog.getByRole("checkbox", { name: "Single keys act on the page" }).uncheck();
	await page.keyboard.press("Escape");
	await page.reload();
	await page.keyboard.press("r");
	await page.keyboard.press("?");
	await expect(page.getByRole("dialog")).toHaveCount(0);
	await page.getByRole("button", { name: "Keyboard shortcuts (?)" }).click();
	await dialog.getByRole("checkbox", { name: "Single keys act on the page" }).check();
	await page.keyboard.press("Escape");
	await page.keyboard.press("r");
	await expect(page.getByRole("dialog", { name: "Reject this prompt" })).toBeVisible();
	await page.keyboard.type("a reason with j, k, u and e in it");
	await expect(page.getByLabel("Reason")).toHaveValue("a reason with j, k, u and e in it");
	await expect(page).toHaveURL(new RegExp(proposal.id));
});

test("a viewer's keys open no decision", async ({ pageOf }) => {
	const proposal = await propose();
	const page = await pageOf("viewer");
	await page.goto(`/deployments/${proposal.id}`);
	for (const key of ["a", "r", "e"]) await page.keyboard.press(key);
	await page.keyboard.press("?");
	await expect(page.getByRole("dialog")).toHaveCount(1);
	await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
});
