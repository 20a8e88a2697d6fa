import type { Role } from "../contract/role";

/** Who is asking, as far as the rules need to know. */
export interface Caller {
	/** Null is a role that we do not know. */
	role: Role | null;
	/** Only an API key has them: what it may do of that which its role may, or null for all of it. */
	scopes?: readonly Operation[] | null;
}

/** What a role may do. Allow-lists, as the contract has them: nobody inherits anything. */
const allowedRoles = {
	read: ["owner", "member", "viewer"],
	read_audit_log: ["owner", "viewer"],
	approve: ["owner"],
	reject: ["owner"],
	rollback: ["owner"],
	execute_action: ["owner"],
	list_parked_actions: ["owner"],
	decide_action: ["owner"],
	use_kill_switch: ["owner"],
	propose: ["owner"],
	create_project: ["owner"],
	change_project: ["owner"],
	manage_api_keys: ["owner"],
} as const satisfies Record<string, readonly Role[]>;
export type Operation = keyof typeof allowedRoles;

const verbs: Record<Operation, string> = {
	read: "read this",
	read_audit_log: "read the audit log",
	approve: "approve a deployment",
	reject: "reject a deployment",
	rollback: "roll a deployment back",
	execute_action: "execute a control action",
	list_parked_actions: "list the control actions that wait for approval",
	decide_action: "decide on a control action",
	use_kill_switch: "use the kill switch",
	propose: "propose a prompt",
	create_project: "create a project",
	change_project: "change a project",
	manage_api_keys: "manage API keys",
};

/** What no API key may do, whatever its role: one that has leaked must not make itself children. */
const forPeopleOnly: readonly Operation[] = ["manage_api_keys"];

// The cast: the list has these keys and no others.
const operations = Object.keys(allowedRoles) as Operation[];
/** What an API key can be limited to. */
export const keyOperations = operations.filter((operation) => !forPeopleOnly.includes(operation));

/** True when the caller's role is on the operation's list, and an API key holds the scope if it has any. */
export function isAllowed(operation: Operation, { role, scopes }: Caller): boolean {
	if (role === null || !rolesFor(operation).includes(role)) return false;
	if (scopes === undefined) return true;
	return !forPeopleOnly.includes(operation) && (scopes === null || scopes.includes(operation));
}

/** Why the operation is refused, as a sentence for the person, or null when it is allowed. */
export function refusal(operation: Operation, caller: Caller): string | null {
	if (isAllowed(operation, caller)) return null;
	const { role, scopes } = caller;
	const isKey = scopes !== undefined;
	if (isKey && forPeopleOnly.includes(operation)) {
		return `Only people can ${verbs[operation]}; an API key cannot.`;
	}
	if (isKey && role !== null && rolesFor(operation).includes(role)) {
		return `This API key is not allowed to ${verbs[operation]}.`;
	}
	const who = rolesFor(operation)
		.map((one) => `${one}s`)
		.join(" and ");
	return `Only ${who} can ${verbs[operation]}. ${roleInWords(caller)}.`;
}

/** The same for the whole desk at once, where one sentence stands for all its buttons. */
export function deskRefusal(caller: Caller): string | null {
	if (isAllowed("approve", caller)) return null;
	return `Only owners can approve, reject, roll back or execute actions. ${roleInWords(caller)}.`;
}

function rolesFor(operation: Operation): readonly Role[] {
	return allowedRoles[operation];
}

function roleInWords({ role, scopes }: Caller): string {
	if (scopes !== undefined) {
		return role === null ? "The role of this API key is not known here" : `This API key has the role ${role}`;
	}
	return role === null ? "Your role is not known here" : `You are a ${role}`;
}
