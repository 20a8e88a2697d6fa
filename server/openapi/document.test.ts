import Ajv2020 from "ajv/dist/2020";
import addFormats from "ajv-formats";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { type ErrorCode, errorStatuses } from "@/lib/contract/error";
import { storableText } from "@/lib/contract/text";
import { openTestApi, type TestApi } from "@/test/api";
import { endpoints } from "../app";
import { endpoint } from "../routes/endpoint";
import { type OpenApiDocument, openApiDocument } from "./document";
import { operationId, operationTag } from "./operation-id";

let api: TestApi;
let served: OpenApiDocument;
beforeAll(async () => {
	api = await openTestApi();
	served = (await api.ask("GET", "/openapi.json")).body;
});
afterAll(() => api.close());

const methods = ["get", "post", "patch", "delete"] as const;
const operations = () =>
	Object.entries(served.paths).flatMap(([path, item]) =>
		methods.flatMap((method) => {
			const operation = item[method];
			return operation === undefined ? [] : [{ method, path, operation }];
		}),
	);

/** Every value under a key, wherever it stands. */
function valuesOf(key: string, at: unknown): unknown[] {
	if (typeof at !== "object" || at === null) return [];
	return Object.entries(at).flatMap(([name, value]) => [
		...(name === key ? [value] : []),
		...valuesOf(key, value),
	]);
}

/** What a reference into the document leads to. */
function target(reference: unknown): unknown {
	const [root, ...steps] = String(reference).split("/");
	expect(root).toBe("#");
	return steps.reduce<unknown>(
		(at, step) => Object(at)[step.replaceAll("~1", "/").replaceAll("~0", "~")],
		served,
	);
}

