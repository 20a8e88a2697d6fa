const reasonsMax = 5;

/** What a person has begun to type, kept in this tab: a reload or a sign-in on the way loses nothing. */
export const drafts = {
	read: (name: string): string => readItem(() => sessionStorage, draftKey(name)) ?? "",
	write(name: string, text: string): void {
		writeItem(() => sessionStorage, draftKey(name), text === "" ? null : text);
	},
};

/** How the queue was narrowed last in this tab (`?…`, or empty), so that the way back to it leads there. */
export const lastQueue = {
	read: (): string => {
		const kept = readItem(() => sessionStorage, queueKey) ?? "";
		return kept === "" ? "" : `?${new URLSearchParams(kept)}`;
	},
	write: (search: string): void => writeItem(() => sessionStorage, queueKey, search),
};

/** The reasons that a person gave last in this browser, newest first, at most five of each kind. */
export const usedReasons = {
	read(userId: string, kind: string): string[] {
		const kept = readItem(() => localStorage, reasonsKey(userId, kind));
		if (kept === null) return [];
		try {
			const reasons: unknown = JSON.parse(kept);
			if (!Array.isArray(reasons)) return [];
			return reasons.filter((reason) => typeof reason === "string").slice(0, reasonsMax);
		} catch {
			return [];
		}
	},
	add(userId: string, kind: string, reason: string): void {
		const others = usedReasons.read(userId, kind).filter((known) => known !== reason);
		const kept = [reason, ...others].slice(0, reasonsMax);
		writeItem(() => localStorage, reasonsKey(userId, kind), JSON.stringify(kept));
	},
};

const queueKey = "countersign:queue";
const draftKey = (name: string) => `countersign:draft:${name}`;
const reasonsKey = (userId: string, kind: string) => `countersign:reasons:${userId}:${kind}`;

/** A browser may refuse its storage altogether, even to be looked at; what is kept there is a comfort. */
function readItem(storage: () => Storage, key: string): string | null {
	try {
		return storage().getItem(key);
	} catch {
		return null;
	}
}

function writeItem(storage: () => Storage, key: string, value: string | null): void {
	try {
		if (value === null) storage().removeItem(key);
		else storage().setItem(key, value);
	} catch {
		// Full or forbidden: see `readItem`.
	}
}
