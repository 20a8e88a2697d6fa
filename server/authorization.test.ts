import { generateKeyPairSync, randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Role } from "@/lib/contract/role";
import { openTestApi, type TestApi, type TestTenant } from "@/test/api";
import { everything, insertDeployment, insertProject, insertTrace } from "@/test/rows";
import { claimsOf, signToken } from "@/test/tokens";
import { endpoints } from "./app";
import { controlActions } from "./db/schema";

/**
 * Every principal against every endpoint of the table in `server/app.ts`. What is expected is written here a
 * second time, from the contract, so that a rule that was loosened by mistake is not expected by mistake.
 */
type Who = "everybody" | "owner and viewer" | "owner" | "owner in person";
const allowed: Record<string, Who> = {
	"GET /v1/prompts/deployments": "everybody",
	"POST /v1/prompts/deployments": "owner",
	"GET /v1/prompts/deployments/:id": "everybody",
	"GET /v1/prompts/deployments/:id/decisions": "everybody",
	"GET /v1/prompts/deployments/:id/metrics": "everybody",
	"GET /v1/prompts/queue": "everybody",
	"GET /v1/prompts/queue/rows": "everybody",
	"GET /v1/prompts/queue/counts": "everybody",
	"GET /v1/prompts/queue/times": "everybody",
	"POST /v1/prompts/deployments/:id/approve": "owner",
	"POST /v1/prompts/deployments/:id/reject": "owner",
	"POST /v1/prompts/deployments/:id/rollback": "owner",
	"GET /v1/projects": "everybody",
	"POST /v1/projects": "owner",
	"PATCH /v1/projects/:id": "owner",
	"POST /v1/control/execute": "owner",
	"GET /v1/control/actions": "everybody",
	"GET /v1/control/actions/pending": "owner",
	"GET /v1/control/actions/:id": "everybody",
	"POST /v1/control/actions/:id/approve": "owner",
	"POST /v1/control/actions/:id/reject": "owner",
	"GET /v1/control/actions/:id/diff": "everybody",
	"GET /v1/control/killswitch": "everybody",
	"POST /v1/control/killswitch/enable": "owner",
	"POST /v1/control/killswitch/disable": "owner",
	"GET /v1/traces": "everybody",
	"GET /v1/traces/:id": "everybody",
	"GET /v1/traces/:id/remediations": "everybody",
	"GET /v1/failures/clusters": "everybody",
	"GET /v1/audit-log": "owner and viewer",
	"GET /v1/events": "everybody",
	"GET /v1/apikeys": "owner in person",
	"POST /v1/apikeys": "owner in person",
	"DELETE /v1/apikeys/:id": "owner in person",
};
const rolesOf: Record<Who, readonly Role[]> = {
	everybody: ["owner", "member", "viewer"],
	"owner and viewer": ["owner", "viewer"],
	owner: ["owner"],
	"owner in person": ["owner"],
};
const operations = endpoints.map(({ method, path }) => `${method} ${path}`);

interface Principal {
	name: string;
	/** Where this one belongs: the tenant of the rows, another one, or nowhere. */
	home: "A" | "B" | null;
	/** The status of everything, for whoever is nobody here. */
	always?: 401 | 403;
	role?: Role;
	isKey?: boolean;
	isImpersonated?: boolean;
	authorization: () => Promise<string | null>;
}

const strangeKey = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
let api: TestApi;
let a: TestTenant;
let b: TestTenant;
let projectA: string;
let traceA: string;
let principals: Principal[];
beforeAll(async () => {
	api = await openTestApi();
});
// Two tenants for each operation: what a refusal left behind is looked for in a small one.
beforeEach(async () => {
	[a, b] = [await api.makeTenant(), await api.makeTenant()];
	projectA = await insertProject(api, a.id);
	await insertProject(api, b.id);
	traceA = await insertTrace(api, a.id, projectA);
	principals = await makePrincipals();
});
afterAll(() => api.close());

