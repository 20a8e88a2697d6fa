import { randomInt, randomUUID } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import Ajv2020, { type ValidateFunction } from "ajv/dist/2020";
import addFormats from "ajv-formats";
import fc from "fast-check";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { deploymentStatuses } from "@/lib/contract/deployment-status";
import { queueVerdicts } from "@/lib/contract/queue-terms";
import { openTestApi, type TestApi, type TestTenant } from "@/test/api";
import { arbitraryOf, hostileText, type JsonSchema, mutationOf } from "@/test/arbitrary-of-schema";
import { insertRowsInEveryState, type RowIds } from "@/test/rows-in-every-state";
import { isThorough } from "@/test/thorough";
import { claimsOf, signToken } from "@/test/tokens";
import { endpoints } from "../app";
import { openApiDocument } from "./document";

/**
 * Every operation of the served document is asked with values made from its own schemas, and with values
 * that break them. FUZZ_CASES says how many for each operation, FUZZ_SEED repeats a run.
 */
/** What one database answers the other does too, but for its own faults: the slower one is asked less. */
const usual = inject("postgres") === null ? 40 : 80;
const cases = Number(process.env.FUZZ_CASES ?? (isThorough ? 300 : usual));
const seed = Number(process.env.FUZZ_SEED ?? randomInt(2 ** 31));
/** After how many cases an operation that uses rows up is given new ones. */
const casesPerRows = 30;
/** Stands for the ETag that the row has when the case is sent. */
const currentTag = "the current tag";

interface ServedParameter {
	name: string;
	in: "path" | "query" | "header";
	schema: JsonSchema;
}
interface ServedResponse {
	headers?: Record<string, { $ref: string }>;
	content: Partial<Record<"application/json" | "text/event-stream", { schema: JsonSchema }>>;
}
interface ServedOperation {
	operationId: string;
	parameters: (ServedParameter | { $ref: string })[];
	requestBody?: { required: boolean; content: { "application/json": { schema: JsonSchema } } };
	responses: Record<string, ServedResponse | { $ref: string }>;
}

let api: TestApi;
let served: { paths: Record<string, Record<string, ServedOperation>>; components: { schemas: object } };
let ajv: Ajv2020;
const validators = new Map<string, ValidateFunction>();

beforeAll(async () => {
	api = await openTestApi();
	served = (await api.ask("GET", "/openapi.json")).body;
	ajv = addFormats(new Ajv2020({ strict: false, validateFormats: true }));
	ajv.addSchema(served, "openapi.json", false, false);
});
afterAll(() => api.close());

function at<T>(reference: string): T {
	const steps = reference.slice(2).split("/");
	// The cast: what the document holds there is looked at by document.test.ts.
	return steps.reduce<unknown>((part, step) => Object(part)[step], served) as T;
}

function resolved<T extends object>(part: T | { $ref: string }): T {
	return "$ref" in part ? at<T>(String(part.$ref)) : (part as T);
}

function isValid(schema: JsonSchema, value: unknown): boolean {
	const text = JSON.stringify(schema);
	const known =
		validators.get(text) ?? ajv.compile(JSON.parse(text.replaceAll('"$ref":"#/', '"$ref":"openapi.json#/')));
	validators.set(text, known);
	return known(value);
}

/** The two tenants that an operation is fuzzed in, with what is known of their rows. */
interface World {
	tenant: TestTenant;
	own: RowIds;
	foreign: RowIds;
	tags: string[];
	cursors: string[];
	authorizations: Record<string, string | undefined>;
}

