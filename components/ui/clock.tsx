"use client";

import { createContext, type ReactNode, startTransition, useContext, useEffect, useState } from "react";
import { formatAge, formatMoment } from "@/lib/format";

const ClockContext = createContext(0);
const tickMs = 20_000;

/**
 * One clock for all ages on a page. It starts at the server's moment, so that the first paint in the
 * browser says what the server wrote.
 */
export function ClockProvider({ renderedAt, children }: { renderedAt: number; children: ReactNode }) {
	const [now, setNow] = useState(renderedAt);
	useEffect(() => {
		// As a transition: an urgent change of what every age depends on would bring the whole page to life in one go.
		const tick = () => startTransition(() => setNow(Date.now()));
		tick();
		const timer = setInterval(tick, tickMs);
		return () => clearInterval(timer);
	}, []);
	return <ClockContext value={now}>{children}</ClockContext>;
}

interface AgeProps {
	at: string;
	suffix?: string;
	/** What is said on hover instead of the exact moment; it has to hold it. */
	title?: string;
}

/** How long ago something was, with the exact moment on hover; a text that is no date is shown as it is. */
export function Age({ at, suffix = "", title }: AgeProps) {
	const now = useContext(ClockContext);
	const time = Date.parse(at);
	if (Number.isNaN(time)) return <span>{at}</span>;
	const age = formatAge(now - time);
	return (
		<time dateTime={at} title={title ?? formatMoment(at)} className="whitespace-nowrap">
			{age}
			{age === "now" ? "" : suffix}
		</time>
	);
}
