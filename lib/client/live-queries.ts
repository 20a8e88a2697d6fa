import type { QueryClient } from "@tanstack/react-query";
import type { LiveChange } from "../contract/live-event";
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

/** How soon the same reads may be asked for again, and how long their answers are waited for at the most. */
const pauseMs = 250;
const patienceMs = 1_000;

/**
 * Reads again what changes have touched: at once, and then whatever has gathered meanwhile, a few times a
 * second. A read that is on its way may be older than the change, so it is begun anew, but not again and again:
 * the answers are waited for in between. Returns what takes the news.
 */
export function createRefresher(queryClient: QueryClient): (news: LiveNews) => void {
	let gathered: LiveNews[] = [];
	let isBusy = false;

	async function refresh(): Promise<void> {
		isBusy = true;
		while (gathered.length > 0) {
			const news = gathered;
			gathered = [];
			const isAll = news.includes("reset");
			const changes = news.filter((one) => one !== "reset");
			const answered = queryClient.invalidateQueries({
				predicate: ({ queryKey }) =>
					isAll
						? !(queryKey[0] === "deployments" && queryKey[1] === "queue")
						: changes.some((change) => mayHaveChanged(queryKey, change)),
			});
			await Promise.all([Promise.race([answered, pause(patienceMs)]), pause(pauseMs)]);
		}
		isBusy = false;
	}

	return (news) => {
		gathered.push(news);
		if (!isBusy) void refresh();
	};
}

/** Has every read on screen look anew at how long it waits for its next turn. */
export function restartTimers(queryClient: QueryClient): void {
	for (const query of queryClient.getQueryCache().findAll({ type: "active" })) {
		for (const observer of query.observers) observer.setOptions(observer.options);
	}
}

function pause(milliseconds: number): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
