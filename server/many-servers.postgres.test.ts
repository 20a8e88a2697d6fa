import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { DeploymentStatus } from "@/lib/contract/deployment-status";
import { insertDeployment, insertProject } from "@/test/rows";
import { makeServerDatabase, type ServerDatabase, startServer } from "@/test/server-process";
import { isThorough } from "@/test/thorough";
import { claimsOf, signToken } from "@/test/tokens";
import { firstBrokenEntry } from "./audit/chain";
import { entryAnswer } from "./audit/list";
import { systemClock } from "./clock";
import type { Connection } from "./db/database";
import { auditEntries, decisions } from "./db/schema";
import { ensureTenant } from "./tenants/ensure";

const atOnce = 200;
const rounds = isThorough ? 50 : 10;

let database: ServerDatabase;
let connection: Connection;
let servers: Awaited<ReturnType<typeof startServer>>[];
beforeAll(async () => {
	database = await makeServerDatabase();
	connection = await database.open();
	// Together: both find the database as it is and want to bring it up to date.
	servers = await Promise.all([startServer(database.variables), startServer(database.variables)]);
}, 60_000);
afterAll(async () => {
	for (const { child } of servers) child.process.kill("SIGTERM");
	for (const { child } of servers) await child.ended;
	await connection.close();
	await database.drop();
});

interface Reply {
	status: number;
	body: {
		status?: DeploymentStatus;
		code?: string;
		current?: { status: string; by: string | null; at: string | null };
	};
}

test(`of ${atOnce} mixed decisions at once over two servers exactly one wins, in ${rounds} of ${rounds} rounds`, async () => {
	const organizationId = `org_${randomUUID().replaceAll("-", "")}`;
	const api = { orm: connection.orm, clock: systemClock };
	const tenantId = await connection.db.asOwner((tx) => ensureTenant(tx, systemClock, organizationId));
	const projectId = await insertProject(api, tenantId);
	let winners = 0;
	let losers = 0;
	for (let round = 0; round < rounds; round += 1) {
		// From here every way leads to an end. In the odd rounds an approval leads on to a state that can be left
		// again, and everybody says which record was meant.
		const isConditional = round % 2 === 1;
		const id = await insertDeployment(api, tenantId, {
			projectId,
			status: isConditional ? "ab_passed" : "monitoring",
		});
		const moment = new Date();
		const authorization = async (index: number) => {
			const person = { organizationId, userId: `user_${index % 7}`, role: "owner" as const };
			return { Authorization: `Bearer ${await signToken(claimsOf(person, moment))}` };
		};
		const path = `/v1/prompts/deployments/${id}`;
		const read = await fetch(`${servers[0]?.url}${path}`, { headers: await authorization(0) });
		await read.arrayBuffer();
		const tag = read.headers.get("ETag") ?? "";
		const ask = async (index: number): Promise<Reply> => {
			const verb = ["approve", "reject", "rollback"][index % 3];
			const answer = await fetch(`${servers[index % 2]?.url}${path}/${verb}`, {
				method: "POST",
				headers: { ...(await authorization(index)), ...(isConditional ? { "If-Match": tag } : {}) },
			});
			return { status: answer.status, body: (await answer.json()) as Reply["body"] };
		};
		const replies = await Promise.all(Array.from({ length: atOnce }, (_, index) => ask(index)));
		const won = replies.filter(({ status }) => status === 200);
		const lost = replies.filter(({ status }) => status !== 200);
		expect(won).toHaveLength(1);
		for (const { status, body } of lost) {
			// An approval of what is live is refused before anybody has won, with the state and nobody's name.
			const isAfterWinner = body.current?.by != null;
			expect([409, 412]).toContain(status);
			expect(body.code).toBe(status === 409 ? "already_decided" : "precondition_failed");
			if (!isAfterWinner) continue;
			expect(body.current).toMatchObject({
				status: won[0]?.body.status,
				by: expect.stringMatching(/^user_\d$/),
				at: expect.stringMatching(/Z$/),
			});
		}
		winners += won.length;
		losers += lost.length;
	}
	const decided = await connection.orm.select().from(decisions);
	const entries = (await connection.orm.select().from(auditEntries)).sort((a, b) => a.sequence - b.sequence);
	expect([decided.length, entries.length]).toEqual([rounds, rounds]);
	expect(firstBrokenEntry(entries.map(entryAnswer))).toBeNull();
	process.stdout.write(`${rounds} rounds of ${atOnce}: ${winners} winners, ${losers} told who was first\n`);
}, 180_000);
