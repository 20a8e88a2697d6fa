import { ApiError } from "../errors/api-error";
import { objectionToJson } from "../json-gate";

const jsonType = /^application\/json[ \t]*(;[ \t]*charset="?utf-8"?[ \t]*)?$/i;

/**
 * Reads a body that must be one JSON object, or nothing at all where `isOptional`. Everything that the
 * database would refuse or change in silence is refused here, with a sentence.
 */
export async function readJsonObject(
	request: Request,
	options: { maxBytes: number; isOptional: boolean },
): Promise<object> {
	const bytes = await readBytes(request, options.maxBytes);
	if (bytes.length === 0 && options.isOptional) return {};
	if (!jsonType.test(request.headers.get("Content-Type") ?? "")) {
		throw new ApiError("unsupported_media_type", "The body must be sent as application/json in UTF-8.");
	}
	if (request.headers.has("Content-Encoding")) {
		throw new ApiError("unsupported_media_type", "The body must not be compressed (Content-Encoding).");
	}
	if (bytes.length === 0) throw invalid("The request needs a body: a JSON object.");
	const value = parse(decode(bytes));
	if (typeof value !== "object" || value === null || Array.isArray(value)) {
		throw invalid("The body must be a JSON object.");
	}
	const objection = objectionToJson(value);
	if (objection !== null) throw invalid(`The body ${objection}.`);
	return value;
}

/** Counts while reading: a chunked body has no length to look at before. */
async function readBytes(request: Request, maxBytes: number): Promise<Uint8Array> {
	const declared = Number(request.headers.get("Content-Length") ?? 0);
	if (declared > maxBytes) throw tooLarge(maxBytes);
	if (request.body === null) return new Uint8Array();
	const chunks: Uint8Array[] = [];
	let length = 0;
	const reader = request.body.getReader();
	const read = () =>
		reader.read().catch((cause: unknown) => {
			throw new ApiError("invalid_request", "The body broke off before its end.", { cause });
		});
	for (let next = await read(); !next.done; next = await read()) {
		length += next.value.length;
		if (length > maxBytes) {
			await reader.cancel();
			throw tooLarge(maxBytes);
		}
		chunks.push(next.value);
	}
	return Buffer.concat(chunks, length);
}

function decode(bytes: Uint8Array): string {
	try {
		return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
	} catch {
		throw invalid("The body is not valid UTF-8.");
	}
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		throw invalid("The body is not valid JSON.");
	}
}

function invalid(message: string): ApiError {
	return new ApiError("invalid_request", message);
}

function tooLarge(maxBytes: number): ApiError {
	return new ApiError(
		"payload_too_large",
		`The body must be at most ${maxBytes.toLocaleString("en")} bytes.`,
	);
}
