import { importSPKI, jwtVerify } from "jose";
import { describe, expect, test } from "vitest";
import { loadOrCreateClerkKeys } from "../../local/clerk/keys";
import { type Cleanup, openTestApi, type Trouble } from "./test-api";
import { folderWith, lineOf, linesTo, runImport } from "./test-command";

const summary = (imported: number, alreadyThere: number, failed: number) =>
	`imported ${imported}, already there ${alreadyThere}, failed ${failed} (records.jsonl)\n`;

/** The command against a server of its own: records in, what was said and what the server kept out. */
async function importInto(context: Cleanup, content: string, troubles: Trouble[] = []) {
	const api = await openTestApi(context);
	api.troubles.push(...troubles);
	const folder = folderWith(context, content);
	const env = { COUNTERSIGN_API_URL: api.url, COUNTERSIGN_TOKEN: "test-token" };
	const run = () => runImport(["records.jsonl"], folder, env);
	return { api, run };
}

const sentNumbers = ({ deployments }: Awaited<ReturnType<typeof openTestApi>>) =>
	deployments.map(({ rationale }) => Number(String(rationale).replace("Change ", "")));

describe.concurrent("npm run import", { timeout: 120_000 }, () => {
	test("records are sent in their order, once, and a second run finds them there", async (context) => {
		const { api, run } = await importInto(
			context,
			`${lineOf(1)}\r\n\n${lineOf(2, { project: "Other" })}\n${lineOf(3)}`,
		);
		expect(await run()).toMatchObject({ code: 0, stdout: summary(3, 0, 0), stderr: [] });
		expect(sentNumbers(api)).toEqual([1, 2, 3]);
		const ids = api.deployments.map(({ project_id }) => project_id);
		expect(ids).toEqual(["project-1", "project-2", "project-1"]);
		expect(api.deployments[0]).toEqual({
			project_id: "project-1",
			cluster_signature: "sha256:abc",
			current_prompt: "You help.",
			proposed_prompt: "You help well, 1.",
			rationale: "Change 1",
			status: "proposed",
		});
		expect(await run()).toMatchObject({ code: 0, stdout: summary(0, 3, 0), stderr: [] });
		expect(sentNumbers(api)).toEqual([1, 2, 3]);
		expect(api.projects).toHaveLength(2);
	});

	test("each faulty record is named with its line and the others are imported", async (context) => {
		const content = [
			lineOf(1),
			"{oops",
			"",
			lineOf(4, { status: "live", extra: 1 }),
			lineOf(5),
			lineOf(6),
			lineOf(7),
		];
		const fields = [
			{ path: "current_prompt", message: "is too\nlong" },
			{ path: "project_id", message: "is wrong" },
		];
		const { api, run } = await importInto(context, content.join("\n"), [
			{ status: 201, body: { id: "d" } },
			{ status: 400, body: { error: "The request is not valid.", code: "invalid_request", fields } },
			{ status: 413, body: { error: "The body is too large." } },
		]);
		expect(await run()).toMatchObject({
			code: 1,
			stdout: summary(2, 0, 4),
			stderr: [
				"records.jsonl:2: record: is not valid JSON",
				"records.jsonl:4: status: must be proposed, ab_passed or ab_failed; extra: is not known here",
				"records.jsonl:5: current_prompt: is too long; project: is wrong",
				"records.jsonl:6: record: The body is too large",
			],
		});
		expect(sentNumbers(api)).toEqual([7]);
	});

	test("a project of the same name that is archived is taken, not doubled", async (context) => {
		const { api, run } = await importInto(context, linesTo(2));
		api.projects.push({
			id: "old",
			name: "Support",
			slug: "support",
			archived_at: "2026-01-01T00:00:00.000Z",
		});
		expect(await run()).toMatchObject({ code: 0, stdout: summary(2, 0, 0), stderr: [] });
		expect(api.deployments.map(({ project_id }) => project_id)).toEqual(["old", "old"]);
		expect(api.projects).toHaveLength(1);
	});

	test("a project of another name with the same slug is left alone and the new one gets its own slug", async (context) => {
		const { api, run } = await importInto(context, linesTo(1));
		api.projects.push({ id: "one", name: "support", slug: "support", archived_at: null });
		api.projects.push({ id: "two", name: "SUPPORT", slug: "support-2", archived_at: null });
		expect(await run()).toMatchObject({ code: 0, stdout: summary(1, 0, 0), stderr: [] });
		expect(api.projects[2]).toMatchObject({ name: "Support", slug: "support-3" });
		expect(api.deployments[0]?.project_id).toBe(api.projects[2]?.id);
	});

	test("a server fault and a lost connection are tried again, and nothing is imported twice", async (context) => {
		const { api, run } = await importInto(context, linesTo(3), [
			{ status: 500, body: { error: "Something went wrong.", code: "internal" } },
			"lost",
			{ status: 201, body: { id: "d" } },
			"lost after it was kept",
		]);
		const ended = await run();
		expect(ended).toMatchObject({ code: 0, stdout: summary(2, 1, 0) });
		expect(ended.stderr).toEqual([
			"status 500: Something went wrong; the next try is in 1 s",
			expect.stringMatching(/^the connection failed: .+; the next try is in 1 s$/),
			expect.stringMatching(/^the connection failed: .+; the next try is in 1 s$/),
		]);
		expect(sentNumbers(api)).toEqual([2, 3]);
	});

	test("an API that stays away stops the import at a named line, and a second run goes on from there", async (context) => {
		const { api, run } = await importInto(context, linesTo(5));
		const kept = api.deployments.push.bind(api.deployments);
		api.deployments.push = (...bodies) => {
			if (api.deployments.length === 1) api.setGone(true);
			return kept(...bodies);
		};
		const ended = await run();
		expect(ended).toMatchObject({ code: 1, stdout: summary(2, 0, 0) });
		expect(ended.stderr.at(-1)).toBe(
			`The API at ${api.url} does not answer (the connection failed: other side closed). The import stopped at records.jsonl:3. Run the same command again to go on: nothing is imported twice.`,
		);
		api.setGone(false);
		expect(await run()).toMatchObject({ code: 0, stdout: summary(3, 2, 0), stderr: [] });
		expect(sentNumbers(api)).toEqual([1, 2, 3, 4, 5]);
	});

	test("an API that asks to wait is obeyed", async (context) => {
		const { api, run } = await importInto(context, linesTo(1), [
			{ status: 429, headers: { "retry-after": "2" } },
		]);
		expect(await run()).toMatchObject({
			code: 0,
			stdout: summary(1, 0, 0),
			stderr: ["The API asks to wait; the next try is in 2 s"],
		});
		const [first, second] = api.requests.filter(({ path }) => path === "/v1/prompts/deployments");
		expect((second?.atMs ?? 0) - (first?.atMs ?? 0)).toBeGreaterThanOrEqual(1_950);
	});

	test("where nobody looks at a terminal, progress is a line for every hundred records at least", async (context) => {
		const { run } = await importInto(context, linesTo(205));
		const { stdout, progress } = await run();
		expect(stdout).toBe(summary(205, 0, 0));
		expect(progress.length).toBeGreaterThanOrEqual(2);
		expect(progress[0]).toMatch(/^records\.jsonl: line \d+, imported \d+, already there 0, failed 0$/);
	});

	test("without a token the local owner's is made for the dashboard's origin, and anew when it is refused", async (context) => {
		const api = await openTestApi(context, { token: null });
		api.troubles.push({ status: 401, body: { error: "Sign in.", code: "unauthenticated" } });
		const folder = folderWith(context, linesTo(1));
		const keys = await loadOrCreateClerkKeys(folder);
		const { port } = new URL(api.url);
		const env = { API_PORT: port, PORT: "4123", COUNTERSIGN_DATA_DIR: folder };
		expect(await runImport(["records.jsonl"], folder, env)).toMatchObject({
			code: 0,
			stdout: summary(1, 0, 0),
		});
		const tokens = api.requests.map(({ authorization }) => authorization.replace("Bearer ", ""));
		expect(new Set(tokens).size).toBe(2);
		const { payload } = await jwtVerify(tokens.at(-1) ?? "", await importSPKI(keys.publicKeyPem, "RS256"));
		expect(payload).toMatchObject({
			sub: "user_sampleOwner",
			azp: "http://localhost:4123",
			o: { rol: "owner" },
		});
	});

	test("what keeps it from starting is one sentence that says what to do", async (context) => {
		const api = await openTestApi(context);
		const folder = folderWith(context, linesTo(1));
		const good = { COUNTERSIGN_API_URL: api.url, COUNTERSIGN_TOKEN: "test-token" };
		const cases: [string[], Record<string, string>, RegExp][] = [
			[[], good, /^Name the file to import: npm run import -- deployments\.jsonl$/],
			[["nowhere.jsonl"], good, /^nowhere\.jsonl does not exist\. Name a JSONL file/],
			[["."], good, /^\. is a folder\./],
			[["records.jsonl"], { ...good, COUNTERSIGN_TOKEN: "old" }, /refused the token .+ Put a fresh token/],
			[
				["records.jsonl"],
				{ ...good, COUNTERSIGN_API_URL: "http://127.0.0.1:4" },
				/does not answer .+npm start/,
			],
			[
				["records.jsonl"],
				{ ...good, COUNTERSIGN_API_URL: "here" },
				/^COUNTERSIGN_API_URL must be an address/,
			],
			[
				["records.jsonl"],
				{ COUNTERSIGN_DATA_DIR: folder },
				/^There are no local sign-in keys in .+npm start/,
			],
		];
		for (const [args, env, sentence] of cases) {
			const { code, stdout, stderr } = await runImport(args, folder, env);
			expect(stderr).toEqual([expect.stringMatching(sentence)]);
			expect({ code, stdout }).toMatchObject({ code: 2, stdout: "" });
		}
		expect(api.deployments).toEqual([]);
	});

	test("an API that takes in no new deployments is named as such", async (context) => {
		const { api, run } = await importInto(context, linesTo(2), [
			{ status: 405, body: { error: "GET only." } },
		]);
		const { code, stderr } = await run();
		expect(code).toBe(2);
		expect(stderr).toEqual([
			expect.stringContaining(`${api.url} answers /v1/prompts/deployments with status 405`),
		]);
	});
});