async function makeWorld({ method, path }: Target): Promise<World> {
	const tenant = await api.makeTenant();
	const stranger = await api.makeTenant();
	const authorize = async (person: TestTenant["owner"] | TestTenant["member"] | TestTenant["viewer"]) =>
		`Bearer ${await signToken(claimsOf({ userId: `user_${person.role}`, ...person }, api.clock()))}`;
	const key = await api.ask("POST", "/v1/apikeys", {
		as: tenant.owner,
		body: { name: "Fuzz", role: "owner" },
	});
	const world: World = {
		tenant,
		own: await insertRowsInEveryState(api, tenant),
		foreign: await insertRowsInEveryState(api, stranger),
		tags: [],
		cursors: [],
		authorizations: {
			owner: await authorize(tenant.owner),
			"owner's key": `Bearer ${key.body.key}`,
			member: await authorize(tenant.member),
			viewer: await authorize(tenant.viewer),
			stranger: await authorize(stranger.owner),
			nobody: undefined,
			forger: "Bearer e30.e30.e30",
		},
	};
	for (const id of world.own.deployments) {
		const answer = await api.ask("GET", `/v1/prompts/deployments/${id}`, { as: tenant.owner });
		world.tags.push(String(answer.headers.get("ETag")));
	}
	if (method === "get" && !path.includes("{")) {
		const page = await api.ask("GET", `${path}?limit=1`, { as: tenant.owner });
		if (page.body.next_cursor !== undefined) world.cursors.push(page.body.next_cursor);
	}
	// What the kill switch stops is stopped for the stranger.
	await api.ask("POST", "/v1/control/killswitch/enable", { as: stranger.owner });
	return world;
}

function pick(values: readonly string[]): fc.Arbitrary<string> {
	return fc.nat().map((place) => values[place % values.length] ?? randomUUID());
}

/** Ids as they are looked for: mostly of rows that are there, sometimes of another tenant's, or of none. */
function rowId(world: World, noun: keyof RowIds): fc.Arbitrary<string> {
	return fc.oneof(
		{ arbitrary: pick(world.own[noun]), weight: 12 },
		{ arbitrary: pick(world.foreign[noun]), weight: 2 },
		{ arbitrary: fc.uuid(), weight: 1 },
	);
}

type QueryPart = [name: string, value: string];

interface Case {
	as: string;
	isHead: boolean;
	id: string;
	query: QueryPart[];
	body: string | undefined;
	contentType: string;
	headers: Record<string, string>;
}

interface Target {
	method: string;
	path: string;
	operation: ServedOperation;
	parameters: ServedParameter[];
	bodySchema: JsonSchema | undefined;
	isBodyRequired: boolean;
}

