import { createHash, createPrivateKey, createPublicKey, type KeyObject } from "node:crypto";

const privateFrame = /^-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\s]+)-----END PRIVATE KEY-----$/;
const publicFrames = /-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\s]+)-----END PUBLIC KEY-----/g;

/** A key whose signatures count, and the others by their names: a log may have been signed by several. */
export type PublicKeys = ReadonlyMap<string, KeyObject>;

/** Reads an Ed25519 private key in PEM (PKCS#8), also one that has its line breaks as `\n`; null if it is none. */
export function readSigningKey(pem: string): KeyObject | null {
	const body = privateFrame.exec(pem.replaceAll("\\n", "\n").trim())?.[1];
	if (body === undefined) return null;
	try {
		const key = createPrivateKey({ key: derOf(body), format: "der", type: "pkcs8" });
		return key.asymmetricKeyType === "ed25519" ? key : null;
	} catch {
		return null;
	}
}

/** Reads a file of one or more Ed25519 public keys in PEM; null when one of them is none, or there is none. */
export function readPublicKeys(pem: string): PublicKeys | null {
	const keys = new Map<string, KeyObject>();
	for (const [, body = ""] of pem.matchAll(publicFrames)) {
		try {
			const key = createPublicKey({ key: derOf(body), format: "der", type: "spki" });
			if (key.asymmetricKeyType !== "ed25519") return null;
			keys.set(keyIdOf(key), key);
		} catch {
			return null;
		}
	}
	return keys.size === 0 ? null : keys;
}

/** The public half of a key that signs, as the one key whose signatures count. */
export function publicKeysOf(signingKey: KeyObject): PublicKeys {
	const key = createPublicKey(signingKey);
	return new Map([[keyIdOf(key), key]]);
}

/** The first 16 hex digits of the SHA-256 of the public key (SPKI, DER). */
export function keyIdOf(publicKey: KeyObject): string {
	const der = publicKey.export({ type: "spki", format: "der" });
	return createHash("sha256").update(der).digest("hex").slice(0, 16);
}

function derOf(base64: string): Buffer {
	return Buffer.from(base64.replaceAll(/\s/g, ""), "base64");
}
