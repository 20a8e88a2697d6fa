import type { ErrorBody } from "../contract/error";

/** What a refusal says to a person and to a program; undefined where it says nothing that is known. */
export function plainErrorOf(body: unknown): ErrorBody | undefined {
	const { error, code } = Object(body) as { error?: unknown; code?: unknown };
	if (typeof error !== "string") return undefined;
	return typeof code === "string" ? { error, code } : { error };
}
