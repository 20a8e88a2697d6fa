import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { routes } from "./routes";

describe("routes", () => {
	test("leave out what does not narrow the queue and escape what does", () => {
		expect(routes.deployments()).toBe("/deployments");
		expect(routes.deployments({ status: "ab_passed", project: null, page: 1 })).toBe(
			"/deployments?status=ab_passed",
		);
		expect(routes.deployments({ project: "a&b", page: 3 })).toBe("/deployments?project=a%26b&page=3");
		expect(routes.deployment("a/b")).toBe("/deployments/a%2Fb");
	});

	test("are the only place that spells a path of ours", () => {
		const handMade = /["'`]\/(deployments|triage|actions|audit|sign-in)\b/;
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
