import { z } from "zod";

/**
 * A backup is a gzip'd text file, a line for each piece of it:
 *
 * 1. the header, a JSON object: what `headerSchema` says;
 * 2. for each table of the header, in its order, as many lines as the header says, one for each row: a JSON
 *    array with the text of each column as the database writes it, null for no value;
 * 3. the end, a JSON object: how many lines there are before it, and the SHA-256 of their bytes.
 *
 * The texts are those of the types' own output, which their input reads back exactly in any engine: a `json`
 * column keeps its spaces and the order of its keys, a number its last bit, a list its nulls. A JSON value
 * would not do: it cannot tell a column without a value from one that holds the JSON `null`.
 */
export const formatVersion = 1;

/** The first thing asked of a file; the rest of its header is of the version that it names. */
export const versionSchema = z.looseObject({
	format: z.literal("countersign-backup"),
	version: z.number().int(),
});

const countSchema = z.number().int().nonnegative();

export const headerSchema = versionSchema.extend({
	product: z.literal("countersign"),
	created_at: z.iso.datetime(),
	/** Of the database that was read; it may be restored into the other one. */
	engine: z.enum(["pglite", "postgresql"]),
	/** The SHA-256 of each migration that had been applied, the oldest first. */
	migrations: z.array(z.string()),
	/** A table comes after those that its rows refer to. */
	tables: z.array(z.object({ name: z.string(), columns: z.array(z.string()), rows: countSchema })),
	/** Where the numbers that the database gives out have got to. */
	sequences: z.array(z.object({ name: z.string(), last_value: z.string(), is_called: z.boolean() })),
});
export type BackupHeader = z.infer<typeof headerSchema>;

export const endSchema = z.strictObject({ lines: countSchema, sha256: z.string() });
export type BackupEnd = z.infer<typeof endSchema>;

export const rowSchema = z.array(z.string().nullable());