async function makePrincipals(): Promise<Principal[]> {
	const claims = (tenant: TestTenant, role: Role) =>
		claimsOf({ organizationId: tenant.organizationId, userId: `user_${role}`, role }, api.clock());
	const token =
		(tenant: TestTenant, role: Role, changes: object = {}, options: Parameters<typeof signToken>[1] = {}) =>
		async () =>
			`Bearer ${await signToken({ ...claims(tenant, role), ...changes }, options)}`;
	const seconds = Math.floor(api.clock().getTime() / 1000);
	const key = async (role: Role) => {
		const made = await api.ask("POST", "/v1/apikeys", { as: a.owner, body: { name: role, role } });
		expect(made.status).toBe(201);
		return made.body as { id: string; key: string };
	};
	const keys = { owner: await key("owner"), member: await key("member"), viewer: await key("viewer") };
	const revoked = await key("owner");
	expect((await api.ask("DELETE", `/v1/apikeys/${revoked.id}`, { as: a.owner })).status).toBe(200);
	const unsigned = (part: object) => Buffer.from(JSON.stringify(part)).toString("base64url");
	const nobody = (name: string, authorization: Principal["authorization"], always: 401 | 403 = 401) => ({
		name,
		home: null,
		always,
		authorization,
	});
	const organization = { id: a.organizationId, slg: "org" };
	const roles = ["owner", "member", "viewer"] as const;
	return [
		nobody("nobody", async () => null),
		...roles.map((role) => ({
			name: `${role} of A`,
			home: "A" as const,
			role,
			authorization: token(a, role),
		})),
		...roles.map((role) => ({
			name: `${role} of B`,
			home: "B" as const,
			role,
			authorization: token(b, role),
		})),
		nobody("without an organization", token(a, "owner", { o: undefined }), 403),
		nobody("of an unknown role", token(a, "owner", { o: { ...organization, rol: "admin" } }), 403),
		nobody("of a role in a list", token(a, "owner", { o: { ...organization, rol: ["owner"] } }), 403),
		nobody("expired", token(a, "owner", { iat: seconds - 120, exp: seconds - 60 })),
		nobody("of another issuer", token(a, "owner", { iss: "https://evil.example" })),
		nobody("of another party", token(a, "owner", { azp: "https://evil.example" })),
		nobody("signed with another key", token(a, "owner", {}, { key: strangeKey })),
		nobody("alg none", async () => {
			return `Bearer ${unsigned({ alg: "none", typ: "JWT" })}.${unsigned(claims(a, "owner"))}.`;
		}),
		nobody("pending session", token(a, "owner", { sts: "pending" })),
		{
			name: "somebody as an owner of A",
			home: "A",
			role: "owner",
			isImpersonated: true,
			authorization: token(a, "owner", { act: { sub: "user_support" } }),
		},
		...roles.map((role) => ({
			name: `API key of A, ${role}`,
			home: "A" as const,
			role,
			isKey: true,
			authorization: async () => `Bearer ${keys[role].key}`,
		})),
		nobody("revoked API key", async () => `Bearer ${revoked.key}`),
		nobody("made-up API key", async () => `Bearer tl_${"A".repeat(43)}`),
	];
}

/** A parked action of A that can be decided. */
async function insertParked(): Promise<string> {
	const id = randomUUID();
	await api.orm.insert(controlActions).values({
		id,
		tenantId: a.id,
		projectId: projectA,
		traceId: traceA,
		actionType: "escalate",
		intendedActionType: "retry",
		status: "pending_approval",
		payload: { escalation_reason: "retry_threshold_exceeded", requested_payload: null },
		createdAt: api.clock(),
		updatedAt: api.clock(),
	});
	return id;
}

/** A request that would succeed for an owner of A, on rows of A made for it. */
const requests: Record<string, () => Promise<{ id?: string; body?: object; query?: string }>> = {
	"POST /v1/prompts/deployments": async () => ({
		body: {
			project_id: projectA,
			cluster_signature: `sha256:${randomUUID()}`,
			current_prompt: "",
			proposed_prompt: "x",
		},
	}),
	"GET /v1/prompts/deployments/:id": async () => ({
		id: await insertDeployment(api, a.id, { projectId: projectA }),
	}),
	"GET /v1/prompts/deployments/:id/decisions": async () => ({
		id: await insertDeployment(api, a.id, { projectId: projectA }),
	}),
	"GET /v1/prompts/deployments/:id/metrics": async () => ({
		id: await insertDeployment(api, a.id, { projectId: projectA }),
	}),
	"GET /v1/prompts/queue/rows": async () => ({
		query: `?ids=${await insertDeployment(api, a.id, { projectId: projectA })}`,
	}),
	"POST /v1/prompts/deployments/:id/approve": async () => ({
		id: await insertDeployment(api, a.id, { projectId: projectA }),
	}),
	"POST /v1/prompts/deployments/:id/reject": async () => ({
		id: await insertDeployment(api, a.id, { projectId: projectA }),
		body: { reason: "no" },
	}),
	"POST /v1/prompts/deployments/:id/rollback": async () => ({
		id: await insertDeployment(api, a.id, { projectId: projectA, status: "regressed" }),
	}),
	"POST /v1/projects": async () => ({ body: { name: `P ${randomUUID()}` } }),
	"PATCH /v1/projects/:id": async () => ({ id: projectA, body: { name: `P ${randomUUID()}` } }),
	"POST /v1/control/execute": async () => ({ body: { project_id: projectA, action_type: "agent_action" } }),
	"GET /v1/control/actions/:id": async () => ({ id: await insertParked() }),
	"POST /v1/control/actions/:id/approve": async () => ({ id: await insertParked() }),
	"POST /v1/control/actions/:id/reject": async () => ({ id: await insertParked() }),
	"GET /v1/control/actions/:id/diff": async () => ({ id: await insertParked() }),
	"GET /v1/traces/:id": async () => ({ id: traceA }),
	"GET /v1/traces/:id/remediations": async () => ({ id: traceA }),
	"POST /v1/apikeys": async () => ({ body: { name: "key", role: "viewer" } }),
	"DELETE /v1/apikeys/:id": async () => {
		const made = await api.ask("POST", "/v1/apikeys", { as: a.owner, body: { name: "k", role: "viewer" } });
		return { id: made.body.id };
	},
};

