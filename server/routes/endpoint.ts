import type { Context, Hono } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { z } from "zod";
import { uuidSchema } from "@/lib/contract/identifiers";
import type { Caller } from "../auth/caller";
import { ApiError } from "../errors/api-error";
import type { AppEnvironment } from "../middleware/request-context";
import { readJsonObject } from "./body";
import { readQuery } from "./query";

const defaultMaxBytes = 64 * 1024;
/** The body of a request that needs none: nothing, or an object without keys. */
const noBody = z.strictObject({});
const noQuery = z.object({});

interface Definition<Query extends z.ZodType, Body extends z.ZodType, Answer extends z.ZodType> {
	method: "GET" | "POST";
	/** With `:id` where the id of a row stands. */
	path: string;
	query?: Query;
	body?: { schema: Body; isOptional?: boolean; maxBytes?: number };
	status?: ContentfulStatusCode;
	/** What is promised; an answer that does not keep the promise never leaves. */
	answer: Answer;
	handle(request: {
		caller: Caller;
		id: string;
		query: z.output<Query>;
		body: z.output<Body>;
	}): Promise<z.input<Answer>>;
}

/** An endpoint whose parts have been checked against each other by the compiler. */
export interface Endpoint {
	method: "GET" | "POST";
	path: string;
	run(c: Context<AppEnvironment>): Promise<Response>;
}

/** An endpoint as data: its method, path, what it takes, what it promises, and the verb that does it. */
export function endpoint<
	Answer extends z.ZodType,
	Query extends z.ZodType = typeof noQuery,
	Body extends z.ZodType = typeof noBody,
>(definition: Definition<Query, Body, Answer>): Endpoint {
	const { method, path, body } = definition;
	return {
		method,
		path,
		async run(c) {
			const id = path.includes(":id") ? parsed(uuidSchema, c.req.param("id"), "id") : "";
			// The two casts: what is parsed by the definition's schema, or by its default, is of that schema's type.
			const query = parsed(definition.query ?? noQuery, readQuery(c.req.url)) as z.output<Query>;
			const sent =
				method === "GET"
					? {}
					: await readJsonObject(c.req.raw, {
							maxBytes: body?.maxBytes ?? defaultMaxBytes,
							isOptional: body === undefined || body.isOptional === true,
						});
			const input = parsed(body?.schema ?? noBody, sent) as z.output<Body>;
			const answer = await definition.handle({ caller: c.get("caller"), id, query, body: input });
			return c.json(kept(definition.answer, answer, path) as object, definition.status ?? 200);
		},
	};
}

/** Puts endpoints under their paths; any other method on such a path is answered 405 with `Allow`. */
export function mount(app: Hono<AppEnvironment>, endpoints: readonly Endpoint[]): void {
	for (const path of new Set(endpoints.map((one) => one.path))) {
		const atPath = endpoints.filter((one) => one.path === path);
		const allowed = atPath.flatMap(({ method }) => (method === "GET" ? ["GET", "HEAD"] : [method]));
		for (const { method, run } of atPath) app.on(method, path, run);
		app.all(path, () => {
			throw new ApiError("method_not_allowed", `This path answers ${allowed.join(", ")} only.`, {
				headers: { Allow: allowed.join(", ") },
			});
		});
	}
}

function parsed<Schema extends z.ZodType>(schema: Schema, value: unknown, name?: string): z.output<Schema> {
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

function kept<Answer extends z.ZodType>(
	schema: Answer,
	answer: z.input<Answer>,
	path: string,
): z.output<Answer> {
	const result = schema.safeParse(answer);
	if (result.success) return result.data;
	throw new Error(`The answer of ${path} does not keep the contract`, { cause: result.error });
}
