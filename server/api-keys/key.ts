import { createHash, randomBytes } from "node:crypto";

const shape = /^tl_[A-Za-z0-9_-]{43}$/;
const prefixLength = "tl_".length + 6;

/** A new key: 256 random bits, of which only the hash is stored. */
export function makeKey(): { key: string; prefix: string; hash: string } {
	const key = `tl_${randomBytes(32).toString("base64url")}`;
	return { key, prefix: key.slice(0, prefixLength), hash: hashOfKey(key) };
}

/** SHA-256 in hex: of 256 random bits nothing can be guessed, so nothing slower is needed. */
export function hashOfKey(key: string): string {
	return createHash("sha256").update(key).digest("hex");
}

/** True for what could be a key. */
export function isKeyShaped(text: string): boolean {
	return shape.test(text);
}
