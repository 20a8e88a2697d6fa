"use client";

import { useState } from "react";

interface Read {
	data: unknown;
	error: Error | null;
	errorUpdateCount: number;
}

/** Why a read that has not brought anything yet has failed: also while it is tried again, when it has no error itself. */
export function useFailure({ data, error, errorUpdateCount }: Read): Error | null {
	const [kept, setKept] = useState(error);
	if (error !== null && error !== kept) setKept(error);
	return failureOf({ data, error, errorUpdateCount }, kept);
}

/** The same, given the last error that was seen at this place. */
export function failureOf({ data, error, errorUpdateCount }: Read, kept: Error | null): Error | null {
	// The count is of this very question: another one has not failed because the one before has.
	return data === undefined && errorUpdateCount > 0 ? (error ?? kept) : null;
}
