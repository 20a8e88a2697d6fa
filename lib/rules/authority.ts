import type { Role } from "../contract/role";

/** Who is asking, as far as the rules need to know: null is a role that we do not know. */
export interface Caller {
	role: Role | null;
}

/** What a role may do. Allow-lists, as the contract has them: nobody inherits anything. */
const allowedRoles = {
	read: ["owner", "member", "viewer"],
	read_audit_log: ["owner", "viewer"],
	approve: ["owner"],
	reject: ["owner"],
	rollback: ["owner"],
	execute_action: ["owner"],
	use_kill_switch: ["owner"],
	propose: ["owner"],
	create_project: ["owner"],
} as const satisfies Record<string, readonly Role[]>;
export type Operation = keyof typeof allowedRoles;

const verbs: Record<Operation, string> = {
	read: "read this",
	read_audit_log: "read the audit log",
	approve: "approve a deployment",
	reject: "reject a deployment",
	rollback: "roll a deployment back",
	execute_action: "execute a control action",
	use_kill_switch: "use the kill switch",
	propose: "propose a prompt",
	create_project: "create a project",
};

/** True when the caller's role is on the operation's list; an unknown role is on none. */
export function isAllowed(operation: Operation, caller: Caller): boolean {
	const list: readonly Role[] = allowedRoles[operation];
	return caller.role !== null && list.includes(caller.role);
}

/** Why the operation is refused, as a sentence for the person, or null when it is allowed. */
export function refusal(operation: Operation, caller: Caller): string | null {
	if (isAllowed(operation, caller)) return null;
	const who = allowedRoles[operation].map((role) => `${role}s`).join(" and ");
	const you = caller.role === null ? "Your role is not known here" : `You are a ${caller.role}`;
	return `Only ${who} can ${verbs[operation]}. ${you}.`;
}

/** The same for the whole desk at once, where one sentence stands for all its buttons. */
export function deskRefusal(caller: Caller): string | null {
	if (isAllowed("approve", caller)) return null;
	const you = caller.role === null ? "Your role is not known here" : `You are a ${caller.role}`;
	return `Only owners can approve, reject, roll back or execute actions. ${you}.`;
}
