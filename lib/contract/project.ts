import { z } from "zod";
import { hasVisibleCharacter } from "./characters";
import { dateTimeSchema, uuidSchema } from "./identifiers";
import { storableText } from "./text";

const promisedFields = {
	id: uuidSchema,
	organization_id: z.string(),
	name: z.string(),
	slug: z.string(),
	archived_at: dateTimeSchema.nullable().optional(),
	/** True when a proposal that has passed its A/B test ships by itself. */
	prompt_autoship_enabled: z.boolean(),
	/** How many executed retries a trace may have before the next one goes to a person. */
	max_retry_depth: z.number().int(),
	/** The same for executed retries, fallbacks and prompt modifications together. */
	max_cascade_depth: z.number().int(),
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
	prompt_autoship_enabled: z.boolean().nullish(),
	max_retry_depth: z.number().nullish(),
	max_cascade_depth: z.number().nullish(),
});
export const projectListSchema = z.looseObject({ projects: z.array(projectSchema) });
export type Project = z.infer<typeof projectSchema>;

export const projectListQuerySchema = z.object({ include_archived: z.enum(["true", "false"]).optional() });

const projectNameSchema = storableText(200)
	.refine(hasVisibleCharacter, "must hold a visible character")
	.refine((name) => !/\p{Cc}/u.test(name), "must not hold line ends or other control characters");

/** A new project (our addition to the contract); the slug is made from the name when it is left out. */
export const newProjectSchema = z.strictObject({
	name: projectNameSchema,
	slug: z
		.string()
		.regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "must be lower-case letters and digits, joined by single hyphens")
		.max(100)
		.optional(),
});
export type NewProject = z.infer<typeof newProjectSchema>;

/** What of a project may be changed (our addition to the contract); the slug stays, as links hold it. */
export const projectChangeSchema = z
	.strictObject({
		name: projectNameSchema.optional(),
		prompt_autoship_enabled: z.boolean().optional(),
		max_retry_depth: z.number().int().min(1).max(10).optional(),
		max_cascade_depth: z.number().int().min(1).max(20).optional(),
		archived: z.boolean().optional(),
	})
	.refine((change) => Object.keys(change).length > 0, "must name something to change")
	.meta({ minProperties: 1 });
export type ProjectChange = z.infer<typeof projectChangeSchema>;
