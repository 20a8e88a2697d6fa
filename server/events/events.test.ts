import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { promisedLiveChangeSchema } from "@/lib/contract/live-event";
import { type Asked, openTestApi, type TestApi, type TestTenant } from "@/test/api";
import { openEvents, readEvents } from "@/test/event-reader";
import { auditTrail, insertDeployment, insertProject } from "@/test/rows";
import { claimsOf, signToken } from "@/test/tokens";
import type { Caller } from "../auth/caller";
import { type LiveLimits, liveLimits } from "./limits";
import { createLiveEvents } from "./live-events";

type Person = NonNullable<Asked["as"]>;
const limits = { lifetimeMs: 600_000, streams: 12, streamsOfTenant: 8, changes: 5, lingerMs: 30_000 };

let api: TestApi;
let tenant: TestTenant;
beforeAll(async () => {
	api = await openTestApi({ liveLimits: limits });
});
afterAll(() => api.close());
beforeEach(async () => {
	tenant = await api.makeTenant();
});

/** Writes an entry of the audit log, by making a project. */
const write = (name: string = randomUUID(), of = tenant) =>
	api.ask("POST", "/v1/projects", { as: of.owner, body: { name } });
const listen = (options?: Parameters<typeof openEvents>[2], as: Person = tenant.owner) =>
	openEvents(api, as, options);
const sequence = (id: string | undefined) => ({ event: "change", id });

/** Streams that a test has opened, to be closed after it: they count. */
const opened: { leave(): Promise<unknown> }[] = [];
async function keep<Reader extends { leave(): Promise<unknown> }>(reader: Promise<Reader>): Promise<Reader> {
	opened.push(await reader);
	return reader;
}
beforeEach(() => () => Promise.all(opened.splice(0).map((reader) => reader.leave())));

describe("GET /v1/events", () => {
	test("is a stream that begins with where the log ends and tells each change as the log has it", async () => {
		await write();
		const { next } = await keep(listen());
		expect(await next()).toEqual({ event: "hello", id: "1", data: {} });
		const made = await write("Support");
		const id = await insertDeployment(api, tenant.id, { projectId: made.body.id });
		await api.ask("POST", `/v1/prompts/deployments/${id}/approve`, { as: tenant.owner });
		const [first, second] = [await next(), await next()];
		const at = api.clock().toISOString();
		expect(first).toEqual({
			...sequence("2"),
			data: { event: "project.created", resource_id: made.body.id, at },
		});
		expect(second).toEqual({ ...sequence("3"), data: { event: "deployment.approved", resource_id: id, at } });
		expect(promisedLiveChangeSchema.safeParse(second?.data).success).toBe(true);
	});

	test("goes on after Last-Event-ID", async () => {
		for (let count = 0; count < 4; count += 1) await write();
		const { take } = await keep(listen({ after: "2" }));
		const events = await take(3);
		expect(events.map((one) => `${one?.event} ${one?.id}`)).toEqual(["hello 2", "change 3", "change 4"]);
	});

	test("tells who was away for too long, or comes with what is no id of ours, to begin anew", async () => {
		for (let count = 0; count < 7; count += 1) await write();
		const strange = ["8", "-1", "x", "007", "99999999999999999999", "1.5"];
		const readers = await Promise.all(["1", ...strange].map((after) => keep(listen({ after }))));
		await write();
		for (const { take } of readers) {
			const events = await take(2);
			expect(events.map((one) => `${one?.event} ${one?.id}`)).toEqual(["reset 7", "change 8"]);
		}
	});

	test("misses nothing and repeats nothing while much is written", async () => {
		const writes = Array.from({ length: 5 }, (_, place) => write(`Before ${place}`));
		const readers = await Promise.all([1, 2, 3].map(() => keep(listen({ after: "0" }))));
		await Promise.all(writes);
		for (const { take } of readers) {
			const events = await take(6);
			expect(events.map((one) => one?.id)).toEqual(["0", "1", "2", "3", "4", "5"]);
		}
		const trail = await auditTrail(api, tenant.id);
		expect(trail.map((entry) => entry.sequence)).toEqual([1, 2, 3, 4, 5]);
	});

	test("says nothing of what was rolled back, nor of what happens in another tenant", async () => {
		const elsewhere = await api.makeTenant();
		const { take } = await keep(listen());
		await write("Elsewhere", elsewhere);
		await write("Taken");
		expect((await write("Taken")).status).toBe(409);
		await write();
		const events = await take(3);
		expect(events.map((one) => one?.data.event ?? null)).toEqual([
			null,
			"project.created",
			"project.created",
		]);
	});

	test("tells of API keys whom the audit log tells of them, and nobody else", async () => {
		const member = await keep(listen({}, tenant.member));
		const viewer = await keep(listen({}, tenant.viewer));
		await api.ask("POST", "/v1/apikeys", { as: tenant.owner, body: { name: "key", role: "viewer" } });
		await write();
		const seen = async (reader: typeof member, count: number) =>
			(await reader.take(count)).map((one) => one?.data.event ?? null);
		expect(await seen(viewer, 3)).toEqual([null, "api_key.created", "project.created"]);
		expect(await seen(member, 2)).toEqual([null, "project.created"]);
	});

	test("is not held back or kept by anything in between", async () => {
		const answer = await api.ask("HEAD", "/v1/events", { as: tenant.owner });
		expect(Object.fromEntries(answer.headers)).toMatchObject({
			"content-type": "text/event-stream",
			"x-accel-buffering": "no",
			"cache-control": "private, no-store",
			"x-content-type-options": "nosniff",
		});
	});
});

