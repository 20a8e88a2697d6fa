import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { announcedExtensions, announcedSearch } from "./extensions";

const path = "/v1/prompts/deployments";
let server: Server | undefined;
let asked = 0;
afterEach(() => {
	server?.close();
	asked = 0;
});

/** An API that answers `/health` with this text. */
async function apiThatSays(text: string): Promise<string> {
	server = createServer((_request, response) => {
		asked += 1;
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

test.each(['{"status":"ok"}', "ok", '{"extensions":"all"}'])(
	"a server that says %s adds nothing",
	async (text) => {
		expect([...(await announcedExtensions(await apiThatSays(text)))]).toEqual([]);
	},
);

test("a server that is not there adds nothing", async () => {
	expect([...(await announcedExtensions("http://127.0.0.1:1"))]).toEqual([]);
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
