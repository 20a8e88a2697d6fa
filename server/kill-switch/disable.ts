import type { VerbContext } from "../context";
import { flipKillSwitch } from "./flip";

/** Lets control actions run again. */
export async function disableKillSwitch(context: VerbContext) {
	return flipKillSwitch(context, false);
}