describe("GET /openapi.json", () => {
	test("is answered as JSON to whoever asks, and HEAD with it", async () => {
		const answer = await api.ask("GET", "/openapi.json");
		expect([answer.status, answer.headers.get("Content-Type")]).toEqual([200, "application/json"]);
		const head = await api.ask("HEAD", "/openapi.json");
		expect([head.status, head.body]).toEqual([200, null]);
	});

	test.each(["POST", "PUT", "DELETE", "OPTIONS"])(
		"answers %s with 405 and what it allows",
		async (method) => {
			const answer = await api.ask(method, "/openapi.json");
			expect([answer.status, answer.headers.get("Allow"), answer.body.code]).toEqual([
				405,
				"GET, HEAD",
				"method_not_allowed",
			]);
		},
	);

	test("holds every endpoint of the table, the two probes, and nothing else", () => {
		const table = endpoints.map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, "{$1}")}`);
		const told = operations().map(({ method, path }) => `${method.toUpperCase()} ${path}`);
		expect(told.sort()).toEqual([...table, "GET /health", "GET /ready"].sort());
		expect(Object.values(served.paths).flatMap((item) => Object.keys(item))).toHaveLength(told.length);
	});

	test("has the parts that OpenAPI 3.1 asks for, and none that it does not know", () => {
		expect(served.openapi).toMatch(/^3\.1\.\d+$/);
		expect(served.info).toMatchObject({ title: expect.any(String), version: expect.any(String) });
		for (const name of Object.values(served.components).flatMap((part) => Object.keys(part))) {
			expect(name).toMatch(/^[a-zA-Z0-9._-]+$/);
		}
		const document = new Ajv2020().compile(documentShape);
		document(served);
		expect(document.errors).toBeNull();
	});

	test("names each operation once, by a name that a program can carry", () => {
		const names = operations().map(({ operation }) => operation.operationId);
		expect(new Set(names).size).toBe(names.length);
		for (const name of names) expect(name).toMatch(/^[a-z][A-Za-z]+$/);
		const tags = served.tags.map(({ name }) => name);
		for (const { operation } of operations()) expect(tags).toContain(operation.tags[0]);
	});

	test("refers to nothing that is not there, and holds no named part that nothing refers to", () => {
		const references = new Set(valuesOf("$ref", served));
		for (const reference of references) expect([reference, target(reference)]).not.toContain(undefined);
		const { schemas, responses, headers, parameters } = served.components;
		for (const [kind, parts] of Object.entries({ schemas, responses, headers, parameters })) {
			for (const name of Object.keys(parts)) expect(references).toContain(`#/components/${kind}/${name}`);
		}
	});

	test("holds no schema that is none", () => {
		const ajv = addFormats(new Ajv2020({ strict: false, allErrors: true }));
		ajv.addSchema(served as object, "openapi.json", false, false);
		const inPlace = valuesOf("schema", served);
		expect(inPlace.length).toBeGreaterThan(endpoints.length);
		for (const schema of [...inPlace, ...Object.values(served.components.schemas)]) {
			expect(ajv.validateSchema(schema as object)).toBe(true);
			const text = JSON.stringify(schema).replaceAll('"$ref":"#/', '"$ref":"openapi.json#/');
			expect(() => ajv.compile(JSON.parse(text))).not.toThrow();
		}
	});

	test("has each path parameter of a path, and no parameter twice", () => {
		for (const { path, operation } of operations()) {
			const parameters = operation.parameters.map(
				(one) => ("$ref" in one ? target(one.$ref) : one) as { name: string; in: string; required: boolean },
			);
			const inPath = parameters.filter((one) => one.in === "path");
			expect(inPath.map(({ name }) => `{${name}}`)).toEqual(path.match(/\{\w+\}/g) ?? []);
			for (const { required } of inPath) expect(required).toBe(true);
			const names = parameters.map((one) => `${one.in} ${one.name}`);
			expect(new Set(names).size).toBe(names.length);
		}
	});

	test("names, at each status of each operation, codes that have this status", () => {
		for (const { operation } of operations()) {
			for (const [status, response] of Object.entries(operation.responses)) {
				if (Number(status) < 400) continue;
				const whole = "$ref" in response ? target(response.$ref) : response;
				const codes = valuesOf("enum", valuesOf("code", whole)).flat() as ErrorCode[];
				expect(codes.length).toBeGreaterThan(0);
				for (const code of codes) expect([code, errorStatuses[code]]).toEqual([code, Number(status)]);
			}
		}
	});

	test("asks for a token everywhere but at the probes", () => {
		for (const { path, operation } of operations()) {
			expect(operation.security).toEqual(path.startsWith("/v1/") ? [{ bearer: [] }] : []);
		}
	});

	test("says what each decision takes and answers", () => {
		const approve = served.paths["/v1/prompts/deployments/{id}/approve"]?.post;
		expect(approve).toMatchObject({
			operationId: "approveDeployment",
			tags: ["Deployments"],
			requestBody: {
				required: false,
				description: expect.stringContaining("65,536 bytes"),
				content: { "application/json": { schema: { $ref: "#/components/schemas/DecisionReason" } } },
			},
			parameters: [
				{ name: "id", in: "path" },
				{ $ref: "#/components/parameters/IfMatch" },
				{ $ref: "#/components/parameters/IdempotencyKey" },
			],
			responses: {
				200: {
					headers: { ETag: {}, "X-Request-Id": {}, "Idempotency-Replayed": {} },
					content: { "application/json": { schema: { $ref: "#/components/schemas/PromptDeployment" } } },
				},
			},
		});
		expect(Object.keys(approve?.responses ?? {})).toEqual(
			"200 400 401 403 404 409 412 413 415 422 429 500 503".split(" "),
		);
	});

	test("names the deployment where an action is asked for, listed and answered", () => {
		const { ExecuteRequest: request, ControlAction: answer } = served.components.schemas;
		for (const schema of [request, answer]) expect(schema).toHaveProperty("properties.deployment_id");
		expect(request?.required).not.toContain("deployment_id");
		const query = served.paths["/v1/control/actions"]?.get?.parameters;
		expect(query).toContainEqual(
			expect.objectContaining({ name: "deployment_id", in: "query", required: false }),
		);
	});

	test("says that the events are a stream, and how to go on with it; refusals of it are JSON", () => {
		const { parameters, responses } = served.paths["/v1/events"]?.get ?? {};
		expect(parameters).toEqual([
			expect.objectContaining({ name: "looking_at", in: "query", required: false }),
			{ $ref: "#/components/parameters/LastEventId" },
		]);
		expect(responses?.[200]).toMatchObject({
			content: { "text/event-stream": { schema: { $ref: "#/components/schemas/LiveEvents" } } },
		});
		expect(responses?.[404]).toEqual({ $ref: "#/components/responses/NotFound" });
		expect(served.components.responses.NotFound?.content).toHaveProperty("application/json");
	});

	test("holds no secret, no person and no path of this machine", () => {
		const text = JSON.stringify(served);
		expect(text).not.toMatch(/BEGIN [A-Z ]*KEY|eyJ[\w-]+\.|whsec_|postgres(ql)?:\/\/|tl_\w{20}/);
		expect(text).not.toContain(process.cwd());
	});
});

