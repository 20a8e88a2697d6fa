import { uuidV5 } from "../../server/uuid-v5";

const namespace = "0a4f8f52-7f0b-4c8e-8d5e-5f6d3d1b9c27";

/** The id of a piece of sample data: the same in every database. */
export function sampleId(
	kind: "project" | "deployment" | "trace" | "span" | "control action" | "eval rule",
	key: string,
): string {
	return uuidV5(namespace, `${kind} ${key}`);
}
