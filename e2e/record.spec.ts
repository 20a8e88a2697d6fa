import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { askApi, propose } from "./api";
import { expect, test } from "./fixtures";
import { renewSession } from "./session";

interface Exported {
	format: string;
	version: number;
	exportedBy: { id: string; name: string | null };
	project: { name: string | null };
	prompts: Record<"current" | "proposed", { text: string; sha256: string }>;
	unifiedDiff: string | null;
	abTest: { report: Record<string, unknown> | null; verdict: { kind: string } | null };
	findings: { check: string; severity: string; sentence: string; lines: { proposed: number[] } }[];
	timeline: { kind: string; actor: string | null; reason: string | null }[];
	deployment: Record<string, unknown>;
}

const prompts = {
	current: "You answer questions about billing.\nNever promise a refund.\n",
	proposed: "You answer questions about billing.\n````\n## Current prompt\nAvoid promising a refund.",
};
const reason = "Bring back “never”. </pre> ``` | *now*";

/** A proposal with hostile texts that an owner has rejected. */
async function proposeRejected() {
	const proposal = await propose({ current_prompt: prompts.current, proposed_prompt: prompts.proposed });
	await askApi("owner", "POST", `/v1/prompts/deployments/${proposal.id}/reject`, { reason });
	return proposal;
}

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

test("the record as JSON holds both exact prompts, the diff, the report, the findings and the decision", async ({
	pageOf,
}) => {
	const proposal = await proposeRejected();
	const page = await pageOf("owner");
	await page.goto(`/deployments/${proposal.id}`);
	await renewSession(page);
	const answer = await page.request.get(`/deployments/${proposal.id}/record.json`);
	expect(answer.status()).toBe(200);
	expect(answer.headers()).toMatchObject({
		"content-type": "application/json; charset=utf-8",
		"content-disposition": `attachment; filename="decision-record-${proposal.id.slice(0, 8)}.json"`,
		"cache-control": "no-store",
		"x-content-type-options": "nosniff",
	});
	const record = (await answer.json()) as Exported;
	expect(record).toMatchObject({
		format: "countersign/decision-record",
		version: 1,
		exportedBy: { id: "user_sampleOwner", name: "Olive Owner" },
		project: { name: proposal.projectName },
		prompts: {
			current: { text: prompts.current, sha256: sha256(prompts.current) },
			proposed: { text: prompts.proposed, sha256: sha256(prompts.proposed) },
		},
		abTest: { report: { correctness_delta: 0.29, judge_model: "atlas-2" }, verdict: { kind: "better" } },
	});
	expect(record.unifiedDiff).toContain("-Never promise a refund.\n");
	expect(record.unifiedDiff).toContain("+Avoid promising a refund.\n\\ No newline at end of file");
	expect(record.findings.find(({ check }) => check === "removed-rules")).toMatchObject({
		lines: { proposed: [4] },
	});
	expect(record.timeline.map(({ kind }) => kind)).toEqual(["proposed", "replayed", "rejected"]);
	expect(record.timeline.at(-1)).toMatchObject({ actor: "user_sampleOwner", reason });
	const { body } = await askApi<object>("owner", "GET", `/v1/prompts/deployments/${proposal.id}`);
	expect(record.deployment).toEqual(body);
});

test("the record as Markdown is downloaded by a click, and no text of a model breaks out of its block", async ({
	pageOf,
}) => {
	const proposal = await proposeRejected();
	const page = await pageOf("viewer");
	await page.goto(`/deployments/${proposal.id}`);
	const started = page.waitForEvent("download");
	await page.getByRole("link", { name: "Decision record as Markdown" }).click();
	const download = await started;
	expect(download.suggestedFilename()).toBe(`decision-record-${proposal.id.slice(0, 8)}.md`);
	const markdown = await readFile(await download.path(), "utf8");
	expect(markdown).toContain("\n## Current prompt\n\n");
	expect(markdown).toContain(`\n\`\`\`text\n${prompts.current}\n\`\`\`\n`);
	expect(markdown).toContain(`\n\`\`\`\`\`text\n${prompts.proposed}\n\`\`\`\`\`\n`);
	expect(markdown).toContain(`\n\`\`\`\`text\n${reason}\n\`\`\`\`\n`);
	expect(markdown).toContain("-Never promise a refund.");
	expect(markdown).toContain("**removed-rules**: ");
	expect(markdown).toMatch(/\nRejected on \S+ \S+ UTC by Olive Owner \(user\\_sampleOwner\)\.\n/);
	expect(markdown).toContain("Verdict: Better: correctness rose by 0.29");
});

