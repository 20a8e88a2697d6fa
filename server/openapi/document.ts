import { z } from "zod";
import { uuidSchema } from "@/lib/contract/identifiers";
import { defaultMaxBytes, type Endpoint } from "../routes/endpoint";
import { type JsonSchema, namedJsonSchemas, queryProperties } from "./json-schemas";
import { operationId, operationTag } from "./operation-id";
import { readsBody, refusalName, refusalResponse, refusalsOf } from "./refusals";
import {
	answerHeaders,
	headerReference,
	type Reference,
	type ResponseObject,
	rateLimitHeaders,
} from "./response";
import { answerNames, requestNames } from "./schema-names";

interface Parameter {
	name: string;
	in: "path" | "query" | "header";
	required: boolean;
	description?: string;
	schema: JsonSchema;
}

interface Operation {
	operationId: string;
	summary: string;
	tags: string[];
	security: Record<string, string[]>[];
	parameters: (Parameter | Reference)[];
	requestBody?: {
		required: boolean;
		description: string;
		content: { "application/json": { schema: Reference } };
	};
	responses: Record<string, ResponseObject | Reference>;
}

export interface OpenApiDocument {
	openapi: "3.1.1";
	info: { title: string; version: string; description: string };
	servers: { url: string }[];
	tags: { name: string }[];
	paths: Record<string, Partial<Record<"get" | "post" | "patch" | "delete", Operation>>>;
	components: {
		securitySchemes: Record<string, object>;
		schemas: Record<string, JsonSchema>;
		parameters: Record<string, Parameter>;
		headers: typeof answerHeaders;
		responses: Record<string, ResponseObject>;
	};
}

/** Nothing, or an object without keys. */
const noBodySchema = z.strictObject({});

interface Probe {
	path: string;
	operationId: string;
	summary: string;
	answer: z.ZodType;
	name: string;
}
const probes: readonly Probe[] = [
	{
		path: "/health",
		operationId: "getHealth",
		summary: "Whether the server and its database answer, and what it can do beyond the contract",
		answer: z.strictObject({ status: z.literal("ok"), extensions: z.array(z.string()) }),
		name: "Health",
	},
	{
		path: "/ready",
		operationId: "getReadiness",
		summary: "Whether the server wants to be sent requests",
		answer: z.strictObject({ status: z.literal("ready") }),
		name: "Readiness",
	},
];

/** Describes what is served, from the same table that it is served from. */
export function openApiDocument(endpoints: readonly Endpoint[]): OpenApiDocument {
	const answers = new Map<z.ZodType, string>(answerNames);
	for (const { answer, name } of probes) answers.set(answer, name);
	const requests = new Map<z.ZodType, string>([...requestNames, [noBodySchema, "NoBody"]]);
	for (const endpoint of endpoints) {
		const name = capitalized(operationId(endpoint.method, endpoint.path));
		for (const [status, schema] of Object.entries(endpoint.answers)) {
			if (!answers.has(schema)) answers.set(schema, `${name}Answer${status === "202" ? "Later" : ""}`);
		}
		const sent = endpoint.body?.schema;
		if (sent !== undefined && !requests.has(sent)) requests.set(sent, `${name}Request`);
	}
	const responses: OpenApiDocument["components"]["responses"] = {};
	const paths: OpenApiDocument["paths"] = {};
	for (const endpoint of endpoints) {
		for (const [status, codes] of refusalsOf(endpoint)) {
			responses[refusalName(codes)] = refusalResponse(status, codes);
		}
		const path = endpoint.path.replaceAll(/:(\w+)/g, "{$1}");
		paths[path] = {
			...paths[path],
			[endpoint.method.toLowerCase()]: operationOf(endpoint, answers, requests),
		};
	}
	for (const probe of probes) paths[probe.path] = { get: probeOperation(probe, answers) };
	responses.Overloaded ??= refusalResponse(503, ["overloaded"]);
	responses.Internal ??= refusalResponse(500, ["internal"]);
	const named = { ...namedJsonSchemas(requests, "input"), ...namedJsonSchemas(answers, "output") };
	return {
		openapi: "3.1.1",
		info: {
			title: "Countersign",
			version: "1",
			description:
				"The deployment-review API. Ignore fields of answers that you do not know. Every GET answers HEAD too.",
		},
		servers: [{ url: "/" }],
		tags: [...new Set([...endpoints.map(({ path }) => operationTag(path)), "Server"])].map((name) => ({
			name,
		})),
		paths,
		components: {
			securitySchemes: {
				bearer: {
					type: "http",
					scheme: "bearer",
					description: "A Clerk session token, or an API key (`tl_…`).",
				},
			},
			schemas: onlyUsed(named, { paths, responses }),
			parameters: headerParameters,
			headers: answerHeaders,
			responses,
		},
	};
}

const headerParameters: Record<string, Parameter> = {
	IfMatch: {
		name: "If-Match",
		in: "header",
		required: false,
		description:
			"The ETag of the record that was seen, or `*`. When the record is another by now, nothing is done and the answer is 412.",
		schema: { type: "string" },
	},
	IdempotencyKey: {
		name: "Idempotency-Key",
		in: "header",
		required: false,
		description:
			"Makes it safe to send the request again: for 24 hours the same key and body get the answer of the first time.",
		schema: { type: "string", pattern: "^[\\x21-\\x7e]{1,255}$" },
	},
	LastEventId: {
		name: "Last-Event-ID",
		in: "header",
		required: false,
		description:
			"The id of the last event that was received. What has changed since then is sent first; after an id that is not known, or too much, comes one `reset`.",
		schema: { type: "string" },
	},
};

