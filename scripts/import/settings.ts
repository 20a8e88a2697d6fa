import { resolve } from "node:path";
import { CannotStart } from "./stop";

/** What the import is told by its environment. */
export interface ImportSettings {
	/** Without a slash at its end. */
	apiUrl: string;
	/** Null: a token of the local stand-in's owner is made. */
	token: string | null;
	/** Absolute. */
	dataDir: string;
	/** The dashboard's, for which the token is made. */
	origin: string;
	clerkSecretKey: string | null;
}

/** Reads the settings; an empty variable counts as unset. Throws a sentence that names the wrong one. */
export function readImportSettings(source: NodeJS.ProcessEnv, root: string): ImportSettings {
	const token = source.COUNTERSIGN_TOKEN?.trim() || null;
	if (token !== null && !/^[\x21-\x7e]+$/.test(token)) {
		throw new CannotStart(
			"COUNTERSIGN_TOKEN is not usable: a token has no spaces and no special characters.",
		);
	}
	return {
		apiUrl:
			addressIn(source, "COUNTERSIGN_API_URL") ?? `http://127.0.0.1:${portIn(source, "API_PORT", 8080)}`,
		token,
		dataDir: resolve(root, source.COUNTERSIGN_DATA_DIR || ".data"),
		origin: addressIn(source, "COUNTERSIGN_ORIGIN") ?? `http://localhost:${portIn(source, "PORT", 3000)}`,
		clerkSecretKey: source.CLERK_SECRET_KEY || null,
	};
}

function addressIn(source: NodeJS.ProcessEnv, name: string): string | null {
	const text = source[name];
	if (!text) return null;
	const url = URL.canParse(text) ? new URL(text) : null;
	if (url === null || !/^https?:$/.test(url.protocol)) {
		throw new CannotStart(`${name} must be an address such as http://127.0.0.1:8080, not “${text}”.`);
	}
	return text.replace(/\/+$/, "");
}

function portIn(source: NodeJS.ProcessEnv, name: string, fallback: number): number {
	const text = source[name];
	if (!text) return fallback;
	const port = Number(text);
	if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
	throw new CannotStart(`${name} must be a port number, not “${text}”.`);
}
