import { readReply } from "../contract/replies";
import { type ApiClient, createApiClient } from "./api-client";
import type { Transport } from "./request";

/** A client that holds every answer against the schemas of the contract; for the server, and not for browsers. */
export function createCheckedClient(transport: Omit<Transport, "readReply">): ApiClient {
	return createApiClient({ ...transport, readReply });
}
