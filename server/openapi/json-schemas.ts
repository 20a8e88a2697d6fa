import { z } from "zod";

export type JsonSchema = z.core.JSONSchema.JSONSchema;

type Registry = z.core.$ZodRegistry<{ id?: string }>;

/**
 * Named zod schemas as JSON Schema 2020-12. Where one stands in another, it is referred to by its name.
 * `input` says what may be sent, `output` what is answered.
 */
export function namedJsonSchemas(
	schemas: ReadonlyMap<z.ZodType, string>,
	io: "input" | "output",
): Record<string, JsonSchema> {
	const registry: Registry = z.registry<{ id?: string }>();
	for (const [schema, id] of schemas) registry.add(schema, { id });
	const made = z.toJSONSchema(registry, {
		io,
		target: "draft-2020-12",
		uri: (id) => `#/components/schemas/${id}`,
		override: addWhatJsonSchemaLacks,
	});
	return Object.fromEntries(
		Object.entries(made.schemas).map(([id, { $schema: _dialect, $id: _id, ...schema }]) => [id, schema]),
	);
}

/** The parameters of a query string, each with its schema. */
export function queryProperties(
	schema: z.ZodType,
): { name: string; isRequired: boolean; schema: JsonSchema }[] {
	const { properties = {}, required = [] } = z.toJSONSchema(schema, {
		io: "input",
		target: "draft-2020-12",
		override: addWhatJsonSchemaLacks,
	});
	return Object.entries(properties).map(([name, property]) => ({
		name,
		isRequired: required.includes(name),
		schema: typeof property === "boolean" ? {} : property,
	}));
}

/**
 * Says in words what a refinement asks for. What a schema knows of itself (`meta`) is taken over too,
 * because it is kept in a registry that is not the one of the names.
 */
function addWhatJsonSchemaLacks({
	zodSchema,
	jsonSchema,
}: {
	zodSchema: z.core.$ZodTypes;
	jsonSchema: z.core.JSONSchema.BaseSchema;
}): void {
	const { id: _id, description, ...known } = z.globalRegistry.get(zodSchema) ?? {};
	Object.assign(jsonSchema, known);
	const rules = (zodSchema._zod.def.checks ?? []).flatMap(ruleInWords);
	for (const sentence of description === undefined ? rules : [description, ...rules]) {
		// What is wrapped, or was refined further, has said its own already.
		const said = jsonSchema.description ?? "";
		if (!said.includes(sentence)) jsonSchema.description = `${said} ${sentence}`.trimStart();
	}
	// What is transformed has a default of another type than what is sent, so zod leaves it out.
	if (zodSchema._zod.def.type === "default" && jsonSchema.type === "string") {
		jsonSchema.default = String(zodSchema._zod.def.defaultValue);
	}
}

function ruleInWords(check: z.core.$ZodCheck): string[] {
	const { check: kind, error } = check._zod.def;
	if ((kind !== "custom" && kind !== "string_format") || error === undefined) return [];
	// The cast: a message of ours is a constant, so the function that zod makes of it looks at no issue.
	const said = (error as z.core.$ZodErrorMap)({ code: "custom", input: undefined, path: [] });
	const message = typeof said === "string" ? said : said?.message;
	if (message === undefined) return [];
	// In brackets stands what is wrong with the value that was refused; there is none here.
	const rule = message.replace(/ \(.*\)$/, "");
	const { path = [] } = check._zod.def as z.core.$ZodCustomDef;
	if (path.length > 0) return [`\`${path.join(".")}\` ${rule}.`];
	return [`${rule.charAt(0).toUpperCase()}${rule.slice(1)}.`];
}
