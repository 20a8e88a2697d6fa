/**
 * True when a JSON value has objects or lists within each other on more than `levels` levels: what writes JSON
 * calls itself once a level, and a report of a few thousand levels would end it.
 */
export function isNestedDeeper(value: unknown, levels: number): boolean {
	const open: { value: unknown; level: number }[] = [{ value, level: 1 }];
	for (let next = open.pop(); next !== undefined; next = open.pop()) {
		if (typeof next.value !== "object" || next.value === null) continue;
		if (next.level > levels) return true;
		for (const child of Object.values(next.value)) open.push({ value: child, level: next.level + 1 });
	}
	return false;
}