function operationOf(
	endpoint: Endpoint,
	answers: ReadonlyMap<z.ZodType, string>,
	requests: ReadonlyMap<z.ZodType, string>,
): Operation {
	const { method, path, summary, query } = endpoint;
	const isStream = endpoint.mediaType === "text/event-stream";
	const refused = [...refusalsOf(endpoint)].map(([status, codes]) => [
		String(status),
		{ $ref: `#/components/responses/${refusalName(codes)}` },
	]);
	const answered = Object.entries(endpoint.answers).map(([status, schema]) => [
		status,
		answerResponse(endpoint, status, schemaReference(answers, schema)),
	]);
	return {
		operationId: operationId(method, path),
		summary,
		tags: [operationTag(path)],
		security: [{ bearer: [] }],
		parameters: [
			...[...path.matchAll(/:(\w+)/g)].map(([, name = ""]) => pathParameter(name)),
			...queryProperties(query).map(({ name, isRequired, schema }) =>
				queryParameter(name, isRequired, schema),
			),
			...(endpoint.isConditional ? [{ $ref: "#/components/parameters/IfMatch" }] : []),
			...(method === "POST" ? [{ $ref: "#/components/parameters/IdempotencyKey" }] : []),
			...(isStream ? [{ $ref: "#/components/parameters/LastEventId" }] : []),
		],
		...(readsBody(endpoint) ? { requestBody: requestBody(endpoint, requests) } : {}),
		responses: Object.fromEntries([...answered, ...refused]),
	};
}

function pathParameter(name: string): Parameter {
	return { name, in: "path", required: true, schema: { ...idSchema } };
}
const [{ schema: idSchema } = { schema: {} }] = queryProperties(z.object({ id: uuidSchema }));

function queryParameter(name: string, required: boolean, schema: JsonSchema): Parameter {
	const { description, ...rest } = schema;
	return {
		name,
		in: "query",
		required,
		...(description === undefined ? {} : { description }),
		schema: rest,
	};
}

function requestBody(
	{ body }: Endpoint,
	requests: ReadonlyMap<z.ZodType, string>,
): NonNullable<Operation["requestBody"]> {
	const { schema, isOptional, maxBytes } = body ?? {
		schema: noBodySchema,
		isOptional: true,
		maxBytes: defaultMaxBytes,
	};
	const size = `at most ${maxBytes.toLocaleString("en")} bytes and 32 levels deep`;
	const what =
		body === null
			? "Nothing, or an object without keys"
			: `${isOptional ? "Nothing, or a" : "A"} JSON object`;
	return {
		required: !isOptional,
		description: `${what}: ${size}, in well-formed UTF-8 without U+0000 and without a key named \`__proto__\`.`,
		content: { "application/json": { schema: schemaReference(requests, schema) } },
	};
}

function answerResponse(
	{ method, tag, mediaType }: Endpoint,
	status: string,
	schema: Reference,
): ResponseObject {
	return {
		description: descriptions[status] ?? "Done.",
		headers: {
			"X-Request-Id": headerReference("RequestId"),
			...(tag === "never" || status === "202"
				? {}
				: { ETag: headerReference(tag === "always" ? "EntityTag" : "EntityTagOfWhole") }),
			...(method === "POST" ? { "Idempotency-Replayed": headerReference("Replayed") } : {}),
			...(method === "GET" ? {} : rateLimitHeaders()),
		},
		content: { [mediaType]: { schema } },
	};
}

const descriptions: Readonly<Record<string, string>> = {
	200: "What was asked for.",
	201: "What was made.",
	202: "Not there yet. Ask again.",
};

function probeOperation(
	{ operationId: name, summary, answer }: Probe,
	answers: ReadonlyMap<z.ZodType, string>,
): Operation {
	return {
		operationId: name,
		summary,
		tags: ["Server"],
		security: [],
		parameters: [],
		responses: {
			200: {
				description: "Yes.",
				headers: { "X-Request-Id": headerReference("RequestId") },
				content: { "application/json": { schema: schemaReference(answers, answer) } },
			},
			500: { $ref: "#/components/responses/Internal" },
			503: { $ref: "#/components/responses/Overloaded" },
		},
	};
}

function schemaReference(names: ReadonlyMap<z.ZodType, string>, schema: z.ZodType): Reference {
	const name = names.get(schema);
	if (name === undefined) throw new Error("A schema of an endpoint was given no name");
	return { $ref: `#/components/schemas/${name}` };
}

/** Leaves out the named schemas that nothing served refers to, through however many others. */
function onlyUsed(named: Record<string, JsonSchema>, from: object): Record<string, JsonSchema> {
	const used = new Set<string>();
	const look = (at: object) => {
		for (const [, name = ""] of JSON.stringify(at).matchAll(/"#\/components\/schemas\/(\w+)"/g)) {
			const schema = named[name];
			if (used.has(name) || schema === undefined) continue;
			used.add(name);
			look(schema);
		}
	};
	look(from);
	return Object.fromEntries(
		[...used].sort().flatMap((name) => {
			const schema = named[name];
			return schema === undefined ? [] : [[name, schema]];
		}),
	);
}

function capitalized(text: string): string {
	return text.charAt(0).toUpperCase() + text.slice(1);
}
