/** Longer names are not looked up: no known metric has one. */
const lookedUpMaxLength = 200;

/**
 * The words of a metric's name, lower case: `toolCallAccuracy`, `tool_call_accuracy` and
 * `segments.de.tool-call accuracy` all give tool, call, accuracy. Of a path the last part counts.
 */
export function namePartsOf(name: string): string[] {
	const own = name.slice(-lookedUpMaxLength - 1);
	if (own.length > lookedUpMaxLength) return [];
	return own
		.slice(own.lastIndexOf(".") + 1)
		.replace(/([a-z0-9])([A-Z])/g, "$1 $2")
		.toLowerCase()
		.split(/[^\p{L}\p{N}%]/u)
		.filter((part) => part !== "");
}
