import { propose } from "./api";
import { openDecision } from "./decide";
import { expect, test } from "./fixtures";
import { cutScripts, holdScripts } from "./hold-scripts";

test("what is typed behind the key of a decision is its reason, however late the dialog comes", async ({
	pageOf,
}) => {
	const proposal = await propose();
	const page = await pageOf("owner");
	await page.goto(`/deployments/${proposal.id}`);
	const letGo = await holdScripts(page);
	await page.keyboard.press("r");
	await page.keyboard.type("A vague ruler");
	await page.keyboard.press("Backspace");
	await expect(page.getByRole("dialog")).toHaveCount(0);
	letGo();
	const dialog = page.getByRole("dialog", { name: "Reject" });
	await expect(dialog.getByLabel("Reason")).toBeFocused();
	await page.keyboard.type(", née strict.");
	await expect(dialog.getByLabel("Reason")).toHaveValue("A vague rule, née strict.");
});

test("no two keys lead elsewhere while a dialog is on its way", async ({ pageOf }) => {
	const proposal = await propose();
	const page = await pageOf("owner");
	await page.goto(`/deployments/${proposal.id}`);
	const letGo = await holdScripts(page);
	for (const key of ["?", "g", "u"]) await page.keyboard.press(key);
	letGo();
	await expect(page.getByRole("dialog", { name: "Keyboard" })).toBeVisible();
	await expect(page).toHaveURL(`/deployments/${proposal.id}`);
});

test("Escape gives up a dialog that is still on its way", async ({ pageOf }) => {
	const proposal = await propose();
	const page = await pageOf("owner");
	await page.goto(`/deployments/${proposal.id}`);
	const letGo = await holdScripts(page);
	await page.keyboard.press("a");
	await page.keyboard.press("Escape");
	letGo();
	await page.keyboard.press("r");
	await expect(page.getByRole("dialog", { name: "Reject" })).toBeVisible();
	await expect(page.getByRole("dialog")).toHaveCount(1);
});

test("a dialog that cannot be loaded says so, keeps what was typed, and comes when asked again", async ({
	pageOf,
	allowNoise,
}) => {
	allowNoise(/Failed to load resource/);
	const proposal = await propose();
	const page = await pageOf("owner");
	await page.setViewportSize({ width: 390, height: 844 });
	await page.goto(`/deployments/${proposal.id}`);
	const mend = await cutScripts(page);
	await page.getByRole("button", { name: "Reject", exact: true }).click();
	await expect(page.getByRole("alert").filter({ hasText: "could not be loaded" })).toBeInViewport();
	await mend();
	const dialog = await openDecision(page, "Reject");
	await expect(dialog.getByLabel("Reason")).toBeFocused();
	await expect(page.getByText("could not be loaded")).toHaveCount(0);
	await dialog.getByLabel("Reason").fill("Loses the refund rule.");
	await dialog.getByRole("button", { name: "Reject", exact: true }).click();
	await expect(page.getByText("Rejected. The API confirmed it.")).toBeVisible();
});

test("a reader's page never loads the dialogs", async ({ pageOf }) => {
	const proposal = await propose();
	const loaded: Promise<string>[] = [];
	for (const name of ["viewer", "owner"] as const) {
		const page = await pageOf(name);
		page.on("response", (response) => {
			if (response.request().resourceType() === "script") loaded.push(response.text());
		});
		await page.goto(`/deployments/${proposal.id}`);
		await page.getByRole("button", { name: "Reject", exact: true }).hover({ force: true });
		await page.keyboard.press("r");
		const hasDialog = async () =>
			(await Promise.all(loaded)).some((text) => text.includes("is closed for good and"));
		if (name === "viewer") {
			await expect(page.getByText("Only owners can approve")).toBeVisible();
			expect(await hasDialog()).toBe(false);
		} else await expect.poll(hasDialog).toBe(true);
	}
});