describe("the document that is made of a table", () => {
	const inner = z.strictObject({ word: z.string() });
	const made = openApiDocument([
		endpoint({
			method: "POST",
			path: "/v1/things",
			summary: "Make a thing",
			operation: "propose",
			query: z.object({
				how: z
					.string()
					.regex(/^\d$/, "must be a digit")
					.transform(Number)
					.refine((value) => value > 2, "must be more than 2")
					.default(5),
			}),
			body: {
				schema: z
					.strictObject({ name: storableText(7).describe("What it is called.").optional() })
					.refine(() => true, { path: ["name"], message: "must be new (it is old)" }),
				maxBytes: 1_000,
			},
			status: 201,
			answer: z.strictObject({ inner }),
			refusals: ["project_exists"],
			handle: async () => ({ inner: { word: "" } }),
		}),
	]);
	const operation = made.paths["/v1/things"]?.post;

	test("says in words what a schema cannot, each rule once and none away", () => {
		expect(made.components.schemas.CreateThingRequest).toMatchObject({
			description: "`name` must be new.",
			properties: {
				name: {
					maxLength: 7,
					description:
						"What it is called. Must be well-formed Unicode. Must not hold the character U+0000. Must be at most 7 characters.",
				},
			},
		});
		expect(operation?.parameters[0]).toEqual({
			name: "how",
			in: "query",
			required: false,
			description: "Must be a digit. Must be more than 2.",
			schema: { type: "string", pattern: "^\\d$", default: "5" },
		});
	});

	test("tells the refusals of its kind and its own, together where they share a status", () => {
		expect(operation?.responses[409]).toEqual({
			$ref: "#/components/responses/IdempotencyInFlightOrProjectExists",
		});
		expect(operation?.responses[412]).toBeUndefined();
		expect(operation?.responses[404]).toBeUndefined();
	});

	test("keeps no named schema that this table does not use", () => {
		expect(Object.keys(made.components.schemas)).toEqual([
			"CreateThingAnswer",
			"CreateThingRequest",
			"Error",
			"Health",
			"Readiness",
		]);
	});
});

test.each([
	["GET", "/v1/prompts/deployments", "listDeployments", "Deployments"],
	["POST", "/v1/prompts/deployments", "createDeployment", "Deployments"],
	["GET", "/v1/prompts/deployments/:id", "getDeployment", "Deployments"],
	["POST", "/v1/prompts/deployments/:id/rollback", "rollbackDeployment", "Deployments"],
	["GET", "/v1/prompts/deployments/:id/decisions", "listDeploymentDecisions", "Deployments"],
	["POST", "/v1/control/execute", "executeControlAction", "Control actions"],
	["GET", "/v1/prompts/queue", "getQueue", "Deployments"],
	["GET", "/v1/prompts/queue/rows", "listQueueRows", "Deployments"],
	["GET", "/v1/control/actions/pending", "listPendingControlActions", "Control actions"],
	["GET", "/v1/control/actions/:id/diff", "getControlActionDiff", "Control actions"],
	["GET", "/v1/control/killswitch", "getKillSwitch", "Control actions"],
	["POST", "/v1/control/killswitch/enable", "enableKillSwitch", "Control actions"],
	["GET", "/v1/failures/clusters", "listFailureClusters", "Failures"],
	["GET", "/v1/audit-log", "getAuditLog", "Audit log"],
	["GET", "/v1/events", "listEvents", "Events"],
	["PATCH", "/v1/projects/:id", "updateProject", "Projects"],
	["DELETE", "/v1/apikeys/:id", "deleteApiKey", "API keys"],
])("%s %s is called %s, under %s", (method, path, id, tag) => {
	expect([operationId(method, path), operationTag(path)]).toEqual([id, tag]);
});