function casesOf(target: Target, world: World): fc.Arbitrary<Case> {
	const { method, path, parameters, bodySchema, isBodyRequired } = target;
	const noun = path.split("/{")[0]?.split("/").at(-1) ?? "";
	if (path.includes("{") && !(noun in world.own)) {
		throw new Error(`test/rows-in-every-state.ts makes no rows for ${path}`);
	}
	const options = {
		resolve: (reference: string) => at<JsonSchema>(reference),
		known: (name: string) => {
			if (name === "project_id") return rowId(world, "projects");
			if (name === "trace_id") return rowId(world, "traces");
			if (name === "deployment_id" || name === "looking_at") return rowId(world, "deployments");
			if (path.startsWith("/v1/prompts/queue")) {
				// Lists in one text, of which the document says in words only what they may hold.
				if (name === "ids")
					return fc.array(rowId(world, "deployments"), { minLength: 1, maxLength: 5 }).map(String);
				if (name === "status") return fc.subarray([...deploymentStatuses], { minLength: 1 }).map(String);
				if (name === "verdict") return fc.subarray([...queueVerdicts], { minLength: 1 }).map(String);
			}
			if (name === "cursor" && world.cursors.length > 0) return pick(world.cursors);
			// How large they may be is said in words only.
			if (name === "limit") return fc.integer({ min: 1, max: 100 }).map(String);
			if (name === "offset") return fc.nat({ max: 12 }).map(String);
			return undefined;
		},
	};
	const inQuery = parameters.filter((one) => one.in === "query");
	const validPart = ({ name, schema }: ServedParameter) =>
		arbitraryOf(schema, options, name).map((value): QueryPart => [name, encoded(String(value))]);
	const brokenPart = ({ name, schema }: ServedParameter) =>
		mutationOf(schema, options, name)
			.filter((value) => typeof value === "string")
			.map((value): QueryPart => [name, encoded(String(value))]);
	const oddPart: fc.Arbitrary<QueryPart> = fc.oneof(
		...inQuery.map(brokenPart),
		...inQuery.map(brokenPart),
		fc.tuple(hostileText.map(encoded), hostileText.map(encoded)),
		fc.tuple(
			fc.constantFrom("limit", ...inQuery.map(({ name }) => name)),
			fc.constantFrom("1", "%ff", "%", "%00", ""),
		),
	);
	const validQuery = fc
		.tuple(...inQuery.map((one) => fc.option(validPart(one), { nil: undefined, freq: 2 })))
		.map((parts) => parts.filter((part) => part !== undefined));
	const anyQuery = fc.tuple(validQuery, fc.array(oddPart, { maxLength: 2 })).map((parts) => parts.flat());
	const nothing = fc.constant(undefined);
	const validBody = bodySchema === undefined ? nothing : arbitraryOf(bodySchema, options).map(inJson);
	const isHead = method === "get" ? fc.nat({ max: 19 }).map((dice) => dice === 0) : fc.constant(false);
	const rows = noun in world.own ? rowId(world, noun as keyof RowIds).map(encoded) : fc.constant("");
	const polite = fc.record({
		as: weighted({ owner: 40, "owner's key": 4, member: 2, viewer: 2, stranger: 4, nobody: 1, forger: 1 }),
		isHead,
		id: rows,
		query: validQuery,
		body: isBodyRequired ? validBody : fc.oneof(validBody, nothing),
		contentType: fc.constant("application/json"),
		headers: headersOf(parameters, world, { isValid: true }),
	});
	const rude = fc.record({
		as: weighted({ owner: 40, viewer: 2, stranger: 4 }),
		isHead,
		id: noun in world.own ? fc.oneof(rows, rows, brokenId(world.own[noun as keyof RowIds])) : fc.constant(""),
		query: anyQuery,
		body:
			bodySchema === undefined
				? nothing
				: fc.oneof(
						{ arbitrary: validBody, weight: 4 },
						{ arbitrary: mutationOf(bodySchema, options).map(inJson), weight: 16 },
						{ arbitrary: rawBody, weight: 2 },
						{ arbitrary: nothing, weight: 1 },
					),
		contentType: weighted({
			"application/json": 30,
			"application/json; charset=utf-8": 4,
			"application/json; charset=utf-16": 1,
			"text/plain": 1,
			"": 1,
		}),
		headers: headersOf(parameters, world, { isValid: false }),
	});
	return fc.oneof(polite, rude);
}

function brokenId(ids: readonly string[]): fc.Arbitrary<string> {
	const ends = ["?injected=123", "%00", "%", "%zz", "%ff", ".", "/", ";a=b", "#", "%2f..", "\\", "{}", ""];
	return fc.oneof(
		hostileText.map(encoded),
		fc
			.tuple(pick(ids), fc.constantFrom(...ends), fc.boolean())
			.map(([id, end, isUpper]) => `${isUpper ? id.toUpperCase() : id}${end}`),
		fc.constantFrom("{}", "..", ".", "%2e%2e", "*", "null", "0", "-1", "%ED%A0%80"),
	);
}

