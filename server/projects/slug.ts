import { createHash } from "node:crypto";

const maxLength = 100;

/** A slug made from a project's name; a name without Latin letters or digits gets one from its hash. */
export function slugOf(name: string): string {
	const slug = name
		.normalize("NFKD")
		.replaceAll(/\p{Mark}/gu, "")
		.toLowerCase()
		.replaceAll(/[^a-z0-9]+/g, "-")
		.slice(0, maxLength + 1)
		.replaceAll(/^-+|-+$/g, "")
		.slice(0, maxLength)
		.replace(/-$/, "");
	if (slug !== "") return slug;
	return `project-${createHash("sha256").update(name, "utf8").digest("hex").slice(0, 8)}`;
}
