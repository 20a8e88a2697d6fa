import type { Change, Reading } from "./read-changes";

/** What a stream is told: where it goes on, what has changed since, or that it must begin anew. */
export type News =
	| { kind: "hello"; sequence: number }
	| { kind: "changes"; changes: readonly Change[] }
	| { kind: "reset"; sequence: number };

/** Where somebody who comes back has stopped: a sequence, or something that is none. */
export type Resume = number | "unknown";

interface Listener {
	/** The last sequence that this one knows of. */
	position: number;
	/** What happens while its past is read; null from then on. */
	held: News[] | null;
	hear(news: News): void;
}

/** The changes of one tenant, read once for everybody in this process who listens. */
export interface Feed {
	/** To be called when the log is said to end there; what is there is read. */
	note(sequence: number): void;
	/**
	 * Begins with `hello` (or `reset`) and goes on with each change once, in order, until the returned function is
	 * called. Throws, and nothing is heard, when the log cannot be read.
	 */
	listen(resume: Resume | null, hear: (news: News) => void): Promise<() => void>;
	/** Nothing is read after it. */
	close(): void;
}

const retryMs = 1_000;
/** Beyond every sequence (a 32-bit integer in the database): reads where the log ends and nothing of it. */
const beyondAll = 2_147_483_647;

/** Makes the feed of one tenant. `read` gives what comes after a sequence. */
export function createFeed(parts: {
	read: (after: number) => Promise<Reading>;
	onError: (error: unknown) => void;
}): Feed {
	const { read, onError } = parts;
	const listeners = new Set<Listener>();
	/** The last sequence that was told; null before the first look. */
	let through: number | null = null;
	let opening: Promise<void> | null = null;
	let heard = 0;
	let isReading = false;
	let isClosed = false;
	let timer: NodeJS.Timeout | undefined;

	function open(): Promise<void> {
		opening ??= read(beyondAll).then(
			({ head }) => {
				through = head;
			},
			(error: unknown) => {
				opening = null;
				throw error;
			},
		);
		return opening;
	}

	async function pump(): Promise<void> {
		if (isReading || isClosed || through === null) return;
		isReading = true;
		try {
			while (heard > through && !isClosed) {
				const wanted = heard;
				const { head, changes } = await read(through);
				through = head;
				tell(changes === null ? { kind: "reset", sequence: head } : { kind: "changes", changes });
				// Said to be there and is not: nobody is to look for it again and again.
				if (head < wanted && heard === wanted) heard = head;
			}
		} catch (error) {
			onError(error);
			timer ??= setTimeout(() => {
				timer = undefined;
				void pump();
			}, retryMs).unref();
		} finally {
			isReading = false;
		}
	}

	function tell(news: News): void {
		for (const listener of listeners) {
			if (listener.held === null) pass(listener, news);
			else listener.held.push(news);
		}
	}

	return {
		note(sequence) {
			heard = Math.max(heard, sequence);
			void pump();
		},
		async listen(resume, hear) {
			await open();
			const position = through ?? 0;
			const listener: Listener = { position, held: [], hear };
			listeners.add(listener);
			try {
				const start = await startOf(read, resume, position);
				for (const news of start) pass(listener, news);
			} catch (error) {
				listeners.delete(listener);
				throw error;
			}
			const held = listener.held ?? [];
			listener.held = null;
			for (const news of held) pass(listener, news);
			// Somebody who was served by another process may know more than this one has heard of.
			heard = Math.max(heard, listener.position);
			void pump();
			return () => listeners.delete(listener);
		},
		close() {
			isClosed = true;
			clearTimeout(timer);
		},
	};
}

/** What somebody is told at first; the log is read only where what is known here is not enough. */
async function startOf(
	read: (after: number) => Promise<Reading>,
	resume: Resume | null,
	position: number,
): Promise<News[]> {
	if (resume === null || resume === position) return [{ kind: "hello", sequence: position }];
	const after = resume === "unknown" ? beyondAll : resume;
	const { head, changes } = await read(after);
	if (after > head || changes === null) return [{ kind: "reset", sequence: head }];
	return [
		{ kind: "hello", sequence: after },
		{ kind: "changes", changes },
	];
}

/** Tells a listener what it does not know yet. */
function pass(listener: Listener, news: News): void {
	if (news.kind !== "changes") {
		// A reset that was read before this one began says nothing new.
		if (news.kind === "reset" && news.sequence < listener.position) return;
		listener.position = news.sequence;
		listener.hear(news);
		return;
	}
	const changes = news.changes.filter(({ sequence }) => sequence > listener.position);
	const last = changes.at(-1);
	if (last === undefined) return;
	listener.position = last.sequence;
	listener.hear({ kind: "changes", changes });
}
