import { renderToReadableStream } from "react-dom/server.edge";
import { expect, test } from "vitest";
import type { QueueRow } from "@/lib/contract/queue";
import { lightenRow } from "@/lib/rules/queue/lighten-row";
import { VerdictCell } from "./verdict-cell";

const row = {
	id: "d1",
	status: "ab_passed",
	ab_report: { n: 400, metrics: { correctness: { baseline: 0.6, candidate: 0.89 } } },
} as unknown as QueueRow;

/** The words of the cell, once all of it has come. */
async function wordsOf(given: QueueRow): Promise<string> {
	const stream = await renderToReadableStream(<VerdictCell row={given} />);
	await stream.allReady;
	return (await new Response(stream).text()).replaceAll(/<[^>]*>/g, " ").replaceAll(/\s+/g, " ");
}

test("says the same of a row with its report and of one with what that shows", async () => {
	const lightened = await wordsOf(lightenRow(row));
	expect(lightened).toContain("better");
	expect(lightened).toContain("+0.29");
	expect(await wordsOf(row)).toBe(lightened);
});

test("takes no other field of that name for a verdict", async () => {
	const shown = { kind: "better", sentence: "It is.", metric: null, difference: null, interval: null };
	const untested = { ...row, ab_report: null, status: "proposed" };
	expect(await wordsOf({ ...untested, shown_verdict: shown })).toContain("better");
	for (const other of ["better", {}, { ...shown, kind: "constructor" }, { ...shown, interval: [{}, {}] }]) {
		expect(await wordsOf({ ...untested, shown_verdict: other })).toContain("untested");
	}
});

test("says why there is no verdict", async () => {
	expect(await wordsOf({ ...row, ab_report: null, status: "proposed" })).toContain("untested");
	expect(await wordsOf({ ...row, ab_report: null, status: "ab_running" })).toContain("running");
});
