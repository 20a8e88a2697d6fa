import { ApiError } from "../errors/api-error";

/** The parameters of a query string. One that is sent twice is refused: proxies disagree on which counts. */
export function readQuery(url: string): Record<string, string> {
	const { search, searchParams } = new URL(url);
	try {
		decodeURIComponent(search.replaceAll("+", " "));
	} catch {
		throw new ApiError("invalid_request", "The query string is not valid UTF-8 in percent-encoding.");
	}
	const names = [...searchParams.keys()];
	const repeated = names.find((name, position) => names.indexOf(name) !== position);
	if (repeated !== undefined) {
		throw new ApiError("invalid_request", "A query parameter is sent twice.", {
			details: { fields: [{ path: repeated, message: "must be sent once" }] },
		});
	}
	return Object.fromEntries(searchParams);
}
