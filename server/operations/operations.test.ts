import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { errorBodySchema } from "@/lib/contract/error";
import { openTestApi, type TestApi } from "@/test/api";
import type { Readiness } from "./mount";

let api: TestApi;
let readiness: Readiness;
beforeAll(async () => {
	api = await openTestApi({ readiness: () => readiness() });
});
afterAll(() => api.close());
beforeEach(() => {
	readiness = async () => [];
});

async function openBroken(): Promise<TestApi> {
	const broken = await openTestApi({ readiness: async () => ["it is late"] });
	await broken.close();
	return broken;
}

/** Keeps every connection to the database busy until it is told to let go. */
function occupyDatabase({ db }: TestApi): () => Promise<unknown> {
	let letGo: () => void = () => undefined;
	const released = new Promise<void>((resolve) => {
		letGo = resolve;
	});
	const busy = Array.from({ length: 10 }, () => db.asOwner(() => released));
	return () => {
		letGo();
		return Promise.all(busy);
	};
}

describe("/health", () => {
	test("is 200 without a token while the database answers, and says what goes beyond the contract", async () => {
		const { status, body } = await api.ask("GET", "/health");
		expect([status, body]).toEqual([
			200,
			{
				status: "ok",
				extensions: [
					"fields=summary",
					"cluster_signature",
					"if-match",
					"idempotency-key",
					"approve-reason",
					"deployment_id",
					"action-filters",
					"queue",
					"events",
					"metrics",
					"kill-switch-record",
				],
			},
		]);
	});

	test("does not ask the checks of /ready", async () => {
		readiness = async () => ["the moon is full"];
		expect((await api.ask("GET", "/health")).status).toBe(200);
	});

	test("is 503 with the reason in the log when the database cannot be used", async () => {
		const broken = await openBroken();
		const { status, body, headers } = await broken.ask("GET", "/health");
		expect([status, errorBodySchema.parse(body)]).toEqual([
			503,
			{
				error: "Not healthy: the database cannot be used.",
				code: "overloaded",
				request_id: headers.get("X-Request-Id"),
			},
		]);
		expect(broken.logLines.at(-1)).toMatchObject({ level: "error", path: "/health", status: 503 });
		expect(broken.logLines.at(-1)).toHaveProperty("cause.message");
	});
});

describe.each(["/health", "/ready"])("%s", (path) => {
	test("is 503 after 2 s when the database is late, however many ask, and 200 again when it is not", async () => {
		const release = occupyDatabase(api);
		const start = performance.now();
		const answers = await Promise.all(Array.from({ length: 20 }, () => api.ask("GET", path)));
		expect(performance.now() - start).toBeGreaterThan(1_900);
		for (const { status, body } of answers) {
			expect([status, body.error]).toEqual([
				503,
				expect.stringMatching(/: the database has not answered within 2 s\.$/),
			]);
		}
		await release();
		expect((await api.ask("GET", path)).status).toBe(200);
	});

	test("answers HEAD, and every other method with 405", async () => {
		expect(await api.ask("HEAD", path)).toMatchObject({ status: 200, body: null });
		for (const method of ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"]) {
			const { status, headers, body } = await api.ask(method, path);
			expect([status, headers.get("Allow"), body.code]).toEqual([405, "GET, HEAD", "method_not_allowed"]);
		}
	});
});

describe("/ready", () => {
	test("is 200 when nothing stands against it", async () => {
		const { status, body } = await api.ask("GET", "/ready");
		expect([status, body]).toEqual([200, { status: "ready" }]);
	});

	test.each<[string, Readiness, string]>([
		[
			"names every check that says no",
			async () => ["the disk is full", "it is late"],
			"the disk is full; it is late",
		],
		["takes a check that fails for a no", async () => Promise.reject(new Error("secret")), "a check failed"],
		[
			"does not wait longer than 2 s for a check",
			() => new Promise(() => undefined),
			"a check has not answered within 2 s",
		],
	])("%s", async (_, check, reasons) => {
		readiness = check;
		const { status, body } = await api.ask("GET", "/ready");
		expect([status, body.code, body.error]).toEqual([503, "overloaded", `Not ready: ${reasons}.`]);
	});

	test("names the database as well", async () => {
		const broken = await openBroken();
		expect((await broken.ask("GET", "/ready")).body.error).toBe(
			"Not ready: the database cannot be used; it is late.",
		);
	});
});
