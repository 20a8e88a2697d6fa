import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import type { Caller } from "./caller";
import { createCurrentRole } from "./current-role";

const secretKey = "sk_test_ofTheTests";
const unconfirmed = {
	code: "role_unconfirmed",
	status: 503,
	message: "Your role could not be confirmed with Clerk, so nothing was changed. Try again in a moment.",
};

function person(id = "user_a", organizationId = "org_a"): Caller {
	return {
		tenantId: "00000000-0000-4000-8000-000000000000",
		organizationId,
		actor: { type: "user", id },
		role: "owner",
		isImpersonated: false,
	};
}

function membership(role: string, userId = "user_a", organizationId = "org_a") {
	return {
		object: "organization_membership",
		id: "orgmem_a",
		role,
		permissions: [],
		organization: { object: "organization", id: organizationId, name: "A", slug: "a" },
		public_user_data: { user_id: userId, identifier: "a@example.com" },
	};
}

const page = (...data: object[]) => JSON.stringify({ data, total_count: data.length });

/** A server where Clerk should be, and the reader of roles that asks it; its clock is the test's. */
async function openClerk(
	answer: (request: IncomingMessage, response: ServerResponse) => void = sends(page(membership("org:owner"))),
) {
	const requests: IncomingMessage[] = [];
	const clerk = { answer, nowMs: Date.parse("2026-11-22T10:00:00.000Z"), requests };
	const server = createServer((request, response) => {
		requests.push(request);
		clerk.answer(request, response);
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const close = () => {
		server.close();
		server.closeAllConnections();
	};
	onTestFinished(close);
	const apiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	const currentRole = createCurrentRole({ secretKey, apiUrl, clock: () => new Date(clerk.nowMs) });
	return Object.assign(clerk, { currentRole, close });
}

function sends(body: string, { status = 200, type = "application/json" } = {}) {
	return (_request: IncomingMessage, response: ServerResponse) => {
		response.writeHead(status, { "Content-Type": type });
		response.end(body);
	};
}

test("asks Clerk for this person in this organization, with the secret key", async () => {
	const clerk = await openClerk();
	expect(await clerk.currentRole(person())).toBe("owner");
	const [request] = clerk.requests;
	expect(request?.url).toBe("/v1/organizations/org_a/memberships?user_id=user_a");
	expect(request?.headers.authorization).toBe(`Bearer ${secretKey}`);
});

describe("a role is kept", () => {
	test("for less than five seconds", async () => {
		const clerk = await openClerk();
		await clerk.currentRole(person());
		clerk.answer = sends(page(membership("org:member")));
		clerk.nowMs += 4_999;
		expect(await clerk.currentRole(person())).toBe("owner");
		expect(clerk.requests).toHaveLength(1);
		clerk.nowMs += 1;
		expect(await clerk.currentRole(person())).toBe("member");
		expect(clerk.requests).toHaveLength(2);
	});

	test("counted from before it was asked for: an answer that took three seconds, for two", async () => {
		const clerk = await openClerk();
		const owner = clerk.answer;
		clerk.answer = (request, response) => {
			clerk.nowMs += 3_000;
			owner(request, response);
		};
		await clerk.currentRole(person());
		clerk.answer = sends(page(membership("org:viewer")));
		clerk.nowMs += 1_999;
		expect(await clerk.currentRole(person())).toBe("owner");
		clerk.nowMs += 1;
		expect(await clerk.currentRole(person())).toBe("viewer");
	});

	test("not when the clock was set back", async () => {
		const clerk = await openClerk();
		await clerk.currentRole(person());
		clerk.answer = sends(page(membership("org:viewer")));
		clerk.nowMs -= 60_000;
		expect(await clerk.currentRole(person())).toBe("viewer");
	});

	test("for each person in each organization", async () => {
		const clerk = await openClerk(({ url }, response) => {
			const [, organizationId, userId] = /organizations\/(\w+)\/.*user_id=(\w+)/.exec(url ?? "") ?? [];
			const role = `${organizationId} ${userId}` === "org_a user_a" ? "org:owner" : "org:viewer";
			response.writeHead(200, { "Content-Type": "application/json" });
			response.end(page(membership(role, userId, organizationId)));
		});
		expect(await clerk.currentRole(person("user_a", "org_a"))).toBe("owner");
		expect(await clerk.currentRole(person("user_b", "org_a"))).toBe("viewer");
		expect(await clerk.currentRole(person("user_a", "org_b"))).toBe("viewer");
		expect(clerk.requests).toHaveLength(3);
	});
});

test("twenty who ask at once share one question", async () => {
	const clerk = await openClerk();
	const roles = await Promise.all(Array.from({ length: 20 }, () => clerk.currentRole(person())));
	expect(roles).toEqual(Array(20).fill("owner"));
	expect(clerk.requests).toHaveLength(1);
});

test.each([
	["nobody", page()],
	["somebody else", page(membership("org:owner", "user_b"))],
	["a member of another organization", page(membership("org:owner", "user_a", "org_b"))],
	["a role that we do not know", page(membership("org:admin"))],
])("null is the answer where Clerk knows %s", async (_name, body) => {
	const clerk = await openClerk(sends(body));
	expect(await clerk.currentRole(person())).toBeNull();
});

describe("refuses with 503, and asks again the next time, after", () => {
	test.each<[string, (request: IncomingMessage, response: ServerResponse) => void]>([
		["a 500", sends("oops", { status: 500, type: "text/plain" })],
		["a 503 in JSON", sends('{"errors":[{"code":"down","message":"Down"}]}', { status: 503 })],
		["a 429", sends("{}", { status: 429 })],
		["a 401", sends('{"errors":[]}', { status: 401 })],
		["a 404", sends('{"errors":[{"code":"resource_not_found","message":"None"}]}', { status: 404 })],
		["a page of HTML", sends("<html>", { type: "text/html" })],
		["half of a JSON text", sends('{"data":[')],
		["an object that is no page", sends("{}")],
		["a page without a count", sends('{"data":[]}')],
		["memberships that are none", sends('{"data":[{"object":"organization_membership"}],"total_count":1}')],
		["a role that is a list", sends(page({ ...membership("x"), role: ["org:owner"] }))],
		["nothing", (_request, response) => response.writeHead(204).end()],
		["a broken connection", (request) => request.socket.destroy()],
	])("%s", async (_name, answer) => {
		const clerk = await openClerk(answer);
		await expect(clerk.currentRole(person())).rejects.toMatchObject(unconfirmed);
		clerk.answer = sends(page(membership("org:owner")));
		expect(await clerk.currentRole(person())).toBe("owner");
	});

	test("no answer within three seconds (real time)", async () => {
		const clerk = await openClerk(() => undefined);
		const startedAt = performance.now();
		const both = [clerk.currentRole(person()), clerk.currentRole(person())];
		for (const one of both) await expect(one).rejects.toMatchObject(unconfirmed);
		expect(performance.now() - startedAt).toBeGreaterThan(2_900);
		expect(clerk.requests).toHaveLength(1);
		clerk.answer = sends(page(membership("org:owner")));
		expect(await clerk.currentRole(person())).toBe("owner");
	});

	test("a refused connection; and what Clerk said is the cause, without the secret key", async () => {
		const clerk = await openClerk(sends('{"errors":[{"code":"down","message":"Down"}]}', { status: 503 }));
		const refused: unknown = await clerk.currentRole(person()).catch((error: unknown) => error);
		expect(refused).toMatchObject({ cause: { message: "Clerk's Backend API answered 503 (down: Down)" } });
		clerk.close();
		const failed: unknown = await clerk.currentRole(person()).catch((error: unknown) => error);
		expect(failed).toMatchObject(unconfirmed);
		expect(String((failed as Error).cause)).toContain("gave no usable answer");
		expect(JSON.stringify([refused, failed])).not.toContain(secretKey);
	});
});
