import { createPublicKey, randomUUID } from "node:crypto";
import type { Role } from "@/lib/contract/role";
import { createApi } from "@/server/app";
import { createVerifyCaller } from "@/server/auth/verify-caller";
import type { Services } from "@/server/context";
import type { Executor } from "@/server/control/executor";
import { noExecutor } from "@/server/control/executors/none";
import { createCursors } from "@/server/cursor";
import { type LiveLimits, liveLimits } from "@/server/events/limits";
import { createLiveEvents } from "@/server/events/live-events";
import type { Readiness } from "@/server/operations/mount";
import { ensureTenant } from "@/server/tenants/ensure";
import { openTestDatabase } from "./database";
import { authorizedParty, claimsOf, issuer, publicKeyPem, signToken } from "./tokens";

export interface Asked {
	as?: { organizationId: string; role: Role; userId?: string } | null;
	body?: unknown;
	headers?: Record<string, string>;
}

interface Answer {
	status: number;
	headers: Headers;
	// biome-ignore lint/suspicious/noExplicitAny: what came back is what the test looks at
	body: any;
}

/** The whole server over an empty migrated database in memory, with a clock that only tests move. */
export async function openTestApi(
	options: {
		executor?: Executor;
		currentRole?: Services["currentRole"];
		readiness?: Readiness;
		writesPerMinute?: number;
		/** Streams end at once unless a test says otherwise: most want the whole answer. */
		liveLimits?: Partial<LiveLimits>;
		/** True where other processes share the database. */
		isShared?: boolean;
	} = {},
) {
	const connection = await openTestDatabase();
	const { db, orm } = connection;
	let now = new Date("2026-11-22T10:00:00.000Z");
	const clock = () => now;
	const logLines: Record<string, unknown>[] = [];
	const write = (level: string) => (event: string, fields?: Record<string, unknown>) => {
		logLines.push({ level, event, ...fields });
	};
	const rules = {
		key: createPublicKey(publicKeyPem()),
		issuer,
		authorizedParties: [authorizedParty],
	};
	const log = { info: write("info"), error: write("error") };
	const limits = { ...liveLimits, lifetimeMs: 0, ...options.liveLimits };
	const openChannel = options.isShared ? connection.openChannel : null;
	const events = createLiveEvents({ db, clock, log, limits, openChannel });
	const app = createApi({
		db,
		clock,
		events,
		cursors: createCursors("a secret of the tests"),
		currentRole: options.currentRole ?? (async (caller) => caller.role),
		verifyCaller: createVerifyCaller(rules, clock),
		executor: options.executor ?? noExecutor,
		log,
		readiness: options.readiness ?? (async () => []),
		writesPerMinute: options.writesPerMinute ?? 0,
	});

	async function send(path: string, init: RequestInit): Promise<Answer> {
		const response = await app.request(path, init);
		const text = await response.text();
		return {
			status: response.status,
			headers: response.headers,
			body: text === "" ? null : bodyOf(response, text),
		};
	}

	/** Sends a request as somebody, with a JSON body when one is given. */
	async function ask(method: string, path: string, { as, body, headers = {} }: Asked = {}): Promise<Answer> {
		const all = new Headers(headers);
		if (as) {
			const person = { userId: `user_${as.role}`, ...as };
			all.set("Authorization", `Bearer ${await signToken(claimsOf(person, now))}`);
		}
		if (body !== undefined && !all.has("Content-Type")) all.set("Content-Type", "application/json");
		const sent = typeof body === "string" || body === undefined ? body : JSON.stringify(body);
		return send(path, { method, headers: all, body: sent });
	}

	/** A tenant of its own for a test, with somebody in each role. */
	async function makeTenant() {
		const organizationId = `org_${randomUUID().replaceAll("-", "")}`;
		return {
			organizationId,
			id: await db.asOwner((tx) => ensureTenant(tx, clock, organizationId)),
			owner: { organizationId, role: "owner" as const },
			member: { organizationId, role: "member" as const },
			viewer: { organizationId, role: "viewer" as const },
		};
	}

	return {
		app,
		db,
		orm,
		clock,
		ask,
		send,
		makeTenant,
		logLines,
		/** Moves the clock on. */
		pass: (milliseconds: number) => {
			now = new Date(now.getTime() + milliseconds);
		},
		events,
		async close() {
			await events.close();
			await connection.close();
		},
	};
}

function bodyOf(response: Response, text: string): unknown {
	const isStream = response.headers.get("Content-Type")?.startsWith("text/event-stream");
	return isStream ? text : JSON.parse(text);
}

export type TestApi = Awaited<ReturnType<typeof openTestApi>>;
export type TestTenant = Awaited<ReturnType<TestApi["makeTenant"]>>;
