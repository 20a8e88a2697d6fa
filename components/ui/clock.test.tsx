import type { ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { Age, ClockProvider, Duration } from "./clock";

const now = Date.parse("2026-11-29T12:00:00.000Z");
const at = (secondsAgo: number) => new Date(now - secondsAgo * 1_000).toISOString();

function wordsOf(children: ReactNode): string {
	const html = renderToStaticMarkup(<ClockProvider renderedAt={now}>{children}</ClockProvider>);
	return html.replaceAll(/<[^>]*>/g, "");
}

test.each([
	[0, "now", "just now", "under a minute", "under a minute"],
	[59, "now", "just now", "under a minute", "under a minute"],
	[-5, "now", "just now", "under a minute", "under a minute"],
	[60, "1 min", "1 min ago", "1 min", "over 1 min"],
	[7_200, "2 h", "2 h ago", "2 h", "over 2 h"],
])("what was %i s ago is a figure, a moment or a duration", (seconds, figure, moment, duration, over) => {
	expect(wordsOf(<Age at={at(seconds)} />)).toBe(figure);
	expect(wordsOf(<Age at={at(seconds)} suffix=" ago" />)).toBe(moment);
	expect(wordsOf(<Duration since={at(seconds)} />)).toBe(duration);
	expect(wordsOf(<Duration since={at(seconds)} isOver />)).toBe(over);
});

test("what is no date is shown as it is", () => {
	expect(wordsOf(<Age at="yesterday" suffix=" ago" />)).toBe("yesterday");
	expect(wordsOf(<Duration since="yesterday" />)).toBe("yesterday");
});
