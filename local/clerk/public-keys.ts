import { createPublicKey } from "node:crypto";
import type { ClerkKeys } from "./keys";

/** The JSON Web Key Set that verifies session tokens. */
export function publicKeySet(keys: ClerkKeys) {
	const { kty, n, e } = createPublicKey(keys.publicKeyPem).export({ format: "jwk" });
	return { keys: [{ kty, n, e, alg: "RS256", use: "sig", kid: keys.kid }] };
}