function headersOf(
	parameters: ServedParameter[],
	world: World,
	{ isValid: areValid }: { isValid: boolean },
): fc.Arbitrary<Record<string, string>> {
	const valid: Record<string, fc.Arbitrary<string>> = {
		"If-Match": fc.oneof(
			{ arbitrary: fc.constant(currentTag), weight: 4 },
			{ arbitrary: pick(world.tags), weight: 1 },
			{ arbitrary: fc.constantFrom("*", '""', '"x"', 'W/"x"', '"a", "b"'), weight: 2 },
		),
		"Idempotency-Key": fc.oneof(
			{ arbitrary: fc.uuid(), weight: 4 },
			{ arbitrary: fc.nat({ max: 4 }).map((place) => `key-${place}`), weight: 2 },
			{ arbitrary: fc.constantFrom("!", "x".repeat(255)), weight: 1 },
		),
		"Last-Event-ID": fc.oneof(fc.nat({ max: 40 }).map(String), fc.nat().map(String)),
	};
	const broken: Record<string, fc.Arbitrary<string>> = {
		"If-Match": fc.constantFrom("x", "**", '"', '"a" "b"', "é", "a".repeat(3_000)),
		"Idempotency-Key": fc.constantFrom("", " ", "é", "a b", "x".repeat(256), "a,b"),
		// Nothing is refused: who comes with what is none of ours is told to begin anew.
		"Last-Event-ID": fc.constantFrom("", "-1", "1e3", "é", "a b", "007", "9".repeat(300)),
	};
	const sent = parameters
		.filter((one) => one.in === "header")
		.map(({ name }) => {
			const [good, bad] = [valid[name], broken[name]];
			if (good === undefined || bad === undefined)
				throw new Error(`No values are made for the header ${name}`);
			const value = areValid ? good : fc.oneof({ arbitrary: good, weight: 4 }, { arbitrary: bad, weight: 1 });
			return fc.option(value, { nil: undefined, freq: 2 }).map((one) => [name, one] as const);
		});
	return fc
		.tuple(...sent)
		.map((pairs) =>
			Object.fromEntries(pairs.filter((pair): pair is [string, string] => pair[1] !== undefined)),
		);
}

const rawBody = fc.constantFrom(
	"",
	"{",
	"null",
	"[]",
	'"x"',
	"1e999",
	'{"reason":1e999}',
	'{"reason":"a","reason":"b"}',
	"\ufeff{}",
	'{"__proto__":{"role":"owner"}}',
	'{"reason":"\\ud800"}',
	'{"\\u0000":1}',
	`{"payload":${"[".repeat(20_000)}${"]".repeat(20_000)}}`,
	`{"reason":"${"x".repeat(70_000)}"}`,
	`{"proposed_prompt":"${"x".repeat(4_200_000)}"}`,
	"a=b&c=d",
);

function weighted(weights: Record<string, number>): fc.Arbitrary<string> {
	return fc.oneof(
		...Object.entries(weights).map(([value, weight]) => ({ arbitrary: fc.constant(value), weight })),
	);
}

function encoded(text: string): string {
	return encodeURIComponent(text.toWellFormed());
}

function inJson(value: unknown): string {
	return JSON.stringify(value);
}

/** True when the document itself says that this may not be sent, so that no answer may be a success. */
function isCertainlyInvalid(target: Target, sent: Case, asked: string): boolean {
	// The probes have no parameters and look at none.
	if (target.operation.responses[400] === undefined) return false;
	const { pathname, search } = new URL(asked, "http://localhost");
	const pairs = search
		.slice(1)
		.split("&")
		.filter((pair) => pair !== "");
	const query = pairs.map((pair) => {
		const [name = "", ...value] = pair.split("=");
		return { name: decoded(name), value: decoded(value.join("=")) };
	});
	const names = query.map(({ name }) => name);
	if (new Set(names).size !== names.length || names.includes(undefined)) return true;
	if (query.some(({ value }) => value === undefined)) return true;
	const idPlace = target.path.split("/").findIndex((step) => step.startsWith("{"));
	const given: Record<ServedParameter["in"], (name: string) => string | undefined> = {
		path: () => decoded(pathname.split("/")[idPlace] ?? ""),
		query: (name) => query.find((part) => part.name === name)?.value,
		// Fetch takes away the spaces around a header's value.
		header: (name) => sent.headers[name]?.trim(),
	};
	for (const { name, in: place, schema } of target.parameters) {
		const value = given[place](name);
		if (value === undefined ? place === "path" : !isValid(schema, value)) return true;
	}
	return target.bodySchema !== undefined && isBodyInvalid(target, sent.body, target.bodySchema);
}

