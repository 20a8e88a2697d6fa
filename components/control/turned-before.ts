import type { KillSwitch } from "@/lib/contract/kill-switch";

/**
 * True where the switch stood there already, so that the reason that was sent is recorded nowhere: the answer names
 * another person or another reason. False where the API does not tell who turned it.
 */
export function wasTurnedBefore(answer: KillSwitch, sent: { by: string; reason: string }): boolean {
	const { changed_by: by, reason } = answer;
	if (by === undefined) return false;
	return by !== sent.by || (reason !== undefined && (reason ?? "") !== sent.reason);
}
