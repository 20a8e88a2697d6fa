interface Noun {
	one: string;
	many: string;
}

/** Path segments whose noun is not the segment itself, with or without its last `s`. */
const nouns: Readonly<Record<string, Noun>> = {
	actions: { one: "ControlAction", many: "ControlActions" },
	apikeys: { one: "ApiKey", many: "ApiKeys" },
	"audit-log": { one: "AuditLog", many: "AuditLog" },
	control: { one: "ControlAction", many: "ControlActions" },
	killswitch: { one: "KillSwitch", many: "KillSwitch" },
	pending: { one: "Pending", many: "Pending" },
	queue: { one: "Queue", many: "Queue" },
};
/** First segments that only hold what comes after them. */
const groups: readonly string[] = ["prompts", "control"];
/** Last segments that say which ones of a list. */
const adjectives: readonly string[] = ["pending"];

/** The name of an operation for whoever writes a client, made from its method and path: `approveDeployment`. */
export function operationId(method: string, path: string): string {
	const parts = partsOf(path);
	const statics = parts.filter((part) => !part.startsWith(":"));
	const last = statics.at(-1) ?? "";
	const before = statics.slice(0, -1);
	const isRow = parts.at(-1)?.startsWith(":") === true;
	if (isRow) return `${verbOfRow(method)}${before.map(one).join("")}${one(last)}`;
	if (method === "POST" && before.length > 0) return `${camel(last)}${before.map(one).join("")}`;
	if (method === "POST") return `create${one(last)}`;
	if (adjectives.includes(last)) return `list${one(last)}${before.map(many).join("")}`;
	const isList = last.endsWith("s");
	return `${isList ? "list" : "get"}${before.map(one).join("")}${isList ? many(last) : one(last)}`;
}

/** Under which heading an operation stands. */
export function operationTag(path: string): string {
	const [first = ""] = path.split("/").filter((part) => part !== "" && part !== "v1");
	const words = headings[first] ?? first;
	return words.charAt(0).toUpperCase() + words.slice(1);
}

const headings: Readonly<Record<string, string>> = {
	apikeys: "API keys",
	"audit-log": "Audit log",
	control: "Control actions",
	prompts: "Deployments",
};

function partsOf(path: string): string[] {
	const parts = path.split("/").filter((part) => part !== "" && part !== "v1");
	const [first = "", second = ""] = parts;
	const isNoun = second !== "" && (second.endsWith("s") || second in nouns);
	return groups.includes(first) && isNoun ? parts.slice(1) : parts;
}

function verbOfRow(method: string): string {
	if (method === "DELETE") return "delete";
	return method === "PATCH" ? "update" : "get";
}

function one(segment: string): string {
	return nouns[segment]?.one ?? pascal(segment.replace(/s$/, ""));
}

function many(segment: string): string {
	return nouns[segment]?.many ?? pascal(segment);
}

function pascal(segment: string): string {
	const name = camel(segment);
	return name.charAt(0).toUpperCase() + name.slice(1);
}

function camel(segment: string): string {
	return segment.replace(/[-_](\w)/g, (_all, letter: string) => letter.toUpperCase());
}