function isBodyInvalid(target: Target, body: string | undefined, schema: JsonSchema): boolean {
	if (body === undefined || body === "") return target.isBodyRequired;
	try {
		return !isValid(schema, JSON.parse(body));
	} catch {
		return true;
	}
}

function decoded(text: string): string | undefined {
	try {
		return decodeURIComponent(text);
	} catch {
		return undefined;
	}
}

/** Sends a case and returns the answer's status; throws when the answer breaks what the document promises. */
async function judge(target: Target, world: World, sent: Case): Promise<number> {
	const { method, path, operation } = target;
	const search = sent.query.map(([name, value]) => `${name}=${value}`).join("&");
	const asked = `${path.replace(/\{\w+\}/, () => sent.id)}${search === "" ? "" : `?${search}`}`;
	const headers = new Headers();
	const authorization = world.authorizations[sent.as];
	if (authorization !== undefined) headers.set("Authorization", authorization);
	if (sent.body !== undefined && sent.contentType !== "") headers.set("Content-Type", sent.contentType);
	for (const [name, value] of Object.entries(sent.headers)) {
		headers.set(name, value === currentTag ? await readTag(target, world, sent) : value);
	}
	const body = sent.body === undefined ? undefined : new TextEncoder().encode(sent.body);
	const usedMethod = sent.isHead ? "HEAD" : method.toUpperCase();
	const answer = await api.app.request(asked, { method: usedMethod, headers, body });
	const text = await answer.text();
	const faults = faultsOf({ target, sent, asked, answer, text });
	if (faults.length === 0) return answer.status;
	throw new Error(
		[
			`${operation.operationId} breaks its promise: ${faults.join("; ")}`,
			`${usedMethod} ${shortened(asked)} as ${sent.as}, ${sent.contentType}, ${JSON.stringify(sent.headers)}`,
			`body: ${shortened(sent.body ?? "none")}`,
			`answer ${answer.status}: ${shortened(text)}`,
		].join("\n"),
	);
}

async function readTag({ path }: Target, world: World, sent: Case): Promise<string> {
	const row = path.slice(0, path.indexOf("{")) + sent.id;
	const Authorization = world.authorizations[sent.as] ?? "";
	const answer = await api.app.request(row, { headers: { Authorization } });
	return answer.headers.get("ETag") ?? "*";
}

interface Judged {
	target: Target;
	sent: Case;
	asked: string;
	answer: Response;
	text: string;
}

function faultsOf({ target, sent, asked, answer, text }: Judged): string[] {
	const faults: string[] = [];
	const { status, headers } = answer;
	const isStream = headers.get("Content-Type") === "text/event-stream";
	const value = isStream ? text : parsed(text);
	if (!isStream && !headers.get("Content-Type")?.startsWith("application/json")) {
		faults.push("the answer is not JSON");
	}
	if (headers.get("X-Request-Id") === null) faults.push("there is no X-Request-Id");
	const code = status >= 400 && value !== undefined ? Object(value).code : undefined;
	if (status >= 500 && code !== "error.kill_switch_active") faults.push("the server failed");
	if (sent.isHead ? text !== "" : value === undefined)
		faults.push("the body is not what the method asks for");
	if (leadsElsewhere(target.path, asked)) {
		const isError = isValid({ $ref: "#/components/schemas/Error" }, value);
		if (status >= 400 && !sent.isHead && !isError) faults.push("the refusal is not of the contract");
		return faults;
	}
	const documented = target.operation.responses[status];
	if (documented === undefined) return [...faults, `the status ${status} is not documented`];
	const response = resolved(documented);
	const schema = response.content[isStream ? "text/event-stream" : "application/json"]?.schema;
	if (schema === undefined) faults.push("the media type is not documented");
	else if (!sent.isHead && !isValid(schema, value)) faults.push("the body does not match its schema");
	for (const [name, header] of Object.entries(response.headers ?? {})) {
		const isRequired = at<{ required: boolean }>(header.$ref).required;
		if (isRequired && headers.get(name) === null) faults.push(`there is no ${name}`);
	}
	if (status < 300 && isCertainlyInvalid(target, sent, asked)) faults.push("what is not valid was taken");
	return faults;
}