test("nobody outside reads a record: 401 without a session, 404 for another organization and for no id", async ({
	page,
	pageOf,
}) => {
	const proposal = await propose();
	for (const file of ["record.json", "record.md"]) {
		const path = `/deployments/${proposal.id}/${file}`;
		const signedOut = await page.request.get(path, { maxRedirects: 0 });
		expect(signedOut.status()).toBe(401);
		expect(await signedOut.json()).toMatchObject({ code: "unauthenticated" });
	}
	const stranger = await pageOf("owner@other.example");
	await stranger.goto("/deployments");
	await renewSession(stranger);
	for (const id of [proposal.id, "00000000-0000-4000-8000-000000000000", "no-id"]) {
		for (const file of ["record.json", "record.md"]) {
			const answer = await stranger.request.get(`/deployments/${id}/${file}`);
			expect(answer.status()).toBe(404);
			expect(await answer.text()).not.toContain("refund");
		}
	}
});

for (const theme of ["light", "dark"] as const) {
	test(`on paper nothing is wider than the sheet and nothing can be pressed, from a ${theme} screen`, async ({
		pageOf,
	}) => {
		const filler = Array.from({ length: 40 }, (_, line) => `Rule ${line}: be kind to who writes at night.`);
		const proposal = await propose({
			rationale: `Says ${"so".repeat(300)}.`,
			current_prompt: [...filler, "word".repeat(200), "Never promise a refund."].join("\n"),
			proposed_prompt: [...filler, "words".repeat(200), "Avoid promising a refund."].join("\n"),
		});
		const page = await pageOf("owner");
		await page.setViewportSize({ width: 794, height: 1123 });
		await page.emulateMedia({ media: "screen", colorScheme: theme });
		await page.goto(`/deployments/${proposal.id}`);
		const diff = page.getByRole("region", { name: "Prompt diff" });
		await diff.getByRole("radio", { name: "Scroll" }).click();
		await page.emulateMedia({ media: "print", colorScheme: theme });

		await expect(diff.getByText("Never promise a refund.")).toBeVisible();
		await expect(page.getByRole("region", { name: "Timeline" })).toBeVisible();
		await expect(page.getByRole("button").filter({ visible: true })).toHaveCount(0);
		await expect(page.getByRole("navigation")).toBeHidden();
		await expect(page.getByRole("region", { name: "Export" })).toBeHidden();
		const { tooWide, kept, colours } = await page.evaluate(() => {
			const seen = [...document.body.querySelectorAll("*")].filter((element) => element.checkVisibility());
			const { color, backgroundColor } = getComputedStyle(document.body);
			return {
				tooWide: seen
					.filter((element) => element.getBoundingClientRect().right > window.innerWidth + 0.5)
					.map((element) => element.outerHTML.slice(0, 120)),
				kept: seen.filter((element) => ["fixed", "sticky"].includes(getComputedStyle(element).position))
					.length,
				colours: [color, backgroundColor],
			};
		});
		expect(tooWide).toEqual([]);
		expect(kept).toBe(0);
		expect(colours).toEqual(["rgb(0, 0, 0)", "rgb(255, 255, 255)"]);
		await expect(diff.locator("ins.diff-word").first()).toHaveCSS("text-decoration-line", "underline");
		await expect(diff.locator("del.diff-word").first()).toHaveCSS("text-decoration-line", "line-through");
	});
}
