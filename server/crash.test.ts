import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { DeploymentStatus } from "@/lib/contract/deployment-status";
import { insertDeployments, insertProject } from "@/test/rows";
import { makeServerDatabase, type ServerDatabase, startServer } from "@/test/server-process";
import { isThorough } from "@/test/thorough";
import { claimsOf, signToken } from "@/test/tokens";
import { firstBrokenEntry } from "./audit/chain";
import { entryAnswer } from "./audit/list";
import { systemClock } from "./clock";
import { auditEntries, decisions, deployments } from "./db/schema";
import { ensureTenant } from "./tenants/ensure";

/** A start of the embedded database takes seconds, so there are fewer of them. */
const kills = isThorough ? 20 : 4;
const decisionsInAll = 100 * kills;
const atOnce = 8;
const rounds = 3 * kills;

let database: ServerDatabase;
beforeAll(async () => {
	database = await makeServerDatabase();
});
afterAll(() => database.drop());

const person = { organizationId: "org_crash", userId: "user_owner", role: "owner" as const };
const headers = async () => ({ Authorization: `Bearer ${await signToken(claimsOf(person, new Date()))}` });

/** Rows to decide on, made before any server runs. */
async function makeDeployments(count: number): Promise<string[]> {
	const connection = await database.open();
	const api = { orm: connection.orm, clock: systemClock };
	const tenantId = await connection.db.asOwner((tx) => ensureTenant(tx, systemClock, person.organizationId));
	const projectId = await insertProject(api, tenantId);
	const ids = await insertDeployments(api, tenantId, projectId, count);
	await connection.close();
	return ids;
}

test(`of ${decisionsInAll} decisions over ${kills} kills of the server none that was acknowledged is lost`, async () => {
	const waiting = await makeDeployments(decisionsInAll + kills * atOnce + 200);
	const acknowledged = new Map<string, DeploymentStatus>();
	let killed = 0;
	for (let round = 0; acknowledged.size < decisionsInAll || killed < kills; round += 1) {
		expect(round, "rounds that did not get on").toBeLessThan(rounds);
		const { child, url } = await startServer(database.variables);
		const share = Math.ceil((decisionsInAll - acknowledged.size) / Math.max(1, kills - killed));
		const enough = acknowledged.size + Math.max(1, share + Math.round((Math.random() - 0.5) * 60));
		let isOver = false;
		const decide = async () => {
			const authorization = await headers();
			while (!isOver) {
				const id = waiting.pop();
				if (id === undefined) return;
				const verb = Math.random() < 0.5 ? "approve" : "reject";
				try {
					const answer = await fetch(`${url}/v1/prompts/deployments/${id}/${verb}`, {
						method: "POST",
						headers: authorization,
					});
					const body = (await answer.json()) as { status: DeploymentStatus };
					if (answer.status !== 200) throw new Error(`${answer.status}: ${JSON.stringify(body)}`);
					acknowledged.set(id, body.status);
				} catch (error) {
					// What was asked and not acknowledged may be there or not; anything else is a fault.
					if (!isOver) throw error;
				}
			}
		};
		const deciders = Promise.all(Array.from({ length: atOnce }, decide));
		while (acknowledged.size < enough && waiting.length > 0) await pause(2);
		isOver = true;
		child.process.kill("SIGKILL");
		await Promise.all([deciders, child.ended]);
		killed += 1;
	}

	// The last start is an ordinary one: whatever recovery there is has run when the rows are looked at.
	const last = await startServer(database.variables);
	last.child.process.kill("SIGTERM");
	expect(await last.child.ended).toBe(0);

	const { orm, close } = await database.open();
	const stored = new Map((await orm.select().from(deployments)).map(({ id, status }) => [id, status]));
	const lost = [...acknowledged].filter(([id, status]) => stored.get(id) !== status);
	const decided = await orm.select().from(decisions);
	const entries = (await orm.select().from(auditEntries)).sort((a, b) => a.sequence - b.sequence);
	await close();
	expect(lost).toEqual([]);
	const decidedIds = decided.map(({ id }) => id).sort();
	expect(entries.map(({ metadata }) => metadata.decision_id).sort()).toEqual(decidedIds);
	expect([...stored.values()].filter((status) => status !== "ab_passed")).toHaveLength(decided.length);
	expect(decided.length - acknowledged.size).toBeLessThanOrEqual(killed * atOnce);
	expect(firstBrokenEntry(entries.map(entryAnswer))).toBeNull();
	process.stdout.write(
		`${acknowledged.size} decisions acknowledged over ${killed} kills, ${lost.length} lost; ${decided.length} stored, ${entries.length} audit entries, chain whole\n`,
	);
}, 300_000);
