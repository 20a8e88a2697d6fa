import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { routes } from "./routes";

describe("routes", () => {
	test("leave out what does not narrow the queue and escape what does", () => {
		expect(routes.deployments()).toBe("/deployments");
		expect(routes.deployments({ status: "ab_passed", project: null, q: "" })).toBe(
			"/deployments?status=ab_passed",
		);
		expect(routes.deployments({ q: "a b", project: "a&b" })).toBe("/deployments?project=a%26b&q=a+b");
		expect(routes.deployment("a/b")).toBe("/deployments/a%2Fb");
		expect(routes.actionsBy({ trace: "t", status: "failed", type: null })).toBe(
			"/actions?status=failed&trace=t",
		);
		expect([routes.action("a?b"), routes.trace("a#b")]).toEqual(["/actions/a%3Fb", "/traces/a%23b"]);
		expect([routes.traces(), routes.traces({ show: "all" })]).toEqual(["/traces", "/traces?show=all"]);
	});

	test("are the only place that spells a path of ours", () => {
		const handMade = /["'`]\/(deployments|triage|actions|traces|audit|sign-in)\b/;
		const offenders = sourcesOf(["app", "components", "lib"]).filter(
			(file) => file !== join("lib", "routes.ts") && handMade.test(readFileSync(file, "utf8")),
		);
		expect(offenders).toEqual([]);
	});
});

function sourcesOf(folders: string[]): string[] {
	return folders.flatMap((folder) =>
		readdirSync(folder, { recursive: true, encoding: "utf8" })
			.filter((name) => /\.tsx?$/.test(name) && !name.includes(".test."))
			.map((name) => join(folder, name)),
	);
}
