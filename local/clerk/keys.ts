import { createHash, createPrivateKey, createPublicKey, generateKeyPair, randomBytes } from "node:crypto";
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { z } from "zod";

export interface ClerkKeys {
	privateKeyPem: string;
	publicKeyPem: string;
	publicKeyOneLine: string;
	kid: string;
	host: string;
	issuer: string;
	publishableKey: string;
	secretKey: string;
	cookieSuffix: string;
}

const identitySchema = z.object({
	host: z.string().regex(/^[0-9a-f]{8}\.clerk\.local\.test$/),
	secretKey: z.string().startsWith("sk_test_"),
});

/** Reads the keys of this checkout, or explains with `null` that none were made yet. */
export async function loadClerkKeys(dataDir: string): Promise<ClerkKeys | null> {
	const folder = keyFolder(dataDir);
	let privateKeyPem: string;
	let identityText: string;
	try {
		privateKeyPem = await readFile(path.join(folder, "private-key.pem"), "utf8");
		identityText = await readFile(path.join(folder, "identity.json"), "utf8");
	} catch (error) {
		if (isCode(error, "ENOENT")) return null;
		throw error;
	}
	try {
		return describeKeys(privateKeyPem, identitySchema.parse(JSON.parse(identityText)));
	} catch (cause) {
		throw new Error(
			`The local sign-in keys in ${folder} cannot be read. Delete that folder to make new ones.`,
			{
				cause,
			},
		);
	}
}

/** Reads the keys of this checkout, making them on first use. */
export async function loadOrCreateClerkKeys(dataDir: string): Promise<ClerkKeys> {
	const existing = await loadClerkKeys(dataDir);
	if (existing) return existing;
	await createKeyFolder(dataDir);
	const created = await loadClerkKeys(dataDir);
	if (!created) throw new Error(`The local sign-in keys could not be written to ${keyFolder(dataDir)}.`);
	return created;
}

// A folder can be renamed onto its final name only once, so of two processes that start together one
// wins whole and the other reads the winner's keys.
async function createKeyFolder(dataDir: string): Promise<void> {
	const { privateKey } = await promisify(generateKeyPair)("rsa", { modulusLength: 2048 });
	const parent = path.dirname(keyFolder(dataDir));
	await mkdir(parent, { recursive: true, mode: 0o700 });
	const draft = await mkdtemp(path.join(parent, "keys-draft-"));
	const identity = {
		// Cookies ignore ports. A host of its own gives every checkout its own cookie names and issuer.
		host: `${randomBytes(4).toString("hex")}.clerk.local.test`,
		secretKey: `sk_test_${randomBytes(24).toString("hex")}`,
	};
	try {
		const pem = privateKey.export({ type: "pkcs8", format: "pem" });
		await writeFile(path.join(draft, "private-key.pem"), pem, { mode: 0o600 });
		await writeFile(path.join(draft, "identity.json"), JSON.stringify(identity, null, "\t"), { mode: 0o600 });
		await rename(draft, keyFolder(dataDir));
	} catch (error) {
		await rm(draft, { recursive: true, force: true });
		const isLostRace = ["ENOTEMPTY", "EEXIST", "EPERM"].some((code) => isCode(error, code));
		if (!isLostRace) throw error;
	}
}

function describeKeys(privateKeyPem: string, identity: z.infer<typeof identitySchema>): ClerkKeys {
	const publicKey = createPublicKey(createPrivateKey(privateKeyPem));
	const publicKeyPem = publicKey.export({ type: "spki", format: "pem" }).toString();
	const publishableKey = `pk_test_${Buffer.from(`${identity.host}$`).toString("base64").replace(/=+$/, "")}`;
	return {
		privateKeyPem,
		publicKeyPem,
		publicKeyOneLine: publicKeyPem.replaceAll("\n", ""),
		kid: `ins_${createHash("sha256").update(publicKeyPem).digest("hex").slice(0, 24)}`,
		host: identity.host,
		issuer: `https://${identity.host}`,
		publishableKey,
		secretKey: identity.secretKey,
		cookieSuffix: createHash("sha1").update(publishableKey).digest("base64url").slice(0, 8),
	};
}

function keyFolder(dataDir: string): string {
	return path.join(dataDir, "clerk", "keys");
}

function isCode(error: unknown, code: string): boolean {
	return error instanceof Error && "code" in error && error.code === code;
}
