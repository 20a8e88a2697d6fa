import { createPublicKey, generateKeyPairSync, type KeyObject, randomUUID } from "node:crypto";
import { link, mkdir, open, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { EnvironmentError } from "../environment";
import { readSigningKey } from "./signing-key";

/** Where the public half of the key that we made ourselves is kept for whoever checks the log. */
export function publicKeyFileOf(dataDir: string): string {
	return join(dataDir, "audit", "public-key.pem");
}

/**
 * The key in `<dataDir>/audit/signing-key.pem`, made on first use. Of two servers that start together one
 * makes it and the other reads it; a key that is there is never overwritten.
 */
export async function loadSigningKey(dataDir: string): Promise<KeyObject> {
	const folder = join(dataDir, "audit");
	const file = join(folder, "signing-key.pem");
	try {
		await mkdir(folder, { recursive: true });
		const pem = (await readIfThere(file)) ?? (await makeOnce(file));
		const key = readSigningKey(pem);
		if (key === null) {
			throw new EnvironmentError(
				`The key in ${file} is not an Ed25519 private key in PEM: put the right one back, or set COUNTERSIGN_AUDIT_KEY.`,
			);
		}
		await keepPublicKey(dataDir, key);
		return key;
	} catch (cause) {
		if (cause instanceof EnvironmentError) throw cause;
		const code = cause instanceof Error && "code" in cause ? String(cause.code) : String(cause);
		throw new EnvironmentError(
			`The key that signs the audit log cannot be kept in ${file} (${code}): make ${folder} writable, or set COUNTERSIGN_AUDIT_KEY.`,
			{ cause },
		);
	}
}

async function makeOnce(file: string): Promise<string> {
	const { privateKey } = generateKeyPairSync("ed25519");
	const draft = await writeDraft(file, privateKey.export({ type: "pkcs8", format: "pem" }).toString(), 0o600);
	try {
		// Unlike a rename, a link fails when the name is taken, and it appears with all of its content.
		await link(draft, file);
	} catch (error) {
		const isLostRace = error instanceof Error && "code" in error && error.code === "EEXIST";
		if (!isLostRace) throw error;
	} finally {
		await rm(draft, { force: true });
	}
	return readFile(file, "utf8");
}

async function keepPublicKey(dataDir: string, key: KeyObject): Promise<void> {
	const file = publicKeyFileOf(dataDir);
	const pem = createPublicKey(key).export({ type: "spki", format: "pem" }).toString();
	// Keys that signed earlier may have been added to the file by hand, and stay.
	if ((await readIfThere(file))?.includes(pem.trim())) return;
	await rename(await writeDraft(file, pem, 0o644), file);
}

async function writeDraft(file: string, text: string, mode: number): Promise<string> {
	const draft = `${file}.${process.pid}-${randomUUID()}.draft`;
	const handle = await open(draft, "wx", mode);
	try {
		await handle.writeFile(text);
		await handle.sync();
	} finally {
		await handle.close();
	}
	return draft;
}

async function readIfThere(file: string): Promise<string | null> {
	return readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
		if (error.code === "ENOENT") return null;
		throw error;
	});
}
