import { createPublicKey, type KeyObject, sign, verify } from "node:crypto";
import canonicalize from "canonicalize";
import { z } from "zod";
import { dateTimeSchema, uuidSchema } from "@/lib/contract/identifiers";
import type { AuditHead } from "../db/database";
import { keyIdOf, type PublicKeys } from "./signing-key";

const signedHeadSchema = z.strictObject({
	v: z.literal(1),
	tenant_id: uuidSchema,
	sequence: z.int32().positive(),
	hash: z.string().regex(/^[0-9a-f]{64}$/),
	at: dateTimeSchema,
	key_id: z.string().regex(/^[0-9a-f]{16}$/),
	signature: z.base64().length(88),
});

/** The end of a tenant's chain at one moment, signed; one line of the file of heads. */
export type SignedHead = z.infer<typeof signedHeadSchema>;

/** What signs heads: the key and the name that it has in every line. */
export interface Signer {
	key: KeyObject;
	keyId: string;
}

/** Gives a key its name. */
export function signerOf(key: KeyObject): Signer {
	return { key, keyId: keyIdOf(createPublicKey(key)) };
}

/** One line, without its end: JSON, and an Ed25519 signature over the canonical JSON (RFC 8785) of all else. */
export function signedLine(
	{ tenantId, sequence, hash }: AuditHead,
	at: Date,
	{ key, keyId }: Signer,
): string {
	const said = {
		v: 1 as const,
		tenant_id: tenantId,
		sequence,
		hash,
		at: at.toISOString(),
		key_id: keyId,
	};
	const signature = sign(null, bytesToSign(said), key).toString("base64");
	return lineOf({ ...said, signature });
}

/** Reads a line; null when it is not one of ours, to the letter. */
export function parseSignedLine(line: string): SignedHead | null {
	let value: unknown;
	try {
		value = JSON.parse(line);
	} catch {
		return null;
	}
	const parsed = signedHeadSchema.safeParse(value);
	// Spelled otherwise (a space, a field twice, spare bits of base64) it has been touched.
	return parsed.success && lineOf(parsed.data) === line ? parsed.data : null;
}

/** What a line looks like, by the number of digits of its sequence. */
const outlines = Array.from({ length: 10 }, (_, digits) =>
	outlineOf(
		lineOf({
			v: 1,
			tenant_id: "00000000-0000-4000-8000-000000000000",
			sequence: 10 ** digits,
			hash: "0".repeat(64),
			at: new Date(0).toISOString(),
			key_id: "0".repeat(16),
			signature: Buffer.alloc(64).toString("base64"),
		}),
	),
);

/**
 * True for the beginning of a line, which a kill or a full disk leaves behind. Whoever can cut a line short
 * could as well remove it, so to take it for that hides nothing.
 */
export function isCutOff(text: string): boolean {
	const begun = outlineOf(text);
	return outlines.some((whole) => whole.length > begun.length && whole.startsWith(begun));
}

function outlineOf(text: string): string {
	return text.replaceAll(/[0-9A-Za-z+/]/g, "x");
}

/** True when it was signed with one of the keys, the one that it names. */
export function isSignedBy(keys: PublicKeys, { signature, ...said }: SignedHead): boolean {
	const key = keys.get(said.key_id);
	return key !== undefined && verify(null, bytesToSign(said), key, Buffer.from(signature, "base64"));
}

function bytesToSign(said: Omit<SignedHead, "signature">): Buffer {
	const canonical = canonicalize(said);
	if (canonical === undefined) throw new Error("A signed head has no canonical JSON");
	return Buffer.from(canonical);
}

function lineOf({ v, tenant_id, sequence, hash, at, key_id, signature }: SignedHead): string {
	const bytes = Buffer.from(signature, "base64").toString("base64");
	return JSON.stringify({ v, tenant_id, sequence, hash, at, key_id, signature: bytes });
}