describe("streams are counted", () => {
	test("and one too many of a tenant is refused, until one of them ends", async () => {
		const readers = await Promise.all(
			Array.from({ length: limits.streamsOfTenant }, () => keep(listen({ after: "0" }))),
		);
		const refused = await api.ask("GET", "/v1/events", { as: tenant.viewer });
		expect([refused.status, refused.body.code, refused.headers.get("Retry-After")]).toEqual([
			429,
			"rate_limited",
			"30",
		]);
		await readers[0]?.leave();
		await keep(listen());
	});

	test("and one too many of the process is refused", async () => {
		const elsewhere = await api.makeTenant();
		for (let count = 0; count < limits.streams; count += 1) {
			await keep(listen({}, (count < limits.streamsOfTenant ? tenant : elsewhere).owner));
		}
		const refused = await api.ask("GET", "/v1/events", { as: elsewhere.owner });
		expect([refused.status, refused.body.code]).toEqual([503, "overloaded"]);
	});

	test("but what was refused, and HEAD, are no streams", async () => {
		for (let count = 0; count < limits.streams + 1; count += 1) {
			expect((await api.ask("HEAD", "/v1/events", { as: tenant.owner })).status).toBe(200);
			const path = `/v1/events?looking_at=${tenant.id}`;
			expect((await api.ask("GET", path, { as: tenant.owner })).status).toBe(404);
		}
		await keep(listen());
	});
});

