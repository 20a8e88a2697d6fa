import type { DecisionBody } from "@/lib/contract/deployment";
import type { VerbContext } from "../context";
import { flipKillSwitch } from "./flip";

/** Lets control actions run again. */
export async function disableKillSwitch(context: VerbContext, { reason = "" }: DecisionBody) {
	return flipKillSwitch(context, { active: false, reason });
}
