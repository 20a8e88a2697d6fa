import { expect, test } from "vitest";
import type { Deployment } from "../contract/deployment";
import { contentKeyOf } from "./prepare-review";
import { workOf } from "./work-of";

function deploymentOf(content: Partial<Deployment>): Deployment {
	const deployment: Partial<Deployment> = {
		current_prompt: "Answer.\nNever promise a refund.\n",
		proposed_prompt: "Answer.\n",
		rationale: "Shorter.",
		ab_report: null,
		...content,
	};
	// The cast: what is worked out of a deployment needs nothing else of it.
	return deployment as Deployment;
}
const worked = (content: Partial<Deployment> = {}) => {
	const deployment = deploymentOf(content);
	return workOf(deployment, contentKeyOf(deployment));
};

test("the same content is worked out once, and its findings are looked for once", () => {
	const first = worked();
	expect(worked()).toBe(first);
	expect(first.read()).toBe(worked().read());
	expect(first.diff.wordsRemoved).toBe(4);
	expect(first.read().findings.map(({ check }) => check)).toContain("removed-rules");
});

test("its tokens are counted once", async () => {
	const counted = worked().measure();
	expect(worked().measure()).toBe(counted);
	expect(await counted).toMatchObject({ tokensBefore: 7, tokensAfter: 2, isExact: true });
});

test("another content has another key, also where the same letters stand on the other side", () => {
	const contents: Partial<Deployment>[] = [
		{},
		{ current_prompt: "", proposed_prompt: "Answer.\nNever promise a refund.\nAnswer.\n" },
		{ rationale: null },
		{ ab_report: { correctness_delta: 0.1 } },
		{ proposed_prompt: "\ud800" },
		{ proposed_prompt: "\ud801" },
	];
	expect(new Set(contents.map((content) => contentKeyOf(deploymentOf(content)))).size).toBe(contents.length);
	expect(contentKeyOf(deploymentOf({ status: "shipped" }))).toBe(contentKeyOf(deploymentOf({})));
});

test("another text or another rationale is another work", () => {
	const first = worked();
	const longer = worked({ proposed_prompt: "Answer.\nNever promise a refund.\nBe brief.\n" });
	expect(longer.diff.wordsRemoved).toBe(0);
	expect(longer.read().findings.map(({ check }) => check)).not.toContain("removed-rules");
	expect(worked({ rationale: "Another." })).not.toBe(first);
	expect(worked()).toBe(first);
});

test("what is too large to be kept is worked out all the same", () => {
	const proposed_prompt = `Answer.\n${"a line that is new\n".repeat(420_000)}`;
	const deployment = deploymentOf({ proposed_prompt });
	const { diff } = workOf(deployment, contentKeyOf(deployment));
	expect(diff.proposedLines).toBe(420_001);
});
