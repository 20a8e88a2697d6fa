/** How long the second key of a sequence may take. */
export const sequencePatienceMs = 1_500;

/** The first key of a sequence, and until when the second one counts. */
export interface BegunSequence {
	key: string;
	until: number;
}

export interface SequenceStep {
	/** What has been begun by now; null where nothing has. */
	begun: BegunSequence | null;
	/** The sequence that this key has completed, such as `g d`; null where none is. */
	completed: string | null;
	/** True where the key is part of a sequence and may mean nothing else. */
	isTaken: boolean;
}

/**
 * What a key does to a sequence of two, such as `g d`; `now` in milliseconds. A key that completes none gives
 * the sequence up and means what it means by itself.
 */
export function stepSequence(
	begun: BegunSequence | null,
	key: string,
	now: number,
	sequences: readonly string[],
): SequenceStep {
	const first = begun !== null && now < begun.until ? begun.key : null;
	const completed = first === null ? undefined : sequences.find((one) => one === `${first} ${key}`);
	if (completed !== undefined) return { begun: null, completed, isTaken: true };
	const begins = sequences.some((one) => one.startsWith(`${key} `));
	return begins
		? { begun: { key, until: now + sequencePatienceMs }, completed: null, isTaken: true }
		: { begun: null, completed: null, isTaken: false };
}
