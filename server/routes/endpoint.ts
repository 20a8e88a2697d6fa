import type { Context, Hono } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { z } from "zod";
import type { ErrorCode } from "@/lib/contract/error";
import { uuidSchema } from "@/lib/contract/identifiers";
import { isAllowed, type Operation } from "@/lib/rules/authority";
import type { Services, VerbContext } from "../context";
import { readIfMatch } from "../entity-tag";
import { ApiError } from "../errors/api-error";
import type { AppEnvironment } from "../middleware/request-context";
import { readOnceKey } from "../once-key";
import { readJsonObject } from "./body";
import { readQuery } from "./query";

export const defaultMaxBytes = 64 * 1024;
/** The body of a request that needs none: nothing, or an object without keys. */
const noBody = z.strictObject({});
const noQuery = z.object({});

type Method = "GET" | "POST" | "PATCH" | "DELETE";

interface Definition<
	Query extends z.ZodType,
	Body extends z.ZodType,
	Answer extends z.ZodType,
	Later extends z.ZodType,
> {
	method: Method;
	/** With `:id` where the id of a row stands. */
	path: string;
	/** What it does, as a short sentence for `GET /openapi.json`. */
	summary: string;
	/** The rule of `lib/rules/authority.ts` that it is held to. */
	operation: Operation;
	query?: Query;
	body?: { schema: Body; isOptional?: boolean; maxBytes?: number };
	status?: ContentfulStatusCode;
	/** What is promised; an answer that does not keep the promise never leaves. */
	answer: Answer;
	/** A second answer, sent with 202, that says the first one is not there yet. */
	later?: { schema: Later; isMeant: (answer: z.input<Answer> | z.input<Later>) => boolean };
	/** Makes the `ETag` of an answer; null for one that has none. */
	tag?: (answer: z.output<Answer>) => string | null;
	/** True where a summary, which has no tag, may be asked for. */
	mayBeSummary?: boolean;
	/** True where `If-Match` is obeyed. */
	isConditional?: boolean;
	/** The refusals that are this endpoint's own, besides those that every endpoint may give. */
	refusals?: readonly ErrorCode[];
	handle(
		context: VerbContext,
		request: { id: string; query: z.output<Query>; body: z.output<Body> },
	): Promise<z.input<Answer> | z.input<Later>>;
}

/** What an endpoint says about itself, for the OpenAPI document and for tests that must not forget one. */
interface EndpointDescription {
	method: Method;
	path: string;
	summary: string;
	operation: Operation;
	query: z.ZodType;
	/** Null where nothing may be sent. */
	body: { schema: z.ZodType; isOptional: boolean; maxBytes: number } | null;
	/** By status. */
	answers: Readonly<Record<number, z.ZodType>>;
	/** What the successes are; refusals are JSON in any case. */
	mediaType: "application/json" | "text/event-stream";
	tag: "always" | "unless-summary" | "never";
	isConditional: boolean;
	refusals: readonly ErrorCode[];
}

/** An endpoint whose parts have been checked against each other by the compiler. */
export interface Endpoint extends EndpointDescription {
	run(c: Context<AppEnvironment>, services: Services): Promise<Response>;
}

/** An endpoint as data: its method, path, what it takes, what it promises, and the verb that does it. */
export function endpoint<
	Answer extends z.ZodType,
	Query extends z.ZodType = typeof noQuery,
	Body extends z.ZodType = typeof noBody,
	Later extends z.ZodType = z.ZodNever,
