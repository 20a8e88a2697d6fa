import type { DecisionBody } from "@/lib/contract/deployment";
import type { VerbContext } from "../context";
import { flipKillSwitch } from "./flip";

/** Stops every control action of the tenant that has not started yet. */
export async function enableKillSwitch(context: VerbContext, { reason = "" }: DecisionBody) {
	return flipKillSwitch(context, { active: true, reason });
}
