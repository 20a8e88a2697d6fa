import { createHash } from "node:crypto";
import { LRUCache } from "lru-cache";

/** All texts whose digest is kept, in UTF-16 units; mostly those that `readDeployment` keeps anyway. */
const keptMaxLength = 8_000_000;
const kept = new LRUCache<string, string>({ maxSize: keptMaxLength });

/** SHA-256 of a text's UTF-16 units, another one for every other text, lone surrogates included; worked out once. */
export function digestOf(text: string): string {
	const known = kept.get(text);
	if (known !== undefined) return known;
	const digest = createHash("sha256").update(text, "utf16le").digest("base64url");
	kept.set(text, digest, { size: Math.max(1, text.length) });
	return digest;
}
