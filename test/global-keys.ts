import { generateKeyPairSync } from "node:crypto";
import type { TestProject } from "vitest/node";

declare module "vitest" {
	export interface ProvidedContext {
		/** The RSA key of the tests' own Clerk, as PEM. */
		signingKey: { privateKey: string; publicKey: string };
	}
}

/** Makes the key that the tests' session tokens are signed with. */
export default function setup(project: TestProject): void {
	project.provide(
		"signingKey",
		generateKeyPairSync("rsa", {
			modulusLength: 2048,
			privateKeyEncoding: { type: "pkcs8", format: "pem" },
			publicKeyEncoding: { type: "spki", format: "pem" },
		}),
	);
}