/** True when an odd id has made another path of it, where this operation is not what answers. */
function leadsElsewhere(path: string, asked: string): boolean {
	const { pathname } = new URL(asked, "http://localhost");
	const shape = path.split("/");
	const steps = pathname.split("/");
	const isSame = (step: string, place: number) =>
		shape[place]?.startsWith("{") ? step !== "" : step === shape[place];
	return steps.length !== shape.length || !steps.every(isSame);
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

function shortened(text: string): string {
	return text.length <= 1_500 ? text : `${text.slice(0, 1_500)}… (${text.length} characters)`;
}

function targetOf(operationId: string): Target {
	for (const [path, item] of Object.entries(served.paths)) {
		for (const [method, operation] of Object.entries(item)) {
			if (operation.operationId !== operationId) continue;
			const parameters = operation.parameters.map((one) => resolved<ServedParameter>(one));
			const bodySchema = operation.requestBody?.content["application/json"].schema;
			const isBodyRequired = operation.requestBody?.required === true;
			return { method, path, operation, parameters, bodySchema, isBodyRequired };
		}
	}
	throw new Error(`The served document has no ${operationId}`);
}

const operationIds = Object.values(openApiDocument(endpoints).paths).flatMap((item) =>
	Object.values(item).map((operation) => operation.operationId),
);

test("the served document has these operations and no others", () => {
	const ids = Object.values(served.paths).flatMap((item) =>
		Object.values(item).map((operation) => operation.operationId),
	);
	expect(isDeepStrictEqual(ids, operationIds)).toBe(true);
});

test.each(operationIds)(
	"%s keeps what the document promises, whatever it is sent",
	async (operationId) => {
		const startedAt = performance.now();
		const target = targetOf(operationId);
		const world = await makeWorld(target);
		const usesRowsUp = target.method !== "get" && target.path.includes("{");
		const seen = new Map<number, number>();
		let done = 0;
		const property = fc.asyncProperty(casesOf(target, world), async (sent) => {
			const status = await judge(target, world, sent);
			seen.set(status, (seen.get(status) ?? 0) + 1);
			done += 1;
			if (usesRowsUp && done % casesPerRows === 0) await addRows(world);
		});
		const outcome = await fc.check(property, { numRuns: cases, seed });
		const statuses = [...seen].sort(([left], [right]) => left - right);
		process.stdout.write(
			`fuzz ${operationId}: ${outcome.numRuns} cases, seed ${seed}, ${statuses.map((pair) => pair.join("×")).join(" ")}, ` +
				`${Math.round(performance.now() - startedAt)} ms\n`,
		);
		if (outcome.failed) {
			throw new Error(
				`${outcome.errorInstance}\n${fc.defaultReportMessage(outcome)}\nRepeat with FUZZ_SEED=${seed} FUZZ_CASES=${cases}.`,
			);
		}
		expect(statuses[0]?.[0], "no case got as far as a success").toBeLessThan(300);
	},
	20_000 + cases * 200,
);

async function addRows(world: World): Promise<void> {
	const more = await insertRowsInEveryState(api, world.tenant);
	// In place: the arbitraries hold these very lists.
	for (const noun of Object.keys(more) as (keyof RowIds)[]) {
		world.own[noun].splice(0, Number.POSITIVE_INFINITY, ...more[noun]);
	}
}
