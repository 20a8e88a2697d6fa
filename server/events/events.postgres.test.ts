import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { readEvents } from "@/test/event-reader";
import { insertDeployment } from "@/test/rows";
import { makeServerDatabase, type ServerDatabase } from "@/test/server-process";
import { appendAuditEntry } from "../audit/append";
import type { Caller } from "../auth/caller";
import { systemClock } from "../clock";
import type { Connection } from "../db/database";
import { statement } from "../db/statement";
import { ensureTenant } from "../tenants/ensure";
import { type LiveLimits, liveLimits } from "./limits";
import { createLiveEvents, type LiveEvents } from "./live-events";

/** Nothing is found by looking, unless a test says so: what comes has come by a message. */
const limits = { ...liveLimits, lookMs: 600_000, presenceBeatMs: 600_000 };
const silent = { info: () => undefined, error: () => undefined };

let database: ServerDatabase;
/** What two server processes have open. */
let one: Connection;
let other: Connection;
beforeAll(async () => {
	database = await makeServerDatabase();
	[one, other] = await Promise.all([database.open(), database.open()]);
});
const running: LiveEvents[] = [];
afterEach(async () => {
	for (const events of running.splice(0)) await events.close();
});
afterAll(async () => {
	await one.close();
	await other.close();
	await database.drop();
});

/** The live events of a process, and who listens there. */
function startProcess({ db, openChannel }: Connection, own: Partial<LiveLimits> = {}) {
	const all = { ...limits, ...own };
	const events = createLiveEvents({ db, clock: systemClock, log: silent, limits: all, openChannel });
	running.push(events);
	const listen = async (tenantId: string, userId = "user_ada", lookingAt: string | null = null) => {
		const caller: Caller = {
			tenantId,
			organizationId: "org",
			actor: { type: "user", id: userId },
			role: "owner",
			isImpersonated: false,
		};
		return readEvents(await events.open({ caller, resume: null, lookingAt, hangUp: undefined }));
	};
	return { events, listen };
}

function makeTenant(): Promise<string> {
	return one.db.asOwner((tx) => ensureTenant(tx, systemClock, `org_${randomUUID()}`));
}

/** Commits an entry of the tenant's log in one of the processes. */
function write({ db }: Connection, tenantId: string): Promise<void> {
	return db.inTenant(tenantId, (tx) =>
		appendAuditEntry(tx, {
			tenantId,
			event: "project.changed",
			actor: { type: "user", id: "user_ada" },
			resourceId: null,
			metadata: {},
			at: new Date(),
		}),
	);
}

/** Connected is not yet listening: what is sent before that is lost. */
const listening = statement(`
	select pid from pg_stat_activity
	where application_name = 'countersign events' and state = 'idle' and query ~ 'LISTEN|pg_notify'
`);
const listeners = () => one.db.asOwner((tx) => tx.query<{ pid: number }>(listening, []));

/** Waits until so many processes listen to each other. */
async function untilConnected(count: number): Promise<void> {
	while ((await listeners()).length < count) await new Promise((resolve) => setTimeout(resolve, 10));
}

test("what one process commits, a reader of another is told by a message, and of its own tenant only", async () => {
	startProcess(one);
	const { listen } = startProcess(other);
	await untilConnected(2);
	const [tenantId, elsewhere] = [await makeTenant(), await makeTenant()];
	const reader = await listen(tenantId);
	expect((await reader.next())?.event).toBe("hello");
	await Promise.all(Array.from({ length: 20 }, () => write(one, elsewhere)));
	await Promise.all(Array.from({ length: 20 }, () => write(one, tenantId)));
	await write(other, tenantId);
	const told = await reader.take(21);
	expect(told.map((event) => event?.id)).toEqual(Array.from({ length: 21 }, (_, place) => String(place + 1)));
});

test("who looks at a deployment is known in both processes, and is gone in both at once", async () => {
	const [here, there] = [startProcess(one), startProcess(other)];
	await untilConnected(2);
	const tenantId = await makeTenant();
	const id = await insertDeployment({ orm: one.orm, clock: systemClock }, tenantId);
	const ada = await here.listen(tenantId, "user_ada", id);
	expect((await ada.take(2)).at(1)?.data.user_ids).toEqual(["user_ada"]);
	const bob = await there.listen(tenantId, "user_bob", id);
	expect((await ada.next())?.data.user_ids).toEqual(["user_ada", "user_bob"]);
	const seen = [];
	for (let event = await bob.next(); event !== null; event = await bob.next()) {
		seen.push(event.data.user_ids);
		if (seen.at(-1)?.toString() === "user_ada,user_bob") break;
	}
	here.events.endStreams();
	expect((await bob.next())?.data.user_ids).toEqual(["user_bob"]);
});

test("a commit that no message told of is found by looking", async () => {
	// No process of ours runs on the first connection: as if it had ended right after its commit.
	const { listen } = startProcess(other, { lookMs: 20 });
	const tenantId = await makeTenant();
	const reader = await listen(tenantId);
	await write(one, tenantId);
	const told = await reader.take(2);
	expect(told.map((event) => event?.id)).toEqual(["0", "1"]);
});

test("a connection for messages that breaks comes back by itself", async () => {
	startProcess(one);
	const { listen } = startProcess(other);
	await untilConnected(2);
	const tenantId = await makeTenant();
	const reader = await listen(tenantId);
	const before = await listeners();
	const end = statement("select pg_terminate_backend($1)");
	for (const { pid } of before) await one.db.asOwner((tx) => tx.query(end, [pid]));
	const isBack = async () =>
		(await listeners()).filter(({ pid }) => !before.some((old) => old.pid === pid)).length === 2;
	while (!(await isBack())) await new Promise((resolve) => setTimeout(resolve, 20));
	await write(one, tenantId);
	const told = await reader.take(2);
	expect(told.map((event) => event?.id)).toEqual(["0", "1"]);
});
