"use client";

import { useQuery } from "@tanstack/react-query";
import { useDeferredValue } from "react";
import { CompactDiff } from "@/components/review/compact-diff";

/** Both texts together, in UTF-16 units, that are compared at each key; comparing more would be felt. */
const comparedMaxLength = 120_000;
const linesMax = 120;

/** The typed prompt beside the current one, as it is typed. What compares them is loaded with the first look. */
export function PromptDifference({ current, typed }: { current: string; typed: string }) {
	const text = useDeferredValue(typed);
	const { data: compare } = useQuery({
		queryKey: ["code", "compare-prompts"],
		queryFn: loadCompare,
		staleTime: Number.POSITIVE_INFINITY,
	});
	if (current.length + text.length > comparedMaxLength) {
		return <p className="mt-2 text-ink-muted">The two prompts are too long to be compared while you type.</p>;
	}
	if (compare === undefined) return <p className="mt-2 text-ink-muted">Comparing with the current prompt</p>;
	return (
		<div className="mt-2 space-y-1">
			<p>Against the current prompt:</p>
			<CompactDiff changes={compare(current, text)} label="From the current prompt to the typed one" />
		</div>
	);
}

async function loadCompare() {
	const [{ comparePrompts }, { changedLinesOf }] = await Promise.all([
		import("@/lib/rules/prompt-diff/compare"),
		import("@/lib/rules/prompt-diff/changed-lines"),
	]);
	return (one: string, other: string) => changedLinesOf(comparePrompts(one, other), linesMax);
}
