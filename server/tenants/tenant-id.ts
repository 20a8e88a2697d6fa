import { uuidV5 } from "../uuid-v5";

const namespace = "6f1d1c1e-0c9b-4f0e-9c55-3a1d2f7b8e64";

/** The id of the tenant that stands for a Clerk organization; every process comes to the same one. */
export function tenantIdOf(organizationId: string): string {
	return uuidV5(namespace, organizationId);
}
