import { uuidV5 } from "../uuid-v5";

const namespace = "6f1d1c1e-0c9b-4f0e-9c55-3a1d2f7b8e64";
const maxKept = 10_000;
const kept = new Map<string, string>();

/** The id of the tenant that stands for a Clerk organization; every process comes to the same one. */
export function tenantIdOf(organizationId: string): string {
	const known = kept.get(organizationId);
	if (known !== undefined) return known;
	const id = uuidV5(namespace, organizationId);
	if (kept.size >= maxKept) kept.clear();
	kept.set(organizationId, id);
	return id;
}
