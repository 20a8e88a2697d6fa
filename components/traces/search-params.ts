import { createLoader, createParser, parseAsStringLiteral } from "nuqs/server";
import { uuidPattern } from "@/lib/contract/uuid";

/** What is shown of the traces, the first of them unless a link says otherwise. */
export const shownTraces = ["failed", "all", "fine"] as const;

/** The filters of the traces as their URL spells them; what is no filter is not applied. */
export const traceSearchParams = {
	show: parseAsStringLiteral(shownTraces).withDefault("failed"),
	project: createParser({
		// Anything but an id would be refused by the API on every poll.
		parse: (value) => (uuidPattern.test(value) ? value : null),
		serialize: (value: string) => value,
	}),
};

export const loadTraceSearchParams = createLoader(traceSearchParams);
