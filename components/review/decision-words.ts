import type { Decision } from "@/lib/rules/lifecycle";

interface Words {
	button: string;
	title: string;
	sending: string;
	done: string;
	needsReason: boolean;
}

/** What each decision is called, everywhere: a button repeats the verb that its dialog's button repeats. */
export const decisionWords: Record<Decision, Words> = {
	approve: {
		button: "Approve & ship",
		title: "Approve & ship this prompt",
		sending: "Shipping",
		done: "Approved and shipped.",
		needsReason: false,
	},
	reject: {
		button: "Reject",
		title: "Reject this prompt",
		sending: "Rejecting",
		done: "Rejected.",
		needsReason: true,
	},
	rollback: {
		button: "Roll back",
		title: "Roll this prompt back",
		sending: "Rolling back",
		done: "Rolled back.",
		needsReason: true,
	},
};