/** Whether the request names a row of A, which for anybody of B is not there. */
function namesRowOfA({ id, body }: { id?: string; body?: object }): boolean {
	return id !== undefined || (body !== undefined && "project_id" in body);
}

function expectedStatus(principal: Principal, operation: string, isOfA: boolean): number | "success" {
	const { always, role, home, isKey = false, isImpersonated = false } = principal;
	if (always !== undefined) return always;
	const who = allowed[operation];
	if (who === undefined || role === undefined) throw new Error(`Nothing is expected of ${operation}`);
	if (home === "B" && isOfA) return 404;
	if (!rolesOf[who].includes(role)) return 403;
	if (isKey && who === "owner in person") return 403;
	if (isImpersonated && !operation.startsWith("GET")) return 403;
	return "success";
}

/** The statuses of work that was let in: done, or found to be in no state for it. */
const successes: Record<string, readonly number[]> = {
	"POST /v1/prompts/deployments": [201],
	"POST /v1/projects": [201],
	"POST /v1/control/execute": [201],
	"POST /v1/apikeys": [201],
	"GET /v1/control/actions/:id/diff": [200, 202, 422],
};

let cells = 0;
afterAll(() => {
	process.stdout.write(
		`authorization: ${principals.length} principals × ${operations.length} operations, ${cells} cells, 0 wrong\n`,
	);
});

test("the table here and the table of the server name the same operations", () => {
	expect(Object.keys(allowed).sort()).toEqual([...operations].sort());
	const withId = operations.filter(
		(operation) => /:id|\/rows$/.test(operation) || /^(POST|PATCH)/.test(operation),
	);
	const withoutNeed = ["POST /v1/control/killswitch/enable", "POST /v1/control/killswitch/disable"];
	expect(Object.keys(requests).sort()).toEqual(withId.filter((one) => !withoutNeed.includes(one)).sort());
});

describe.each(operations)("%s", (operation) => {
	test("lets in whom the contract lets in, and nobody else changes anything", async () => {
		const [method = "", path = ""] = operation.split(" ");
		for (const principal of principals) {
			// The switch would stop the actions of the next principal.
			if (operation.startsWith("POST /v1/control")) {
				await api.ask("POST", "/v1/control/killswitch/disable", { as: a.owner });
			}
			const made = (await requests[operation]?.()) ?? {};
			const expected = expectedStatus(principal, operation, namesRowOfA(made));
			const authorization = await principal.authorization();
			const before = expected === "success" ? null : await everything(api, a.id);
			const answer = await api.ask(method, `${path.replace(":id", made.id ?? "")}${made.query ?? ""}`, {
				body: made.body,
				headers: authorization === null ? {} : { Authorization: authorization },
			});
			const isRight =
				expected === "success"
					? (successes[operation] ?? [200]).includes(answer.status)
					: answer.status === expected;
			expect(isRight, `${principal.name}: ${operation}: ${answer.status}, expected ${expected}`).toBe(true);
			if (before !== null) expect(await everything(api, a.id)).toEqual(before);
			cells += 1;
		}
		if (operation.endsWith("/approve") && operation.includes("deployments")) await expectActors();
	});
});

/** Who acted is in the audit log: a person by user id, a key as a key. */
async function expectActors(): Promise<void> {
	const trail = await api.ask("GET", "/v1/audit-log?event=deployment.approved", { as: a.owner });
	const actors = trail.body.entries.map((entry: { actor_type: string }) => entry.actor_type);
	expect(actors.sort()).toEqual(["api_key", "user"]);
}
