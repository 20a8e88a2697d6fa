import { describe, expect, it } from "vitest";
import { isRemediating, trippedGate } from "@/lib/rules/safety-gates";
import { acme, samplePeople } from "../people";
import { applyEdits, clusterSignature } from "./deployments/build";
import { settingsOf } from "./project-settings";
import { loadSampleData, type SampleControlAction, type SampleDeployment } from "./sample";

const { projects, deployments, traces, controlActions } = loadSampleData();
const owners = samplePeople.filter((person) => person.role === "owner");

/** Each of these carries hidden characters on purpose. */
const hiddenCharacterKeys = new Set(["chat-foreign-links", "answer-history"]);
const crlfKeys = new Set(["refunds-crlf"]);

const wentLive = new Set(["shipped", "monitoring", "regressed", "rolled_back"]);
const hidden = /[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/u;

function byStatus(status: string): SampleDeployment[] {
	return deployments.filter((deployment) => deployment.status === status);
}

function typeOf({ actionType, intendedActionType }: SampleControlAction) {
	return intendedActionType ?? actionType;
}

function ofAcme(list: readonly SampleDeployment[]): SampleDeployment[] {
	return list.filter((deployment) => deployment.organizationId === acme.id);
}

function isOwner(id: string | undefined, organizationId: string): boolean {
	return owners.some((person) => person.id === id && person.organizationId === organizationId);
}

function hasControlCharacter(text: string): boolean {
	return Array.from(text).some((character) => {
		const code = character.codePointAt(0) ?? 0;
		const allowed = character === "\t" || character === "\n" || character === "\r";
		return (code < 32 && !allowed) || (code >= 127 && code < 160);
	});
}

describe("applyEdits", () => {
	it("replaces text that occurs exactly once, in order", () => {
		const edits = [
			{ find: "two", replace: "2" },
			{ find: "2", replace: "three" },
		];
		expect(applyEdits("one two\n", edits)).toBe("one three\n");
	});

	it("rewrites and moves whole lines", () => {
		expect(applyEdits("a1\nb2\nc3\n", [{ line: "2", rewrite: "new" }])).toBe("a1\nnew\nc3\n");
		expect(applyEdits("a1\nb2\nc3\n", [{ move: "c3", before: "a1" }])).toBe("c3\na1\nb2\n");
		expect(applyEdits("a1\nb2\nc3\n", [{ move: "a1", until: "c3", before: "c3" }])).toBe("a1\nb2\nc3\n");
	});

	it("cuts one line or a range of lines", () => {
		expect(applyEdits("a1\nb2\nc3\n", [{ cut: "b2" }])).toBe("a1\nc3\n");
		expect(applyEdits("a1\nb2\nc3\n", [{ cut: "a1", until: "c3" }])).toBe("c3\n");
	});

	it("refuses text that is missing or ambiguous", () => {
		expect(() => applyEdits("one", [{ find: "two", replace: "" }])).toThrow("Not in the prompt");
		expect(() => applyEdits("one one", [{ find: "one", replace: "" }])).toThrow("More than once");
	});
});

describe("sample deployments", () => {
	it("are many, over three projects of the first organization and one of the second", () => {
		const acmes = ofAcme(deployments);
		expect(acmes.length).toBeGreaterThanOrEqual(46);
		expect(new Set(acmes.map((deployment) => deployment.projectKey)).size).toBe(3);
		expect(deployments.length - acmes.length).toBe(3);
	});

	it("have unique keys and known projects", () => {
		expect(new Set(deployments.map(({ key }) => key)).size).toBe(deployments.length);
		for (const { projectKey, organizationId } of deployments) {
			const project = projects.find(({ key }) => key === projectKey);
			expect(project?.organizationId).toBe(organizationId);
		}
	});

	it("cover every status, with exactly one regressed and a lively queue", () => {
		const least = { ab_running: 3, ab_failed: 3, shipped: 3, monitoring: 3, rolled_back: 3, rejected: 3 };
		for (const [status, count] of Object.entries(least)) {
			expect(ofAcme(byStatus(status)).length, status).toBeGreaterThanOrEqual(count);
		}
		expect(ofAcme(byStatus("proposed")).length).toBeGreaterThanOrEqual(7);
		expect(ofAcme(byStatus("ab_passed")).length).toBeGreaterThanOrEqual(7);
		expect(byStatus("regressed")).toHaveLength(1);
		expect(byStatus("regressed")[0]?.regressionMetric).toBeLessThan(0);
	});

	it("sign their cluster by project and error, and share some clusters", () => {
		for (const { projectKey, clusterError, clusterSignature: signature } of deployments) {
			expect(signature).toMatch(/^sha256:[0-9a-f]{64}$/);
			expect(signature).toBe(clusterSignature(projectKey, clusterError));
		}
		const counts = new Map<string, number>();
		for (const { clusterSignature: signature } of deployments) {
			counts.set(signature, (counts.get(signature) ?? 0) + 1);
		}
		expect([...counts.values()].filter((count) => count > 1).length).toBeGreaterThanOrEqual(3);
	});

	it.each(deployments)("$key has a believable pair of prompts", (deployment) => {
		const { key, currentPrompt, proposedPrompt } = deployment;
		expect(Buffer.from(currentPrompt).equals(Buffer.from(proposedPrompt))).toBe(false);
		expect(hasControlCharacter(currentPrompt + proposedPrompt)).toBe(false);
		expect(hidden.test(currentPrompt)).toBe(false);
		expect(hidden.test(proposedPrompt)).toBe(hiddenCharacterKeys.has(key));
		expect(currentPrompt.includes("\r")).toBe(false);
		expect(proposedPrompt.includes("\r\n")).toBe(crlfKeys.has(key));
	});

	it.each(deployments)("$key has stamps that fit its status", (deployment) => {
		const { status, organizationId, createdHoursAgo: created, updatedHoursAgo: updated } = deployment;
		const { shippedHoursAgo: shipped, regressedHoursAgo: regressed } = deployment;
		const { rolledBackHoursAgo: rolledBack, rejectedHoursAgo: rejected } = deployment;
		const stamps = [created, shipped, regressed, rolledBack, rejected].filter((hours) => hours !== undefined);
		expect(stamps).toEqual([...stamps].sort((a, b) => b - a));
		expect(updated).toBeLessThanOrEqual(stamps.at(-1) ?? 0);
		expect(created).toBeLessThanOrEqual(2400);
		expect(updated).toBeGreaterThan(0);

		expect(shipped !== undefined).toBe(wentLive.has(status));
		expect(rolledBack !== undefined).toBe(status === "rolled_back");
		expect(rejected !== undefined).toBe(status === "rejected");
		if (shipped !== undefined) {
			expect(
				deployment.shippedBy === "system:autoship" || isOwner(deployment.shippedBy, organizationId),
			).toBe(true);
		}
		if (status === "rolled_back") {
			const { rolledBackBy } = deployment;
			expect(rolledBackBy === "system:auto_rollback" || isOwner(rolledBackBy, organizationId)).toBe(true);
			expect(deployment.rollbackReason).toBeTruthy();
		}
		if (status === "regressed") expect(regressed).toBeDefined();
		if (status === "rejected") {
			expect(isOwner(deployment.rejectedBy, organizationId)).toBe(true);
			expect(deployment.rejectionReason).toBeDefined();
		}
		const isMeasured = status === "monitoring" || status === "regressed";
		expect(typeof deployment.regressionMetric === "number").toBe(isMeasured);
		if (status === "proposed" || status === "ab_running") expect(deployment.abReport ?? null).toBeNull();
	});

	it("ship by themselves only while their project is set to do so", () => {
		for (const { key, projectKey, shippedBy, shippedHoursAgo = 0 } of deployments) {
			if (shippedBy !== "system:autoship") continue;
			const project = projects.find((one) => one.key === projectKey);
			const last = project?.settingChanges
				?.filter(({ to, hoursAgo }) => "prompt_autoship_enabled" in to && hoursAgo > shippedHoursAgo)
				.at(-1);
			expect([key, last?.to]).toEqual([key, { prompt_autoship_enabled: true }]);
		}
	});

	it.each(deployments)("$key starts from a base file or from what was live then", (deployment) => {
		const predecessor = deployments.find(
			(other) =>
				other.projectKey === deployment.projectKey && other.proposedPrompt === deployment.currentPrompt,
		);
		if (!predecessor) return;
		expect(predecessor.shippedHoursAgo).toBeGreaterThanOrEqual(deployment.createdHoursAgo);
		expect(predecessor.status).not.toBe("rolled_back");
	});

	it("hold short prompts, long ones and long lines", () => {
		const prompts = deployments.flatMap((deployment) => [
			deployment.currentPrompt,
			deployment.proposedPrompt,
		]);
		const lineCounts = prompts.map((prompt) => prompt.trimEnd().split("\n").length);
		expect(Math.min(...lineCounts)).toBeLessThanOrEqual(12);
		expect(Math.max(...lineCounts)).toBeGreaterThanOrEqual(390);
		const lineLengths = prompts.flatMap((prompt) => prompt.split("\n").map((line) => line.length));
		expect(Math.max(...lineLengths)).toBeGreaterThanOrEqual(1200);
	});

	it("have one sentence of rationale, and two have none", () => {
		expect(deployments.filter(({ rationale }) => rationale === undefined)).toHaveLength(2);
		expect(deployments.some(({ rationale = "" }) => rationale.length >= 280)).toBe(true);
		for (const { rationale } of deployments) expect(rationale ?? "x.").toMatch(/\.$/);
	});
});

describe("sample traces and control actions", () => {
	it("have unique keys, known projects and spans that exist", () => {
		expect(new Set(traces.map(({ key }) => key)).size).toBe(traces.length);
		for (const { spans, projectKey } of traces) {
			expect(projects.some(({ key }) => key === projectKey)).toBe(true);
			expect(spans.length).toBeGreaterThanOrEqual(2);
			const keys = spans.map(({ key }) => key);
			expect(new Set(keys).size).toBe(keys.length);
			for (const { parentKey } of spans)
				expect(parentKey === undefined || keys.includes(parentKey)).toBe(true);
		}
	});

	it.each(controlActions)("action $key belongs to its trace and says what its status needs", (action) => {
		const trace = traces.find(({ key }) => key === action.traceKey);
		expect(trace?.projectKey ?? action.projectKey).toBe(action.projectKey);
		if (action.traceKey) expect(trace?.startedHoursAgo).toBeGreaterThanOrEqual(action.createdHoursAgo);
		if (action.status === "executed")
			expect(action.executedHoursAgo).toBeLessThanOrEqual(action.createdHoursAgo);
		if (action.actionType === "escalate") {
			expect(action.status).toBe("pending_approval");
			expect(isRemediating(action.intendedActionType ?? "escalate")).toBe(true);
		}
		if (action.rejectedBy) {
			expect(isOwner(action.rejectedBy, acme.id)).toBe(true);
			expect(action.rejectedHoursAgo).toBeLessThan(action.createdHoursAgo);
		}
		if (action.remediation) {
			const keys = trace?.spans.map(({ key }) => key);
			expect(keys).toContain(action.remediation.originalSpanKey);
			expect(keys).toContain(action.remediation.remediatedSpanKey);
			expect(action.executedHoursAgo).toBeGreaterThan(action.remediation.evaluation?.hoursAgo ?? 0);
		}
	});

	it.each(controlActions.filter(({ traceKey }) => traceKey !== undefined))(
		"action $key passed the safety gates, or was stopped by the one that its payload names",
		(action) => {
			const project = projects.find(({ key }) => key === action.projectKey);
			if (project === undefined) return expect.unreachable();
			const before = controlActions.filter(
				(one) =>
					one.traceKey === action.traceKey &&
					one.createdHoursAgo > action.createdHoursAgo &&
					one.status === "executed" &&
					isRemediating(typeOf(one)),
			);
			const retryCount = before.filter((one) => typeOf(one) === "retry").length;
			const { max_retry_depth, max_cascade_depth } = settingsOf(project).now;
			const gate = trippedGate(
				typeOf(action),
				{ retryCount, cascadeCount: before.length },
				{ maxRetryDepth: max_retry_depth, maxCascadeDepth: max_cascade_depth },
			);
			expect(gate === null).toBe(action.actionType !== "escalate");
			if (gate === null) return;
			expect(action.payload).toEqual({
				escalation_reason: gate,
				intended_action_type: action.intendedActionType,
				retry_count: retryCount,
				cascade_count: before.length,
				...(gate === "cascade_depth_exhausted" ? { max_cascade_depth } : { max_retry_depth }),
				requested_payload: expect.any(Object),
			});
		},
	);

	it("let one remediation wait for its evaluation, and give one no similarity", () => {
		const evaluations = controlActions.flatMap(({ remediation }) =>
			remediation === undefined ? [] : [remediation.evaluation],
		);
		expect(evaluations.filter((one) => one === null)).toHaveLength(1);
		expect(evaluations.filter((one) => one?.embeddingSimilarity === null)).toHaveLength(1);
	});

	it("fail with the errors of clusters, most of them more than once", () => {
		const failures = traces.flatMap(({ projectKey, error }) =>
			error === undefined ? [] : [{ projectKey, error }],
		);
		const clusters = new Map<string, string[]>();
		for (const { projectKey, error } of failures) {
			clusters.set(error, [...(clusters.get(error) ?? []), projectKey]);
		}
		const keys = [...clusters.values()];
		expect(keys.length).toBeGreaterThanOrEqual(6);
		expect(keys.filter((ofCases) => ofCases.length > 1).length).toBeGreaterThan(keys.length / 2);
		// The same error of another project would be another cluster with the same words.
		for (const ofCases of keys) expect(new Set(ofCases).size).toBe(1);
		for (const { projectKey, error } of failures) {
			const owners = deployments.filter(({ clusterError }) => clusterError === error);
			expect(owners.every((deployment) => deployment.projectKey === projectKey)).toBe(true);
		}
	});

	it("use every type and every status", () => {
		expect(new Set(controlActions.map(({ actionType }) => actionType)).size).toBe(5);
		expect(new Set(controlActions.map(({ status }) => status)).size).toBe(4);
	});
});
