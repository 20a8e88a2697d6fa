import { createPublicKey, type KeyObject } from "node:crypto";

const frame = /^-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\s]+)-----END PUBLIC KEY-----$/;

/** Reads an RSA public key in PEM, also one that lost its line breaks or has them as `\n`; null if it is none. */
export function readRsaPublicKey(pem: string): KeyObject | null {
	const body = frame.exec(pem.replaceAll("\\n", "\n").trim())?.[1];
	if (body === undefined) return null;
	try {
		const der = Buffer.from(body.replaceAll(/\s/g, ""), "base64");
		const key = createPublicKey({ key: der, format: "der", type: "spki" });
		return key.asymmetricKeyType === "rsa" ? key : null;
	} catch {
		return null;
	}
}
