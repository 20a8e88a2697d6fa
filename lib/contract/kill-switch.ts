import { z } from "zod";

export const promisedKillSwitchSchema = z.strictObject({ active: z.boolean() });
export const killSwitchSchema = z.looseObject({ active: z.boolean() });
export type KillSwitch = z.infer<typeof killSwitchSchema>;
