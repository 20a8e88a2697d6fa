import { z } from "zod";
import { dateTimeSchema } from "./identifiers";

/**
 * The kill switch exactly as our own server promises to answer it. Who turned it last, when and why is our
 * addition; null where nobody has turned it yet, or gave no reason.
 */
export const promisedKillSwitchSchema = z.strictObject({
	active: z.boolean(),
	changed_by: z.string().nullable(),
	changed_at: dateTimeSchema.nullable(),
	reason: z.string().nullable(),
});

/** The kill switch as any API of the contract may send it. */
export const killSwitchSchema = z.looseObject({
	active: z.boolean(),
	changed_by: z.string().nullish(),
	changed_at: z.string().nullish(),
	reason: z.string().nullish(),
});
export type KillSwitch = z.infer<typeof killSwitchSchema>;
