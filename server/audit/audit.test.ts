import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { PromisedAuditEntry } from "@/lib/contract/audit-entry";
import { openTestApi, type TestApi, type TestTenant } from "@/test/api";
import { decisionTrail, insertDeployment, insertProject } from "@/test/rows";
import { firstBrokenEntry } from "./chain";

let api: TestApi;
beforeAll(async () => {
	api = await openTestApi();
});
afterAll(() => api.close());

async function wholeLog(tenant: TestTenant, query = ""): Promise<PromisedAuditEntry[]> {
	const entries: PromisedAuditEntry[] = [];
	let cursor = "";
	do {
		const path = `/v1/audit-log?${query}${cursor}`;
		const { status, body } = await api.ask("GET", path, { as: tenant.viewer });
		expect(status).toBe(200);
		entries.push(...body.entries);
		cursor = body.has_more ? `&cursor=${body.next_cursor}` : "";
	} while (cursor !== "");
	return entries;
}

/** A bit of everything that people do, many of them at the same time. */
async function mixedRun(tenant: TestTenant): Promise<void> {
	const projectId = await insertProject(api, tenant.id);
	const ids = [];
	for (let number = 0; number < 20; number += 1)
		ids.push(await insertDeployment(api, tenant.id, { projectId }));
	const as = tenant.owner;
	const body = { project_id: projectId, action_type: "retry" };
	await Promise.all([
		...ids.flatMap((id) => [
			api.ask("POST", `/v1/prompts/deployments/${id}/approve`, {
				as,
				body: { reason: "Zürich \u2028 🙂 <b>" },
			}),
			api.ask("POST", `/v1/prompts/deployments/${id}/reject`, {
				as,
				body: { reason: "Zürich \u2028 🙂 <b>" },
			}),
		]),
		...ids
			.slice(0, 5)
			.map((id) => api.ask("POST", "/v1/control/execute", { as, body: { ...body, deployment_id: id } })),
		api.ask("POST", "/v1/control/killswitch/enable", { as }),
		api.ask("POST", "/v1/projects", { as, body: { name: "Another" } }),
		api.ask("POST", "/v1/control/execute", { as: tenant.viewer, body }),
	]);
	await api.ask("POST", "/v1/control/execute", { as, body });
}

describe("the audit log", () => {
	test("is one unbroken chain after a mixed run, and holds every decision exactly once", async () => {
		const [tenant, other] = [await api.makeTenant(), await api.makeTenant()];
		await Promise.all([mixedRun(tenant), mixedRun(other)]);
		for (const one of [tenant, other]) {
			const entries = (await wholeLog(one)).reverse();
			expect(entries.length).toBeGreaterThan(25);
			expect(entries[0]?.prev_hash).toBe("0".repeat(64));
			expect(firstBrokenEntry(entries)).toBeNull();
			const told = entries.map(({ metadata }) => metadata.decision_id).filter((id) => id !== undefined);
			const decided = (await decisionTrail(api, one.id)).map(({ id }) => id);
			expect([...told].sort()).toEqual([...decided].sort());
		}
	});

	test("can be checked by anybody: sha256 over prev_hash and the canonical JSON of the entry", async () => {
		const tenant = await api.makeTenant();
		await api.ask("POST", "/v1/projects", { as: tenant.owner, body: { name: "Ä \u2028" } });
		const [entry] = await wholeLog(tenant);
		if (entry === undefined) return expect.unreachable();
		const { id, event, actor_type, actor_id, resource_id, created_at } = entry;
		const { name, slug } = entry.metadata;
		const canonical = `{"actor_id":${JSON.stringify(actor_id)},"actor_type":"${actor_type}","created_at":"${created_at}","event":"${event}","id":"${id}","metadata":{"name":${JSON.stringify(name)},"slug":"${slug}"},"resource_id":"${resource_id}"}`;
		const hash = createHash("sha256")
			.update(entry.prev_hash + canonical)
			.digest("hex");
		expect(entry.curr_hash).toBe(hash);
	});

	test("shows every change of an entry, and an entry taken out, put in or moved", async () => {
		const tenant = await api.makeTenant();
		for (const name of ["A", "B", "C"]) {
			await api.ask("POST", "/v1/projects", { as: tenant.owner, body: { name } });
		}
		const entries = (await wholeLog(tenant)).reverse();
		const [first, second, third] = entries;
		if (first === undefined || second === undefined || third === undefined) return expect.unreachable();
		for (const field of Object.keys(second)) {
			const changed = { ...second, [field]: field === "metadata" ? {} : `${field}!` };
			expect(firstBrokenEntry([first, changed, third])).not.toBeNull();
		}
		expect(firstBrokenEntry([first, third])).toBe(third.id);
		expect(firstBrokenEntry([second, third])).toBe(second.id);
		expect(firstBrokenEntry([first, second, second, third])).toBe(second.id);
		expect(firstBrokenEntry([first, third, second])).toBe(third.id);
	});

	test("is newest first in pages of 50, without gap or repeat", async () => {
		const tenant = await api.makeTenant();
		for (let number = 0; number < 60; number += 1) {
			const verb = number % 2 === 0 ? "enable" : "disable";
			await api.ask("POST", `/v1/control/killswitch/${verb}`, { as: tenant.owner });
		}
		const first = await api.ask("GET", "/v1/audit-log", { as: tenant.owner });
		expect([first.body.entries.length, first.body.has_more]).toEqual([50, true]);
		const entries = await wholeLog(tenant);
		expect(new Set(entries.map(({ id }) => id)).size).toBe(60);
		expect(firstBrokenEntry(entries.reverse())).toBeNull();
		expect(await wholeLog(tenant, "event=kill_switch.enabled")).toHaveLength(30);
	});

	test("filters by time: from is included, to is not", async () => {
		const tenant = await api.makeTenant();
		const moments: string[] = [];
		for (const name of ["A", "B", "C"]) {
			api.pass(1_000);
			moments.push(api.clock().toISOString());
			await api.ask("POST", "/v1/projects", { as: tenant.owner, body: { name } });
		}
		const between = await wholeLog(tenant, `from=${moments[1]}&to=${moments[2]}`);
		expect(between.map(({ created_at }) => created_at)).toEqual([moments[1]]);
	});

	test("is open to owners and viewers, closed to members, and each tenant's own", async () => {
		const [tenant, stranger] = [await api.makeTenant(), await api.makeTenant()];
		await api.ask("POST", "/v1/projects", { as: tenant.owner, body: { name: "A" } });
		const status = async (role: "owner" | "member" | "viewer") =>
			(await api.ask("GET", "/v1/audit-log", { as: tenant[role] })).status;
		expect([await status("owner"), await status("viewer"), await status("member")]).toEqual([200, 200, 403]);
		expect(await wholeLog(stranger)).toEqual([]);
	});
});
