import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import type { Asked, TestApi } from "./api";
import { everything } from "./rows";

/**
 * Asks for the ids of another tenant and for one that never was: every answer is 404, equal byte for byte
 * but for the request id, and the other tenant stays as it was.
 */
export async function expectInvisible(
	api: TestApi,
	tenantId: string,
	ids: readonly string[],
	ask: (id: string) => { method: string; path: string; asked: Asked },
): Promise<void> {
	const before = await everything(api, tenantId);
	const bodies = new Set<string>();
	for (const id of [...ids, randomUUID()]) {
		const { method, path, asked } = ask(id);
		const answer = await api.ask(method, path, asked);
		expect(answer.status).toBe(404);
		const { request_id, ...rest } = answer.body;
		expect(request_id).toEqual(expect.any(String));
		bodies.add(JSON.stringify(rest));
	}
	expect(bodies.size).toBe(1);
	expect(await everything(api, tenantId)).toEqual(before);
}
