import { and, desc, eq } from "drizzle-orm";
import type { ControlActionStatus } from "@/lib/contract/control-action";
import type { CurrentDecision } from "@/lib/contract/error";
import type { Transaction } from "../db/database";
import { decisions } from "../db/schema";
import { ApiError } from "../errors/api-error";
import type { ControlActionRow } from "./answer";

const states: Record<ControlActionStatus, string> = {
	pending: "is running",
	pending_approval: "waits for approval",
	executed: "was executed",
	failed: "has failed or was rejected",
};

/** Throws 409, with the decision that was faster, unless the action waits for an owner. */
export async function requireParked(tx: Transaction, action: ControlActionRow): Promise<void> {
	if (action.status === "pending_approval") return;
	throw new ApiError(
		"already_decided",
		`Only a control action that waits for approval can be decided on. This one ${states[action.status]}.`,
		{ details: { current: await currentDecision(tx, action) } },
	);
}

async function currentDecision(tx: Transaction, action: ControlActionRow): Promise<CurrentDecision> {
	const [latest] = await tx.orm
		.select({ by: decisions.actorId, at: decisions.createdAt, reason: decisions.reason })
		.from(decisions)
		.where(
			and(
				eq(decisions.tenantId, action.tenantId),
				eq(decisions.subjectKind, "control_action"),
				eq(decisions.subjectId, action.id),
			),
		)
		.orderBy(desc(decisions.sequence))
		.limit(1);
	return {
		status: action.status,
		by: latest?.by ?? null,
		at: latest?.at.toISOString() ?? null,
		reason: latest?.reason ?? null,
	};
}
