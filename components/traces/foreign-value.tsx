"use client";

import { useState } from "react";
import { JsonValue } from "@/components/ui/json-value";
import { PlainText } from "@/components/ui/plain-text";
import { countOf, formatNumber } from "@/lib/format";

/** UTF-16 units of a text that are drawn before somebody asks for the rest. */
const shownLength = 4_000;

/** What went into a model or came out of it: as text and never as markup, a long one with its end folded away. */
export function ForeignValue({ value }: { value: unknown }) {
	if (value === undefined || value === null) return <span className="text-ink-muted">Not recorded</span>;
	return typeof value === "string" && value !== "" ? <LongText text={value} /> : <JsonValue value={value} />;
}

function LongText({ text }: { text: string }) {
	const [isWhole, setIsWhole] = useState(false);
	if (isWhole || text.length <= shownLength) return <PlainText text={text} />;
	// Not between the halves of a pair: each would be drawn as a broken character.
	const isPair = /[\uD800-\uDBFF]/.test(text.charAt(shownLength - 1));
	const shown = text.slice(0, isPair ? shownLength - 1 : shownLength);
	return (
		<>
			<PlainText text={shown} />
			<span className="mt-1 block text-ink-muted text-xs">
				{formatNumber(shown.length)} of {countOf(text.length, "character")}.{" "}
				<button type="button" className="text-accent underline" onClick={() => setIsWhole(true)}>
					Show all
				</button>
			</span>
		</>
	);
}
