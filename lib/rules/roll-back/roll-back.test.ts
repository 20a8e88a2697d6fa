import { describe, expect, test } from "vitest";
import { idsToRead, neighboursOf } from "./neighbours";
import { previewRollBack } from "./preview";
import type { LiveDeployment, ShippedRow } from "./shipped-row";
import { replacedBy, rollBackWarnings } from "./warnings";

const now = Date.parse("2026-11-22T12:00:00Z");
const hoursAgo = (hours: number) => new Date(now - hours * 3_600_000).toISOString();

const live: LiveDeployment = {
	id: "live",
	status: "regressed",
	created_at: hoursAgo(0.9),
	shipped_at: hoursAgo(0.5),
	current_prompt: "Be exact.\nBe kind.\n",
	proposed_prompt: "Be exact.\nBe brief.\n",
};

function row(id: string, parts: Partial<ShippedRow> & { text?: string } = {}) {
	const { text = "another text", ...more } = parts;
	const whole: ShippedRow = {
		id,
		status: "monitoring",
		shipped_at: hoursAgo(50),
		rolled_back_at: null,
		approved_by: "user_a",
		...more,
	};
	return { row: whole, text };
}

function situation(
	others: ReturnType<typeof row>[],
	deployment: LiveDeployment = live,
	{ isComplete = true } = {},
) {
	const neighbours = neighboursOf(
		deployment,
		[{ ...deployment, ...{ approved_by: null } }, ...others.map((one) => one.row)],
		now,
	);
	const texts = new Map(others.map(({ row: { id }, text }) => [id, text]));
	return { deployment, neighbours, texts, isComplete };
}

const predecessor = row("predecessor", { text: "Be exact.\r\nBe kind.", shipped_at: hoursAgo(50) });

describe("rolling back warns", () => {
	test("of nothing where what was live an hour ago comes back, and names who had put it live", () => {
		const plain = situation([predecessor]);
		expect(rollBackWarnings(plain)).toEqual([]);
		expect(replacedBy(plain)?.id).toBe("predecessor");
	});

	test("that an hour ago the prompt itself was live already", () => {
		const old = { ...live, created_at: hoursAgo(12), shipped_at: hoursAgo(9) };
		expect(rollBackWarnings(situation([predecessor], old))).toEqual([
			"What comes back is not what was live an hour ago: this prompt shipped on 2026-11-22 03:00 UTC.",
		]);
	});

	test("that an hour ago another prompt was live, also one that is rolled back by now", () => {
		const other = row("other", {
			status: "rolled_back",
			shipped_at: hoursAgo(3),
			rolled_back_at: hoursAgo(0.8),
		});
		expect(rollBackWarnings(situation([predecessor, other]))).toEqual([
			"What comes back is not what was live an hour ago: that was the prompt of deployment other, shipped on 2026-11-22 09:00 UTC.",
		]);
	});

	test("not of one that had been rolled back before that hour", () => {
		const other = row("other", {
			status: "rolled_back",
			shipped_at: hoursAgo(3),
			rolled_back_at: hoursAgo(2),
		});
		expect(rollBackWarnings(situation([predecessor, other]))).toEqual([]);
	});

	test("that what comes back was itself rolled back, whoever did it", () => {
		const taken = row("taken", {
			status: "rolled_back",
			text: live.current_prompt,
			shipped_at: hoursAgo(80),
			rolled_back_at: hoursAgo(70),
			approved_by: "system:auto_rollback",
		});
		expect(rollBackWarnings(situation([predecessor, taken]))).toEqual([
			"What comes back was itself rolled back on 2026-11-19 14:00 UTC by the automatic rollback, as deployment taken.",
		]);
	});

	test("that another one shipped later and is live", () => {
		const later = row("later", { shipped_at: hoursAgo(0.1) });
		expect(rollBackWarnings(situation([predecessor, later]))).toEqual([
			"Deployment later shipped on 2026-11-22 11:54 UTC, after this one, and is live: what is live now is probably its prompt and not the one that is compared here.",
		]);
	});

	test("that another prompt was live when this one shipped than when it was proposed", () => {
		const between = row("between", { shipped_at: hoursAgo(0.7) });
		expect(rollBackWarnings(situation([predecessor, between]))).toEqual([
			"Between its proposal and its shipping, deployment between shipped on 2026-11-22 11:18 UTC and left another prompt live: the API may restore that one instead.",
		]);
	});

	test("that not everything was looked through", () => {
		expect(rollBackWarnings(situation([predecessor], live, { isComplete: false }))).toEqual([
			"The project has more deployments than were looked through, so a warning may be missing.",
		]);
	});

	test("of nothing that it cannot know: a row without dates, or with dates that are none", () => {
		const odd = row("odd", { shipped_at: null });
		const odder = row("odder", { shipped_at: "soon", status: "rolled_back" });
		expect(rollBackWarnings(situation([predecessor, odd, odder]))).toEqual([]);
		expect(rollBackWarnings(situation([], { ...live, shipped_at: null }))).toEqual([]);
		expect(replacedBy(situation([]))).toBeNull();
	});
});

test("of many neighbours the texts of the last ones are read, each once", () => {
	const many = Array.from({ length: 40 }, (_, index) =>
		row(`row-${index}`, {
			status: index % 2 === 0 ? "monitoring" : "rolled_back",
			shipped_at: hoursAgo(10 + index),
			rolled_back_at: index % 2 === 0 ? null : hoursAgo(9),
		}),
	);
	const ids = idsToRead(situation(many).neighbours);
	expect(ids.length).toBeLessThanOrEqual(18);
	expect(new Set(ids).size).toBe(ids.length);
	expect(ids).toContain("row-0");
});

test("the comparison goes from what is live to what comes back, by word", () => {
	const deployment = {
		...live,
		proposed_prompt: "Be exact.\nAnswer every question in a brief sentence.\n",
		current_prompt: "Be exact.\nAnswer every question in a friendly sentence.\n",
	};
	const around = ["same", "Answer every question in a "];
	const { changes } = previewRollBack(situation([], deployment));
	expect(changes.lines).toMatchObject([
		{ kind: "same", pieces: [["same", "Be exact."]] },
		{ kind: "removed", pieces: [around, ["changed", "brief"], ["same", " sentence."]] },
		{ kind: "added", pieces: [around, ["changed", "friendly"], ["same", " sentence."]] },
	]);
	expect(changes.omitted).toBe(0);
});

test("of a change of thousands of lines, the first are shown and the rest is counted", () => {
	const text = (word: string) => Array.from({ length: 5_000 }, (_, line) => `${word} ${line}\n`).join("");
	const big = { ...live, proposed_prompt: text("alpha"), current_prompt: text("omega") };
	const { changes } = previewRollBack(situation([], big));
	expect(changes.lines.length).toBe(160);
	expect(changes.omitted).toBe(10_000 - 160);
	const long = { ...live, proposed_prompt: "x".repeat(1_000_000), current_prompt: "y".repeat(1_000_000) };
	expect(JSON.stringify(previewRollBack(situation([], long))).length).toBeLessThan(3_000);
});