const reference = {
	type: "object",
	properties: { $ref: { type: "string" } },
	required: ["$ref"],
	additionalProperties: false,
};
const mediaType = {
	type: "object",
	properties: { schema: { type: "object" } },
	required: ["schema"],
	additionalProperties: false,
};
const content = {
	type: "object",
	properties: { "application/json": mediaType, "text/event-stream": mediaType },
	minProperties: 1,
	additionalProperties: false,
};
const parameter = {
	type: "object",
	properties: {
		name: { type: "string" },
		in: { enum: ["path", "query", "header"] },
		required: { type: "boolean" },
		description: { type: "string" },
		schema: { type: "object" },
	},
	required: ["name", "in", "schema"],
	additionalProperties: false,
};
const response = {
	type: "object",
	properties: {
		description: { type: "string" },
		headers: { type: "object", additionalProperties: reference },
		content,
	},
	required: ["description"],
	additionalProperties: false,
};
const operationShape = {
	type: "object",
	properties: {
		operationId: { type: "string" },
		summary: { type: "string", minLength: 1 },
		tags: { type: "array", items: { type: "string" }, minItems: 1 },
		security: { type: "array", items: { type: "object" } },
		parameters: { type: "array", items: { anyOf: [reference, parameter] } },
		requestBody: {
			type: "object",
			properties: { required: { type: "boolean" }, description: { type: "string" }, content },
			required: ["content"],
			additionalProperties: false,
		},
		responses: {
			type: "object",
			minProperties: 1,
			patternProperties: { "^[1-5]\\d\\d$": { anyOf: [reference, response] } },
			additionalProperties: false,
		},
	},
	required: ["operationId", "responses"],
	additionalProperties: false,
};
/** The part of the OpenAPI 3.1 meta-schema that a document like ours can break. */
const documentShape = {
	type: "object",
	properties: {
		openapi: { type: "string" },
		info: {
			type: "object",
			properties: {
				title: { type: "string" },
				version: { type: "string" },
				description: { type: "string" },
			},
			required: ["title", "version"],
			additionalProperties: false,
		},
		servers: { type: "array", items: { type: "object", required: ["url"] } },
		tags: { type: "array", items: { type: "object", required: ["name"] } },
		paths: {
			type: "object",
			patternProperties: {
				"^/": {
					type: "object",
					properties: Object.fromEntries(methods.map((method) => [method, operationShape])),
					additionalProperties: false,
				},
			},
			additionalProperties: false,
		},
		components: {
			type: "object",
			properties: {
				securitySchemes: {
					type: "object",
					additionalProperties: {
						type: "object",
						properties: { type: { const: "http" }, scheme: { const: "bearer" } },
						required: ["type", "scheme"],
					},
				},
				schemas: { type: "object", additionalProperties: { type: "object" } },
				parameters: { type: "object", additionalProperties: parameter },
				headers: {
					type: "object",
					additionalProperties: {
						type: "object",
						properties: {
							description: { type: "string" },
							required: { type: "boolean" },
							schema: { type: "object" },
						},
						required: ["schema"],
						additionalProperties: false,
					},
				},
				responses: { type: "object", additionalProperties: response },
			},
			additionalProperties: false,
		},
	},
	required: ["openapi", "info", "paths"],
	additionalProperties: false,
};
