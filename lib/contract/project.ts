import { z } from "zod";
import { dateTimeSchema, uuidSchema } from "./identifiers";
import { hasVisibleCharacter, storableText } from "./text";

const promisedFields = {
	id: uuidSchema,
	organization_id: z.string(),
	name: z.string(),
	slug: z.string(),
	archived_at: dateTimeSchema.nullable().optional(),
	created_at: dateTimeSchema,
	updated_at: dateTimeSchema,
};

/** A project exactly as our own server promises to answer it. */
export const promisedProjectSchema = z.strictObject(promisedFields);
export const promisedProjectListSchema = z.strictObject({ projects: z.array(promisedProjectSchema) });

/** A project as any API of the contract may send it. */
export const projectSchema = z.looseObject({
	...promisedFields,
	id: z.string(),
	created_at: z.string(),
	updated_at: z.string(),
	archived_at: z.string().nullish(),
});
export const projectListSchema = z.looseObject({ projects: z.array(projectSchema) });
export type Project = z.infer<typeof projectSchema>;

export const projectListQuerySchema = z.object({ include_archived: z.enum(["true", "false"]).optional() });

/** A new project (our addition to the contract); the slug is made from the name when it is left out. */
export const newProjectSchema = z.strictObject({
	name: storableText(200)
		.refine(hasVisibleCharacter, "must hold a visible character")
		.refine((name) => !/\p{Cc}/u.test(name), "must not hold line ends or other control characters"),
	slug: z
		.string()
		.regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "must be lower-case letters and digits, joined by single hyphens")
		.max(100)
		.optional(),
});
export type NewProject = z.infer<typeof newProjectSchema>;
