import type { LiveChange } from "../contract/live-event";

/** Everything that a stream can tell the screens. `reset`: anything may have changed. */
export type LiveNews = LiveChange | "reset";

type Hear<Value> = (value: Value) => void;

/** Who has the page of a deployment open, as the stream says. */
export interface Presence {
	deploymentId: string;
	userIds: readonly string[];
}

const stateHearers = new Set<() => void>();
const presenceHearers = new Set<() => void>();
const newsHearers = new Set<Hear<LiveNews>>();
const lookingHearers = new Set<() => void>();

let liveSince: number | null = null;
let presence: Presence | null = null;
let lookingAt: string | null = null;

/**
 * What this tab knows of the server's events; the stream itself (`live-events.ts`) is loaded later and writes
 * here. One a tab, and never written to on the server.
 */
export const liveState = {
	/** Since when changes are told as they happen (milliseconds of this browser's clock); null while they are not. */
	liveSince: () => liveSince,
	presence: () => presence,
	/** The deployment whose page is open. */
	lookingAt: () => lookingAt,

	/** Each returns what ends it. */
	onState: (hear: () => void) => added(stateHearers, hear),
	onPresence: (hear: () => void) => added(presenceHearers, hear),
	onNews: (hear: Hear<LiveNews>) => added(newsHearers, hear),
	onLookingAt: (hear: () => void) => added(lookingHearers, hear),

	setLive(isLive: boolean): void {
		if (isLive === (liveSince !== null)) return;
		liveSince = isLive ? Date.now() : null;
		for (const hear of stateHearers) hear();
	},
	setPresence(next: Presence | null): void {
		if (presence === null && next === null) return;
		presence = next;
		for (const hear of presenceHearers) hear();
	},
	setLookingAt(id: string | null): void {
		if (id === lookingAt) return;
		lookingAt = id;
		for (const hear of lookingHearers) hear();
	},
	tell(news: LiveNews): void {
		for (const hear of newsHearers) hear(news);
	},
};

function added<Item>(items: Set<Item>, item: Item): () => void {
	items.add(item);
	return () => {
		items.delete(item);
	};
}
