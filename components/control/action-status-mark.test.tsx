import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { ActionStatusMark } from "./action-status-mark";

const drawn = (status: string, result: Record<string, unknown> | null = null) =>
	renderToStaticMarkup(<ActionStatusMark action={{ status, result }} />);

test("an action that somebody has rejected is drawn as rejected, and not as one that went wrong", () => {
	const rejected = drawn("failed", { rejected_by: "user_1", reason: "Not now." });
	expect(rejected).toContain("Rejected");
	expect(rejected).toContain("–");
	expect(rejected).not.toMatch(/Failed|✕|text-bad/);
	expect(drawn("failed", { error: "529" })).toMatch(/text-bad.*✕.*Failed/);
	expect(drawn("executed", { rejected_by: "user_1" })).toContain("Executed");
	expect(drawn("paused")).toMatch(/text-warn.*\?.*paused/);
});
