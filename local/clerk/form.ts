import type { Context } from "hono";

/** The text fields of a form-urlencoded body, which is how Clerk's script sends everything. */
export async function readForm(c: Context): Promise<Record<string, string | undefined>> {
	const body = await c.req.parseBody();
	const texts = Object.entries(body).filter(
		(entry): entry is [string, string] => typeof entry[1] === "string",
	);
	return Object.fromEntries(texts);
}
