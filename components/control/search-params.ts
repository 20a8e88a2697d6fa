import {
	createLoader,
	createParser,
	parseAsString,
	parseAsStringLiteral,
	type SearchParams,
} from "nuqs/server";
import type { ControlActionFilters } from "@/lib/client/control-actions-api";
import { controlActionStatuses, controlActionTypes } from "@/lib/contract/control-action-types";
import { uuidPattern } from "@/lib/contract/uuid";

const parseAsId = createParser({
	// Anything but an id would be refused by the API on every poll.
	parse: (value) => (uuidPattern.test(value) ? value : null),
	serialize: (value: string) => value,
});

/** The filters of the control actions as their URL spells them; what is no filter is not applied. */
export const actionSearchParams = {
	status: parseAsStringLiteral(controlActionStatuses),
	type: parseAsStringLiteral(controlActionTypes),
	project: parseAsId,
	trace: parseAsId,
};

export const loadActionSearchParams = createLoader(actionSearchParams);
export type ActionListFilters = Awaited<ReturnType<typeof loadActionSearchParams>>;

const loadRaw = createLoader({
	status: parseAsString,
	type: parseAsString,
	project: parseAsString,
	trace: parseAsString,
} satisfies Record<keyof typeof actionSearchParams, unknown>);

/** What a link asks for and this page does not know, as `name=value`: it is told, not passed over. */
export function unknownIn(search: Awaited<SearchParams>, filters: ActionListFilters): string[] {
	const raw = loadRaw(search);
	// The cast: both have the names of `actionSearchParams`.
	const names = Object.keys(raw) as (keyof ActionListFilters)[];
	return names.flatMap((name) => {
		const asked = raw[name];
		return asked && filters[name] === null ? [`${name}=${asked.slice(0, 60)}`] : [];
	});
}

/** The filters as the API takes them. `canFilter` says that it knows more than the trace. */
export function appliedFilters(
	{ status, type, project, trace }: ActionListFilters,
	canFilter: boolean,
): ControlActionFilters {
	return canFilter
		? { traceId: trace, status, actionType: type, projectId: project }
		: { traceId: trace, status: null, actionType: null, projectId: null };
}
