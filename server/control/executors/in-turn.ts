import type { Circumstances, ExecutorOutcome } from "../executor";
import { nothingRun } from "./failed";
import type { Turns } from "./turns";

/**
 * Runs something when its turn has come, within one time-out for the waiting and the running. The kill switch is
 * asked once more just before: the action was stored earlier, and must not start after it was turned on.
 */
export async function inTurn(
	turns: Turns,
	timeoutMs: number,
	{ mayStart }: Pick<Circumstances, "mayStart">,
	run: (deadline: AbortSignal) => Promise<ExecutorOutcome>,
): Promise<ExecutorOutcome> {
	const deadline = AbortSignal.timeout(timeoutMs);
	const askedAt = performance.now();
	const turn = await turns.take(deadline);
	const waited_ms = Math.round(performance.now() - askedAt);
	if (turn === null) return waitedInVain(timeoutMs, waited_ms);
	try {
		const waited = turn.hasWaited ? { waited_ms } : {};
		if (!(await mayStart())) {
			return nothingRun(
				"The kill switch was turned on before the action's turn came, so nothing was run.",
				waited,
			);
		}
		if (deadline.aborted) return waitedInVain(timeoutMs, waited_ms);
		const outcome = await run(deadline);
		return { ...outcome, result: { ...outcome.result, ...waited } };
	} finally {
		turn.leave();
	}
}

function waitedInVain(timeoutMs: number, waited_ms: number): ExecutorOutcome {
	return nothingRun(
		`The action waited in line for the whole time-out of ${timeoutMs} ms, so nothing was run.`,
		{ waited_ms },
	);
}
