const maxDepth = 32;

/**
 * What speaks against storing a JSON value, as the rest of a sentence about it, or null. PGlite loses a value that is nested
 * too deeply without an error and then hangs; jsonb refuses U+0000, and lone surrogates would be replaced.
 */
export function objectionToJson(value: unknown): string | null {
	const open: { value: unknown; depth: number }[] = [{ value, depth: 1 }];
	for (let next = open.pop(); next !== undefined; next = open.pop()) {
		const objection = objectionToOne(next.value, next.depth);
		if (objection !== null) return objection;
		if (typeof next.value !== "object" || next.value === null) continue;
		for (const child of Object.values(next.value)) open.push({ value: child, depth: next.depth + 1 });
	}
	return null;
}

function objectionToOne(value: unknown, depth: number): string | null {
	if (typeof value === "string") return objectionToText(value);
	if (typeof value === "number" && !Number.isFinite(value)) return "holds a number that is too large";
	if (typeof value !== "object" || value === null) return null;
	if (depth > maxDepth) return `is nested more than ${maxDepth} levels deep`;
	if (Array.isArray(value)) return null;
	for (const key of Object.keys(value)) {
		if (key === "__proto__") return "holds a key named __proto__";
		const objection = objectionToText(key);
		if (objection !== null) return objection;
	}
	return null;
}

function objectionToText(text: string): string | null {
	if (text.includes("\u0000")) return "holds the character U+0000, which cannot be stored";
	if (!text.isWellFormed()) return "holds a lone surrogate, which is not valid Unicode";
	return null;
}
