"use client";

import clsx from "clsx";
import { type MouseEvent, useEffect, useRef } from "react";
import { type QueueView, queueViews } from "@/lib/contract/queue-terms";
import { formatNumber } from "@/lib/format";
import { type Count, viewLabels } from "@/lib/rules/queue/views";

interface QueueViewsProps {
	current: QueueView;
	counts: Record<QueueView, Count> | null;
	hrefOf: (view: QueueView) => string;
	onChoose: (view: QueueView) => void;
}

/** The views with their counts. Each is a link: it opens in a tab of its own, too. */
export function QueueViews({ current, counts, hrefOf, onChoose }: QueueViewsProps) {
	const strip = useRef<HTMLElement>(null);
	const isCounted = counts !== null;
	// biome-ignore lint/correctness/useExhaustiveDependencies: another view is another tab, and counts make tabs wider
	useEffect(() => {
		if (strip.current !== null) bringIntoStrip(strip.current);
	}, [current, isCounted]);
	return (
		<nav ref={strip} aria-label="Views" className="-mx-3 overflow-x-auto px-3 sm:mx-0 sm:px-0">
			<ul className="flex w-max items-center gap-0.5">
				{queueViews.map((view) => (
					<li key={view}>
						<ViewLink
							view={view}
							count={counts?.[view] ?? null}
							isCurrent={view === current}
							href={hrefOf(view)}
							onChoose={() => onChoose(view)}
						/>
					</li>
				))}
			</ul>
		</nav>
	);
}

/** So much of the tab beside it shows that there is one. */
const stripMarginPx = 32;

/** Scrolls the strip to the view that is open; `scrollIntoView` would move the page, too. */
function bringIntoStrip(strip: HTMLElement): void {
	const tab = strip.querySelector("[aria-current]")?.getBoundingClientRect();
	if (tab === undefined) return;
	const { left, right } = strip.getBoundingClientRect();
	if (tab.left < left) strip.scrollLeft -= left - tab.left + stripMarginPx;
	else if (tab.right > right) strip.scrollLeft += tab.right - right + stripMarginPx;
}

interface ViewLinkProps {
	view: QueueView;
	count: Count | null;
	isCurrent: boolean;
	href: string;
	onChoose: () => void;
}

function ViewLink({ view, count, isCurrent, href, onChoose }: ViewLinkProps) {
	function handleClick(event: MouseEvent) {
		const wantsOwnTab = event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0;
		if (wantsOwnTab) return;
		event.preventDefault();
		onChoose();
	}
	// What hurts users now is told from whichever view somebody looks at.
	const isAlarm = view === "regressed" && count !== null && count.total > 0;
	return (
		<a
			href={href}
			onClick={handleClick}
			aria-current={isCurrent ? "true" : undefined}
			className={clsx(
				"flex h-9 items-center gap-1.5 whitespace-nowrap border-b-2 px-2 hover:bg-hover",
				isCurrent ? "border-accent font-medium text-ink" : "border-transparent text-ink-muted",
			)}
		>
			{isAlarm ? (
				<span aria-hidden className="text-warn">
					▲
				</span>
			) : null}
			{viewLabels[view]}
			<span className={clsx("min-w-3 text-xs", isAlarm ? "text-warn" : isCurrent ? "text-ink" : undefined)}>
				{count === null ? "" : countInWords(count)}
			</span>
		</a>
	);
}

/** `1,000+` where counting was given up. */
export function countInWords({ total, isExact }: Count): string {
	return isExact ? formatNumber(total) : `${formatNumber(total)}+`;
}
