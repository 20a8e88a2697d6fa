"use client";

import clsx from "clsx";
import { useState } from "react";
import { PlainText } from "@/components/ui/plain-text";
import { formatNumber } from "@/lib/format";

/** Beyond these the verdict and the diff would begin below the first screen. */
const shortMax = { characters: 400, lines: 4 };

/** Why the change was proposed, as the page's heading; of a long one the beginning, until all of it is asked for. */
export function Rationale({ text }: { text: string | null | undefined }) {
	const [isWhole, setIsWhole] = useState(false);
	if (!text) {
		return (
			<h1 className={clsx(heading, "mb-5")}>
				<span className="text-ink-muted">No rationale given</span>
			</h1>
		);
	}
	const isLong = text.length > shortMax.characters || text.split("\n", 6).length > shortMax.lines;
	return (
		<div className="mb-5">
			<h1 className={clsx(heading, isLong && !isWhole && "line-clamp-4 print:line-clamp-none")}>
				<PlainText text={text} />
			</h1>
			{isLong ? (
				<button
					type="button"
					data-no-print
					aria-expanded={isWhole}
					onClick={() => setIsWhole(!isWhole)}
					className="mt-1 h-6 text-accent underline-offset-2 hover:underline"
				>
					{isWhole
						? "Show less of the rationale"
						: `Show the whole rationale, ${formatNumber(text.length)} characters`}
				</button>
			) : null}
		</div>
	);
}

const heading = "max-w-[80ch] text-lg";
