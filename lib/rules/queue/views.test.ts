import { describe, expect, test } from "vitest";
import { deploymentStatuses } from "../../contract/deployment-status";
import { statusesOfView } from "../../contract/queue-terms";
import { countStatuses, countViews, viewOf } from "./views";

const exact = (total: number) => ({ total, isExact: true });

describe("views", () => {
	test("each state stands in one view and in All", () => {
		const { all, ...views } = statusesOfView;
		expect(Object.values(views).flat().sort()).toEqual([...deploymentStatuses].sort());
		expect([...all].sort()).toEqual([...deploymentStatuses].sort());
	});

	test("an owner is shown what waits for a decision, anybody else all", () => {
		const nothing = { view: null, status: null };
		expect(viewOf(nothing, "owner")).toEqual({
			view: "needs-decision",
			statuses: ["ab_passed", "proposed"],
		});
		for (const role of ["member", "viewer", null] as const) expect(viewOf(nothing, role).view).toBe("all");
	});

	test("a state narrows its view, and opens All where the view does not hold it", () => {
		expect(viewOf({ view: "live", status: "monitoring" }, "owner")).toEqual({
			view: "live",
			statuses: ["monitoring"],
		});
		expect(viewOf({ view: null, status: "regressed" }, "owner")).toEqual({
			view: "all",
			statuses: ["regressed"],
		});
	});

	test("a count is exact only if each of its parts is", () => {
		const counts = { ab_passed: exact(3), proposed: { total: 1000, isExact: false }, regressed: exact(2) };
		expect(countStatuses(counts, ["ab_passed"])).toEqual(exact(3));
		const views = countViews(counts);
		expect(views["needs-decision"]).toEqual({ total: 1003, isExact: false });
		expect(views.regressed).toEqual(exact(2));
		expect(views.all.isExact).toBe(false);
		expect(views.running, "what nobody counted is not nought").toEqual({ total: 0, isExact: false });
	});
});
