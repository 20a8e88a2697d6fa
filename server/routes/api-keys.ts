import {
	newApiKeySchema,
	promisedApiKeyListSchema,
	promisedApiKeySchema,
	promisedNewApiKeySchema,
} from "@/lib/contract/api-key";
import { isAllowed, keyOperations } from "@/lib/rules/authority";
import { createApiKey } from "../api-keys/create";
import { listApiKeys } from "../api-keys/list";
import { revokeApiKey } from "../api-keys/revoke";
import { endpoint } from "./endpoint";

const newKeySchema = newApiKeySchema(keyOperations, (role, operation) =>
	isAllowed(operation, { role, scopes: null }),
);

/** `/v1/apikeys` (our addition) */
export const apiKeyEndpoints = [
	endpoint({
		method: "GET",
		path: "/v1/apikeys",
		summary: "The API keys, newest first, revoked ones included (our addition)",
		operation: "manage_api_keys",
		answer: promisedApiKeyListSchema,
		handle: (context) => listApiKeys(context),
	}),
	endpoint({
		method: "POST",
		path: "/v1/apikeys",
		summary: "Make an API key, which is shown this once (our addition)",
		operation: "manage_api_keys",
		body: { schema: newKeySchema },
		status: 201,
		answer: promisedNewApiKeySchema,
		handle: (context, { body }) => createApiKey(context, body),
	}),
	endpoint({
		method: "DELETE",
		path: "/v1/apikeys/:id",
		summary: "Revoke an API key (our addition)",
		operation: "manage_api_keys",
		answer: promisedApiKeySchema,
		refusals: ["not_found", "already_revoked"],
		handle: (context, { id }) => revokeApiKey(context, id),
	}),
];
