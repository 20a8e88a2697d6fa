import type { QueryClient } from "@tanstack/react-query";
import type { LiveChange } from "../contract/live-event";
import { inPortions } from "./in-portions";
import type { LiveNews } from "./live-state";

/** Under `deployments`: what the queue brings up to date itself, and what is read once and does not move. */
const leftAlone: readonly unknown[] = ["queue", "prompts", "earlier"];
/** Under `deployments`: what is about one of them, by its id. */
const ofOne: readonly unknown[] = ["detail", "decisions"];
/** Roots of query keys by the noun of an event, which stands before its point. */
const rootsByNoun: Readonly<Record<string, readonly string[]>> = {
	deployment: ["deployments"],
	project: ["projects"],
	control_action: ["control", "traces"],
	kill_switch: ["control"],
	api_key: [],
};

/** True when what is read under this key may be another one after the change. Unknown events may change all. */
export function mayHaveChanged(
	queryKey: readonly unknown[],
	{ event, resource_id: id }: LiveChange,
): boolean {
	const [root, kind, third] = queryKey;
	// Every event is an entry of the audit log.
	if (root === "audit-log") return true;
	if (root === "deployments" && leftAlone.includes(kind)) return false;
	const noun = event.split(".", 1)[0] ?? "";
	const roots = Object.hasOwn(rootsByNoun, noun) ? rootsByNoun[noun] : undefined;
	if (roots === undefined) return true;
	if (!roots.some((one) => one === root)) return false;
	if (root === "deployments" && ofOne.includes(kind)) return third === id;
	if (root === "control") return (kind === "kill-switch") === (noun === "kill_switch");
	return true;
}

/**
 * Reads again what changes have touched. A read that is on its way may be older than the change, so it is begun
 * anew, but not again and again. Returns what takes the news.
 */
export function createRefresher(queryClient: QueryClient): (news: LiveNews) => void {
	return inPortions((news: readonly LiveNews[]) => {
		const isAll = news.includes("reset");
		const changes = news.filter((one) => one !== "reset");
		return queryClient.invalidateQueries({
			predicate: ({ queryKey }) =>
				isAll
					? !(queryKey[0] === "deployments" && queryKey[1] === "queue")
					: changes.some((change) => mayHaveChanged(queryKey, change)),
		});
	});
}

/** Has every read on screen look anew at how long it waits for its next turn. */
export function restartTimers(queryClient: QueryClient): void {
	for (const query of queryClient.getQueryCache().findAll({ type: "active" })) {
		for (const observer of query.observers) observer.setOptions(observer.options);
	}
}