>(definition: Definition<Query, Body, Answer, Later>): Endpoint {
	const { method, path, operation, body, answer, later, tag, status = 200 } = definition;
	const query = definition.query ?? noQuery;
	const takesBody = method === "POST" || method === "PATCH";
	const sentBody = {
		schema: body?.schema ?? noBody,
		isOptional: body === undefined || body.isOptional === true,
		maxBytes: body?.maxBytes ?? defaultMaxBytes,
	};
	return {
		method,
		path,
		summary: definition.summary,
		operation,
		query,
		body: body === undefined ? null : sentBody,
		answers: later === undefined ? { [status]: answer } : { [status]: answer, 202: later.schema },
		mediaType: "application/json",
		tag: tag === undefined ? "never" : definition.mayBeSummary === true ? "unless-summary" : "always",
		isConditional: definition.isConditional === true,
		refusals: definition.refusals ?? [],
		async run(c, services) {
			const id = path.includes(":id") ? parsed(uuidSchema, c.req.param("id"), "id") : "";
			// The two casts: what is parsed by the definition's schema, or by its default, is of that schema's type.
			const asked = parsed(query, readQuery(c.req.url)) as z.output<Query>;
			const isEmpty = !takesBody || (sentBody.isOptional && saysNoBody(c));
			const sent = isEmpty ? {} : await readJsonObject(c.req.raw, sentBody);
			const input = parsed(sentBody.schema, sent) as z.output<Body>;
			const ifMatch = definition.isConditional === true ? readIfMatch(c.req.header("If-Match")) : null;
			const key = method === "POST" ? c.req.header("Idempotency-Key") : undefined;
			const context: VerbContext = {
				...services,
				caller: await callerNow(c, services, { method, operation }),
				ifMatch,
				once: readOnceKey(key, `${method} ${c.req.path}`, sent),
				markRepeated: () => c.header("Idempotency-Replayed", "true"),
			};
			const given = await definition.handle(context, { id, query: asked, body: input });
			if (later?.isMeant(given)) return c.json(kept(later.schema, given, path) as object, 202);
			const promised = kept(answer, given, path);
			const itsTag = tag?.(promised) ?? null;
			if (itsTag !== null) c.header("ETag", itsTag);
			return c.json(promised as object, status);
		},
	};
}

/**
 * True when the headers say that no body follows (RFC 9112, section 6.3). To look at the body of such a
 * request costs a web stream and all that belongs to it, and it would be empty.
 */
function saysNoBody(c: Context<AppEnvironment>): boolean {
	const headers = c.env?.incoming?.headers;
	if (headers === undefined || headers["transfer-encoding"] !== undefined) return false;
	return headers["content-length"] === undefined || headers["content-length"] === "0";
}

/** Puts endpoints under their paths; any other method on such a path is answered 405 with `Allow`. */
export function mount(app: Hono<AppEnvironment>, endpoints: readonly Endpoint[], services: Services): void {
	for (const path of new Set(endpoints.map((one) => one.path))) {
		const atPath = endpoints.filter((one) => one.path === path);
		for (const { method, run } of atPath) app.on(method, path, (c) => run(c, services));
		allowOnly(
			app,
			path,
			atPath.map(({ method }) => method),
		);
	}
}

/** Answers every other method on a path with 405. */
export function allowOnly(app: Hono<AppEnvironment>, path: string, methods: readonly string[]): void {
	const allowed = methods.flatMap((method) => (method === "GET" ? ["GET", "HEAD"] : [method])).join(", ");
	app.all(path, () => {
		throw new ApiError("method_not_allowed", `This path answers ${allowed} only.`, {
			headers: { Allow: allowed },
		});
	});
}

/**
 * The caller with the role of this moment. A token says for up to 60 s what somebody was; before anything
 * is written, the role is read again, unless the token's own is not enough already.
 */
async function callerNow(
	c: Context<AppEnvironment>,
	{ currentRole }: Services,
	{ method, operation }: { method: Method; operation: Operation },
): Promise<VerbContext["caller"]> {
	const caller = c.get("caller");
	if (method === "GET" || caller.actor.type !== "user" || !isAllowed(operation, caller)) return caller;
	return { ...caller, role: await currentRole(caller) };
}

/** What a schema makes of a value, or the ApiError (400) that names each part which it refuses. */
export function parsed<Schema extends z.ZodType>(
	schema: Schema,
	value: unknown,
	name?: string,
): z.output<Schema> {
	const result = schema.safeParse(value);
	if (result.success) return result.data;
	const fields = result.error.issues.flatMap((issue) => {
		const keys = issue.code === "unrecognized_keys" ? issue.keys : [null];
		return keys.map((key) => ({
			path: [name, ...issue.path.map(String), key].filter((part) => part != null).join("."),
			message: key === null ? issue.message : "is not known here",
		}));
	});
	const [first] = fields;
	const sentence =
		first === undefined || first.path === ""
			? "The request is not valid."
			: `The request is not valid: ${first.path}: ${first.message}.`;
	throw new ApiError("invalid_request", sentence, { details: { fields } });
}

function kept<Answer extends z.ZodType>(schema: Answer, answer: unknown, path: string): z.output<Answer> {
	const result = schema.safeParse(answer);
	if (result.success) return result.data;
	throw new Error(`The answer of ${path} does not keep the contract`, { cause: result.error });
}
