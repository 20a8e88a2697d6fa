import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test, vi } from "vitest";
import { announcedExtensions, announcedSearch, isAnnouncementRead } from "./extensions";

const path = "/v1/prompts/deployments";
let server: Server | undefined;
let asked = 0;
afterEach(() => {
	server?.close();
	asked = 0;
});

/** An API that answers `/health` with this text. */
async function apiThatSays(text: string, status = 200): Promise<string> {
	server = createServer((_request, response) => {
		asked += 1;
		response.statusCode = status;
		response.end(text);
	});
	await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test("what a server announces is known, what we do not know is left out, and it is asked once a minute", async () => {
	const url = await apiThatSays('{"status":"ok","extensions":["fields=summary","teleport"]}');
	expect([...(await announcedExtensions(url))]).toEqual(["fields=summary"]);
	expect([...(await announcedExtensions(url))]).toEqual(["fields=summary"]);
	expect(asked).toBe(1);
});

test.each([
	['{"status":"ok"}', 200],
	["ok", 200],
	['{"extensions":"all"}', 200],
	['{"error":"Not found"}', 404],
	["", 302],
])("a server that says %s with %i was asked, and adds nothing", async (text, status) => {
	const url = await apiThatSays(text, status);
	expect([...(await announcedExtensions(url))]).toEqual([]);
	expect(await isAnnouncementRead(url)).toBe(true);
});

test.each(["503", "429"])("of a server that answers %s it is not known what it adds", async (status) => {
	const url = await apiThatSays('{"error":"Not now."}', Number(status));
	expect([...(await announcedExtensions(url))]).toEqual([]);
	expect(await isAnnouncementRead(url)).toBe(false);
});

test("a server that is not there adds nothing until it is back, which is noticed in seconds", async () => {
	const url = await apiThatSays('{"extensions":["queue"]}');
	const closed = server;
	await new Promise((done) => closed?.close(done));
	expect([...(await announcedExtensions(url))]).toEqual([]);
	expect(await isAnnouncementRead(url)).toBe(false);

	closed?.listen(Number(new URL(url).port), "127.0.0.1");
	await vi.waitFor(async () => expect(await isAnnouncementRead(url)).toBe(true), 5_000);
	expect([...(await announcedExtensions(url))]).toEqual(["queue"]);
});

test.each([
	["nothing announced", [], "?limit=5"],
	["one announced", ["cluster_signature"], "?limit=5&cluster_signature=sha256%3Aa+b"],
	["another announced", ["fields=summary"], "?fields=summary&limit=5"],
	["a third announced", ["deployment_id", "approve-reason"], "?limit=5&deployment_id=d1"],
] as const)(
	"the gateway passes on our own parameters as far as they are announced: %s",
	async (_name, known, left) => {
		const search = "?fields=summary&limit=5&cluster_signature=sha256%3Aa%20b&deployment_id=d1";
		expect(await announcedSearch(path, search, async () => new Set(known))).toBe(left);
	},
);

test("what holds nothing of ours, and what is announced, is passed on letter for letter", async () => {
	const neverAsked = () => Promise.reject(new Error("nobody had to be asked"));
	for (const search of ["", "?", "?status=%70roposed&x=%20+", "?cursor=fields"]) {
		expect(await announcedSearch(path, search, neverAsked)).toBe(search);
	}
	const all = async () => new Set(["fields=summary", "cluster_signature", "deployment_id"] as const);
	const search = "?fields=summary&cluster_signature=a%20b&deployment_id=d1";
	expect(await announcedSearch(path, search, all)).toBe(search);
	expect(await announcedSearch(path, "?fields=summary", async () => new Set())).toBe("");
});

test("the filters of the control actions are ours there, and the contract's own where it lists deployments", async () => {
	const search = "?status=failed&action_type=retry&project_id=p1&trace_id=t1";
	const [filters, none] = [async () => new Set(["action-filters"] as const), async () => new Set<never>()];
	expect(await announcedSearch("/v1/control/actions", search, filters)).toBe(search);
	expect(await announcedSearch("/v1/control/actions", search, none)).toBe("?trace_id=t1");
	expect(await announcedSearch(path, search, none)).toBe(search);
	expect(await announcedSearch("constructor", search, none)).toBe(search);
});