describe("who looks at a deployment", () => {
	test("is told which owners do, oneself among them; who leaves is gone at once", async () => {
		const lookingAt = await insertDeployment(api, tenant.id);
		const person = (userId: string, role: "owner" | "member" = "owner") => ({
			organizationId: tenant.organizationId,
			userId,
			role,
		});
		const ada = await keep(listen({ lookingAt }, person("user_ada")));
		const member = await keep(listen({ lookingAt }, person("user_max", "member")));
		const bob = await keep(listen({ lookingAt }, person("user_bob")));
		const seen = async ({ next }: typeof ada) => {
			const event = await next();
			return event?.event === "presence" ? event.data.user_ids : event?.event;
		};
		expect([await seen(ada), await seen(ada), await seen(ada)]).toEqual([
			"hello",
			["user_ada"],
			["user_ada", "user_bob"],
		]);
		await bob.leave();
		expect([await seen(member), await seen(member), await seen(member), await seen(member)]).toEqual([
			"hello",
			["user_ada"],
			["user_ada", "user_bob"],
			["user_ada"],
		]);
		expect(await seen(ada)).toEqual(["user_ada"]);
	});

	test("is not a key, nor somebody in an owner's name", async () => {
		const lookingAt = await insertDeployment(api, tenant.id);
		const body = { name: "key", role: "owner" };
		const { key } = (await api.ask("POST", "/v1/apikeys", { as: tenant.owner, body })).body;
		const claims = claimsOf({ ...tenant.owner, userId: "user_owner" }, api.clock());
		const asOwner = await signToken({ ...claims, act: { sub: "user_support" } });
		for (const token of [key, asOwner]) {
			const answer = await api.app.request(`/v1/events?looking_at=${lookingAt}`, {
				headers: { Authorization: `Bearer ${token}` },
			});
			if (answer.body === null) throw new Error("There is no stream");
			await keep(Promise.resolve(readEvents(answer.body)));
		}
		const { take } = await keep(listen({ lookingAt }, tenant.viewer));
		expect((await take(2)).at(1)?.data).toEqual({ deployment_id: lookingAt, user_ids: [] });
	});

	test("cannot be asked of another tenant's deployment", async () => {
		const elsewhere = await api.makeTenant();
		const id = await insertDeployment(api, elsewhere.id, {
			projectId: await insertProject(api, elsewhere.id),
		});
		const { status, body } = await api.ask("GET", `/v1/events?looking_at=${id}`, { as: tenant.owner });
		expect([status, body.code, body.error]).toEqual([404, "not_found", "There is no such deployment."]);
	});
});

describe("a stream", () => {
	/** Live events of another process on the same database, with limits of their own. */
	function openProcess(own: Partial<LiveLimits>) {
		const { db, clock } = api;
		const log = { info: () => undefined, error: () => undefined };
		const all = { ...liveLimits, ...limits, ...own };
		const events = createLiveEvents({ db, clock, log, limits: all, openChannel: null });
		const open = async (person: "owner" | "member", lookingAt: string | null = null) => {
			const caller: Caller = {
				tenantId: tenant.id,
				organizationId: tenant.organizationId,
				actor: { type: "user", id: `user_${person}` },
				role: person,
				isImpersonated: false,
			};
			return readEvents(await events.open({ caller, resume: null, lookingAt, hangUp: undefined }));
		};
		return { events, open };
	}

	test("says that it is alive where nothing happens, ends by itself, and its reader still counts as there", async () => {
		const { events, open } = openProcess({ lifetimeMs: 60, heartbeatMs: 5, lingerMs: 40 });
		const lookingAt = await insertDeployment(api, tenant.id);
		const first = await open("owner", lookingAt);
		await first.take(2);
		expect(await first.next()).toBeNull();
		expect(first.comments()).toBeGreaterThan(2);
		const member = await open("member", lookingAt);
		const told = await member.take(3);
		expect(told.map((one) => one?.data.user_ids ?? one?.event)).toEqual(["hello", ["user_owner"], []]);
		await events.close();
	});

	test("ends when the server begins to stop, and no other one begins", async () => {
		const { events, open } = openProcess({});
		const { take } = await open("owner");
		events.endStreams();
		expect((await take(2)).at(1)).toBeNull();
		await expect(open("owner")).rejects.toMatchObject({
			code: "overloaded",
			headers: { "Retry-After": "1" },
		});
		await events.close();
	});

	test("that nobody reads is dropped, and costs nobody else anything", async () => {
		const { events, open } = openProcess({ unreadBytes: 400, streamsOfTenant: 2 });
		const [slow, reader] = [await open("owner"), await open("owner")];
		await expect(open("owner")).rejects.toMatchObject({ code: "rate_limited" });
		await reader.next();
		for (let count = 0; count < 4; count += 1) {
			await write();
			await reader.next();
		}
		expect((await (await open("owner")).next())?.id).toBe("4");
		await expect(slow.take(5)).rejects.toThrow();
		await events.close();
	});
});
