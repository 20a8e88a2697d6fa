import { describe, expect, test } from "vitest";
import {
	decisionBodySchema,
	deploymentListQuerySchema,
	deploymentPageSchema,
	deploymentSchema,
	newDeploymentSchema,
} from "./deployment";

const record = {
	id: "3f2c1a90-5b7e-4c1d-9e8f-0a1b2c3d4e5f",
	tenant_id: "3f2c1a90-5b7e-4c1d-9e8f-0a1b2c3d4e5f",
	project_id: "3f2c1a90-5b7e-4c1d-9e8f-0a1b2c3d4e5f",
	cluster_signature: "sha256:abc123",
	status: "ab_passed",
	current_prompt: "before",
	proposed_prompt: "after",
	created_at: "2026-11-22T00:00:00Z",
	updated_at: "2026-11-22T00:00:00Z",
};

describe("reading", () => {
	test("keeps unknown fields, unknown states and dates that are none", () => {
		const read = deploymentSchema.parse({
			...record,
			status: "quarantined",
			shipped_at: "soon",
			risk: { score: 1 },
		});
		expect(read).toMatchObject({ status: "quarantined", shipped_at: "soon", risk: { score: 1 } });
	});

	test("takes null for whatever the contract lets be absent", () => {
		const nulls = {
			rationale: null,
			ab_report: null,
			regression_metric: null,
			approved_by: null,
			rejection_reason: null,
		};
		expect(deploymentSchema.safeParse({ ...record, ...nulls }).success).toBe(true);
	});

	test("drops the prompts from a page of the queue, whichever server sends them", () => {
		const page = deploymentPageSchema.parse({ items: [record], total: 1, limit: 50, offset: 0 });
		expect(page.items[0]).not.toHaveProperty("current_prompt");
		expect(page.items[0]).toHaveProperty("cluster_signature");
	});

	test("refuses what is no deployment", () => {
		expect(deploymentSchema.safeParse({ ...record, proposed_prompt: undefined }).success).toBe(false);
		expect(deploymentSchema.safeParse([]).success).toBe(false);
	});
});

describe("writing", () => {
	test.each([
		["an unknown key", { reason: "no", approved_by: "somebody" }],
		["a number for a reason", { reason: 5 }],
		["a reason of spaces", { reason: "   " }],
		["a reason of zero-width spaces", { reason: "\u200b\u200b" }],
		["2,001 characters", { reason: "x".repeat(2_001) }],
		["U+0000", { reason: "a\u0000b" }],
		["a lone surrogate", { reason: "a\ud800b" }],
	])("refuses %s in a decision", (_name, body) => {
		expect(decisionBodySchema.safeParse(body).success).toBe(false);
	});

	test("counts a reason in characters as a person does", () => {
		expect(decisionBodySchema.safeParse({ reason: "🙂".repeat(2_000) }).success).toBe(true);
		expect(decisionBodySchema.safeParse({ reason: "🙂".repeat(2_001) }).success).toBe(false);
		expect(decisionBodySchema.safeParse({}).success).toBe(true);
	});

	const proposal = {
		project_id: record.project_id,
		cluster_signature: "sha256:abc",
		current_prompt: "",
		proposed_prompt: "after",
	};

	test("takes a report only together with its outcome, and the reverse", () => {
		expect(newDeploymentSchema.parse(proposal).status).toBe("proposed");
		expect(newDeploymentSchema.safeParse({ ...proposal, ab_report: { n: 1 } }).success).toBe(false);
		expect(newDeploymentSchema.safeParse({ ...proposal, status: "ab_failed" }).success).toBe(false);
		expect(newDeploymentSchema.safeParse({ ...proposal, status: "ab_failed", ab_report: {} }).success).toBe(
			true,
		);
		expect(newDeploymentSchema.safeParse({ ...proposal, status: "shipped" }).success).toBe(false);
	});

	test.each(["0", "-1", "201", "1e3", "0x10", "1.5", "", "NaN", "9999999999999999999"])(
		"refuses the limit %j",
		(limit) => {
			expect(deploymentListQuerySchema.safeParse({ limit }).success).toBe(false);
		},
	);
});
