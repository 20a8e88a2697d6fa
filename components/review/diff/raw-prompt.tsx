"use client";

import { useQuery } from "@tanstack/react-query";
import clsx from "clsx";
import { useMemo } from "react";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { browserApi } from "@/lib/client/browser-client";
import { promptsQuery } from "@/lib/client/queries/deployments";
import type { PromptSource } from "./prompt-source";

const linesOfPiece = 200;

interface RawPromptProps {
	source: PromptSource;
	isWrapped: boolean;
}

/** One prompt as it is, without a mark and without a number. */
export function RawPrompt({ source: { deploymentId, side, label }, isWrapped }: RawPromptProps) {
	const { data, error, refetch } = useQuery(promptsQuery(browserApi, deploymentId));
	const text = data?.[side];
	const pieces = useMemo(() => (text === undefined ? [] : piecesOf(text)), [text]);
	if (error !== null && text === undefined) {
		return (
			<Notice tone="bad" role="alert">
				<p>{error.message}</p>
				<Button className="mt-2" onClick={() => void refetch()}>
					Read it again
				</Button>
			</Notice>
		);
	}
	if (text === undefined) {
		return (
			<p role="status" className="p-4 text-ink-muted">
				Loading the prompt
			</p>
		);
	}
	if (text === "") return <p className="p-4 text-ink-muted">This prompt is empty.</p>;
	return (
		<section
			aria-label={`${label} prompt, raw`}
			// biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reachable by keyboard
			tabIndex={0}
			className="overflow-x-auto rounded-md border border-line p-3"
		>
			{pieces.map(({ key, text: piece, lines }) => (
				<pre
					key={key}
					dir="ltr"
					// Of a long text the browser lays out only what is near the screen.
					style={{ contentVisibility: "auto", containIntrinsicSize: `auto ${lines * 20}px` }}
					className={clsx(
						"text-xs leading-5",
						isWrapped ? "whitespace-pre-wrap [overflow-wrap:anywhere]" : "whitespace-pre",
					)}
				>
					{piece}
				</pre>
			))}
		</section>
	);
}

function piecesOf(text: string): { key: number; text: string; lines: number }[] {
	const lines = text.split(/(?<=\n)/);
	const pieces = [];
	for (let from = 0; from < lines.length; from += linesOfPiece) {
		const part = lines.slice(from, from + linesOfPiece);
		pieces.push({ key: from, text: part.join(""), lines: part.length });
	}
	return pieces;
}
