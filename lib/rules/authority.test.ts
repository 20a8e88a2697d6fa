import { describe, expect, test } from "vitest";
import { roles } from "../contract/role";
import { isAllowed, keyOperations, refusal } from "./authority";

describe("an API key", () => {
	test("without scopes may do what its role may, but for what only people may", () => {
		for (const role of roles) {
			for (const operation of keyOperations) {
				expect(isAllowed(operation, { role, scopes: null })).toBe(isAllowed(operation, { role }));
			}
			expect(isAllowed("manage_api_keys", { role, scopes: null })).toBe(false);
		}
		expect(isAllowed("manage_api_keys", { role: "owner" })).toBe(true);
	});

	test("with scopes may do those of them that its role may, and nothing else", () => {
		const key = { role: "viewer", scopes: ["read", "approve"] } as const;
		expect(keyOperations.filter((operation) => isAllowed(operation, key))).toEqual(["read"]);
		expect(keyOperations.filter((operation) => isAllowed(operation, { ...key, role: null }))).toEqual([]);
		expect(isAllowed("manage_api_keys", { role: "owner", scopes: ["manage_api_keys"] })).toBe(false);
	});
});

test.each([
	["approve", { role: "member" }, "Only owners can approve a deployment. You are a member."],
	["approve", { role: null }, "Only owners can approve a deployment. Your role is not known here."],
	[
		"approve",
		{ role: "member", scopes: null },
		"Only owners can approve a deployment. This API key has the role member.",
	],
	[
		"read_audit_log",
		{ role: null, scopes: null },
		"Only owners and viewers can read the audit log. The role of this API key is not known here.",
	],
	["approve", { role: "owner", scopes: ["read"] }, "This API key is not allowed to approve a deployment."],
	["manage_api_keys", { role: "owner", scopes: null }, "Only people can manage API keys; an API key cannot."],
	["manage_api_keys", { role: "viewer" }, "Only owners can manage API keys. You are a viewer."],
	["approve", { role: "owner", scopes: null }, null],
] as const)("%s by %j: %s", (operation, caller, sentence) => {
	expect(refusal(operation, caller)).toBe(sentence);
});
